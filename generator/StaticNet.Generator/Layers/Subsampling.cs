using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = activation(coefficient · Σ window + bias), with one coefficient and one bias a channel.</summary>
internal sealed record Subsampling(EquatableArray<AxisWindow> Windows, ActivationFunction Activation, bool Trainable) : Layer
{
    public override string Kind => "subsampling";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"Subsampling2D {SpatialRules.Text(Windows)}{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) =>
        SpatialRules.Over("Subsampling2D", Windows, inputs[0], errors) is { } axes && Activation.Check(errors, "ActivationAlpha")
            ? new LayerShape(TensorType.Of([inputs[0].Shape[0], .. axes.Select(axis => axis.Output)]), axes)
            : null;

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var type = inputs[0].Type;
        var mean = 1f / Windows.Aggregate(1f, (product, window) => product * window.Kernel);
        var coefficient = network.Parameter("coefficient", ParameterKind.Coefficient, [type.Shape[0]], Initialization.Constant(mean), Trainable);
        var bias = network.Parameter("bias", ParameterKind.Bias, [type.Shape[0]], Initialization.Zeros, Trainable);
        var sums = network.Pool(inputs[0], PoolingKind.Sum, resolved.Windows, countsPadding: true);
        return (Activation with { Trainable = Trainable }).Lower(network, network.ScaleAndShift(sums, coefficient, bias));
    }
}
