using StaticNet.Onnx.Elements;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>A kind of recurrent cell.</summary>
/// <param name="Name">ONNX's name of it.</param>
/// <param name="Gates">The number of gates.</param>
/// <param name="Usual">The functions that it has if none are given.</param>
internal sealed record CellGates(string Name, int Gates, string[] Usual)
{
    /// <summary>The functions of a direction.</summary>
    public Func<Expression, Expression>[] Functions(GraphNode node, int direction)
    {
        var names = node.Texts("activations") is { Length: > 0 } given ? given : Usual.Concat(Usual).ToArray();
        if (node.Singles("activation_alpha") is { Length: > 0 } || node.Singles("activation_beta") is { Length: > 0 })
            throw new ModelFaultException("its functions have numbers of their own");
        return [.. names.Skip(direction * Usual.Length).Take(Usual.Length).Select(Function)];
    }

    private static Func<Expression, Expression> Function(string name) => name.ToUpperInvariant() switch
    {
        "SIGMOID" => x => new Expression.Call("sigmoid", x),
        "TANH" => x => new Expression.Call("tanh", x),
        "RELU" => x => new Expression.Call("relu", x),
        "SOFTSIGN" => x => new Expression.Call("softsign", x),
        "SOFTPLUS" => x => new Expression.Call("softplus", x),
        "HARDSIGMOID" => x => new Expression.Bounded(
            new Expression.Pair("+", new Expression.Pair("*", x, Expression.Number(0.2f)), Expression.Number(0.5f)), 0, 1),
        _ => throw new ModelFaultException($"its function {name} is not supported"),
    };
}
