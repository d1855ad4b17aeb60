using System.Text.RegularExpressions;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An activation that the user writes as an expression over x.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Alpha">What <c>alpha</c> stands for in it; NaN: nothing.</param>
internal sealed record ExpressionLayer(string Text, float Alpha) : Layer
{
    public override string Kind => "activation";

    public override string Title => Regex.Replace(Text.Trim(), @"\s+", " ");

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (float.IsInfinity(Alpha))
            return errors.Argument("Alpha", "a finite number", Invariant.Text(Alpha));
        return ExpressionReader.Read(Text, Alpha).Fault is { } fault ? errors.Expression(Text, fault.Place, fault.Problem) : inputs[0];
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Apply(inputs[0], new ElementFunction(Title, ExpressionReader.Read(Text, Alpha).Tree!));
}
