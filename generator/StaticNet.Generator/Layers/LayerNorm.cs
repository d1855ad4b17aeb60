using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>
/// y = γ·(x − mean) / √(variance + ε) + β over the axes from the first one on; where it is not centred, RMS normalisation:
/// y = γ·x / √(mean of x² + ε).
/// </summary>
internal sealed record LayerNorm(int FirstAxis, bool IsCentred, float Epsilon, bool Affine, bool Trainable) : Layer
{
    public override string Kind => IsCentred ? "layerNorm" : "rmsNorm";

    public override string AttributeName => IsCentred ? "LayerNorm" : "RMSNorm";

    public override string Title => $"{AttributeName}{(FirstAxis == 0 ? "" : $" from axis {Invariant.Text(FirstAxis)}")}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var rank = inputs[0].Rank;
        if (FirstAxis < -rank || FirstAxis >= rank)
            return errors.Argument("FirstAxis", $"{Invariant.Text(-rank)} to {rank - 1}", Invariant.Text(FirstAxis));
        return NormRules.CheckEpsilon(Epsilon, errors) ? inputs[0] : null;
    }

    public override bool Trains => Trainable && Affine;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var type = inputs[0].Type;
        var axes = NormalizedAxes(type.Rank);
        int[] shape = [.. type.Shape.Skip(type.Rank - axes)];
        return network.LayerNormalize(inputs[0], axes, new LayerNormRule(
            Rows: 1,
            IsCentred,
            Epsilon,
            Affine ? network.Parameter("weight", ParameterKind.Gain, shape, Initialization.Constant(1), Trainable) : null,
            Affine && IsCentred ? network.Parameter("bias", ParameterKind.Bias, shape, Initialization.Zeros, Trainable) : null));
    }

    /// <summary>The number of the axes that are normalised, the last ones.</summary>
    public int NormalizedAxes(int rank) => FirstAxis < 0 ? -FirstAxis : rank - FirstAxis;
}

/// <summary>What normalising layers check alike.</summary>
internal static class NormRules
{
    public static bool CheckEpsilon(float epsilon, IShapeErrors errors)
    {
        var isValid = epsilon > 0 && !float.IsInfinity(epsilon);
        if (!isValid)
            errors.Argument("Epsilon", "a positive number", Invariant.Text(epsilon));
        return isValid;
    }
}
