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

    public override LayoutUse Layouts => LayoutUse.Own;

    public override string Title => $"{AttributeName}{(FirstAxis == 0 ? "" : $" from axis {Invariant.Text(FirstAxis)}")}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var rank = inputs[0].Rank;
        if (FirstAxis < -rank || FirstAxis >= rank)
            return errors.Argument("FirstAxis", $"{Invariant.Text(-rank)} to {rank - 1}", Invariant.Text(FirstAxis));
        return NormRules.CheckEpsilon(Epsilon, errors) ? inputs[0] : null;
    }

    public override bool Trains => Trainable && Affine;

    public override Value Lower(Lowering network, IReadOnlyList<Value> inputs, LayerShape resolved)
    {
        var input = inputs[0];
        var type = input.Type.ChannelsFirst;
        var shape = Normalized(type);

        // A sample with its channels last is normalised as it stands, its weights as panels of channels likewise.
        if (shape.Length == type.Rank && input.Type.IsChannelsLast)
            return network.LayerNormalize(input, Rule(network.PackedParameter, shape, input.Type.Rows));

        // All others are rows.
        var rule = Rule((name, role, sizes, start, trainable) => network.Parameter(name, role, sizes, start, trainable), shape, rows: 1);
        var rows = network.Reshape(input, TensorType.Of([.. type.Shape.Take(type.Rank - shape.Length), shape.Aggregate(1, (product, size) => product * size)]));
        return network.Reshape(network.LayerNormalize(rows, rule), type);
    }

    /// <summary>The number of the axes that are normalised, the last ones.</summary>
    public int NormalizedAxes(int rank) => FirstAxis < 0 ? -FirstAxis : rank - FirstAxis;

    /// <summary>The sizes of the axes that are normalised.</summary>
    private int[] Normalized(TensorType type) => type.Shape.Skip(type.Rank - NormalizedAxes(type.Rank)).ToArray();

    private LayerNormRule Rule(Func<string, ParameterKind, int[], Initialization, bool, Parameter> parameter, int[] shape, int rows) => new(
        rows,
        IsCentred,
        Epsilon,
        Affine ? parameter("weight", ParameterKind.Gain, shape, Initialization.Constant(1), Trainable) : null,
        Affine && IsCentred ? parameter("bias", ParameterKind.Bias, shape, Initialization.Zeros, Trainable) : null);
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
