using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y_u = max over p of (x·W_pᵀ + b_p)_u, over the last axis.</summary>
internal sealed record Maxout(int Units, int Pieces, bool Bias, Initialization Kernel, float BiasValue, bool Trainable, Unrolling Unrolling) : Layer
{
    public override string Kind => "maxout";

    public override string Title => $"Maxout {Units} of {Pieces} pieces";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Units < 1)
            return errors.Argument("units", "1 or more", Invariant.Text(Units));
        if (Pieces < 2)
            return errors.Argument("pieces", "2 or more", Invariant.Text(Pieces));
        var elements = (double)Units * Pieces * inputs[0].Rows;
        return elements > Limits.LargestValue
            ? errors.Shapes($"Maxout takes the maximum of {Pieces} pieces of {inputs[0].Rows}×{Units} elements, but code is generated for at most {Limits.LargestValue} elements")
            : inputs[0].WithLast(Units);
    }

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var input = inputs[0];
        var all = checked(Units * Pieces);
        var weight = network.Parameter("weight", ParameterKind.Weight, [all, input.Type.Last], Kernel.For(Activation.Identity), Trainable);
        var bias = Bias ? network.Parameter("bias", ParameterKind.Bias, [all], Initialization.Constant(BiasValue), Trainable) : null;
        return network.MaxOfPieces(network.Contract(input, weight, bias, Unrolling), Pieces);
    }
}
