using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = activation(γ·(x − mean) / √(variance + ε) + β), channel by channel, with the moments of the batch.</summary>
internal sealed record BatchNorm(float Epsilon, float Momentum, bool Affine, ActivationFunction Activation, bool Trainable) : Layer
{
    public override string Kind => "batchNorm";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"BatchNorm{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (!(Epsilon > 0) || float.IsInfinity(Epsilon))
            return errors.Argument("Epsilon", "a positive number", Invariant.Text(Epsilon));
        if (Momentum is < 0 or > 1)
            return errors.Argument("Momentum", "0 to 1, or NaN", Invariant.Text(Momentum));
        return Activation.Check(errors, "ActivationAlpha") ? inputs[0] : null;
    }

    public override bool Trains => Trainable && (Affine || Activation.Kind == Vocabulary.Activation.PReLU);

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        int[] channels = [inputs[0].Type.Channels];
        Parameter Statistic(string name, int[] shape, float start) =>
            network.Parameter(name, ParameterKind.Statistic, shape, Initialization.Constant(start), trainable: false);
        var norm = new BatchNormParameters(
            Affine ? network.Parameter("weight", ParameterKind.Gain, channels, Initialization.Constant(1), Trainable) : null,
            Affine ? network.Parameter("bias", ParameterKind.Bias, channels, Initialization.Zeros, Trainable) : null,
            Statistic("running_mean", channels, 0),
            Statistic("running_var", channels, 1),
            Statistic("num_batches_tracked", [1], 0),
            Epsilon,
            Momentum);
        return (Activation with { Trainable = Trainable }).Lower(network, network.BatchNormalize(inputs[0], norm, Trainable));
    }
}
