using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = γ·(x − mean) / √(variance + ε) + β over groups of channels with all their positions.</summary>
internal sealed record GroupNorm(int Groups, float Epsilon, bool Affine, bool Trainable) : Layer
{
    public override string Kind => "groupNorm";

    public override string Title => $"GroupNorm {Groups}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Groups < 1)
            return errors.Argument("groups", "1 or more", Invariant.Text(Groups));
        if (inputs[0].Shape[0] % Groups != 0)
            return errors.Shapes($"GroupNorm divides channels into {Groups} groups, but its input has {inputs[0].Shape[0]} channels");
        return NormRules.CheckEpsilon(Epsilon, errors) ? inputs[0] : null;
    }

    public override bool Trains => Trainable && Affine;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) => Lower(network, inputs[0], Groups, Epsilon, Affine, Trainable);

    public static LogicalValue Lower(Lowering network, LogicalValue input, int groups, float epsilon, bool affine, bool trainable)
    {
        int[] channels = [input.Type.Channels];
        return network.GroupNormalize(input, new GroupNormRule(
            groups,
            epsilon,
            affine ? network.Parameter("weight", ParameterKind.Gain, channels, Initialization.Constant(1), trainable) : null,
            affine ? network.Parameter("bias", ParameterKind.Bias, channels, Initialization.Zeros, trainable) : null));
    }
}

/// <summary>The same with each channel a group of its own.</summary>
internal sealed record InstanceNorm(float Epsilon, bool Affine, bool Trainable) : Layer
{
    public override string Kind => "instanceNorm";

    public override string Title => "InstanceNorm";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (inputs[0].Rank < 2)
            return errors.Shapes($"InstanceNorm takes [channel, length] or [channel, height, width], but its input is {inputs[0]}");
        return NormRules.CheckEpsilon(Epsilon, errors) ? inputs[0] : null;
    }

    public override bool Trains => Trainable && Affine;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        GroupNorm.Lower(network, inputs[0], inputs[0].Type.Channels, Epsilon, Affine, Trainable);
}
