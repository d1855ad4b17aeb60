using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = activation(w transposed · x + b): the transpose of a convolution over one or two axes after the channel.</summary>
internal sealed record TransposedConvolutionLayer(
    int Filters, EquatableArray<AxisWindow> Windows, EquatableArray<int> OutputPadding, int Groups,
    bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue, bool Trainable, Unrolling Unrolling) : Layer
{
    public override string Kind => "convTranspose";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"{Attribute} {Filters}, {SpatialRules.Text(Windows)}{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Filters < 1)
            return errors.Argument("filters", "1 or more", Invariant.Text(Filters));
        if (Groups < 1)
            return errors.Argument("Groups", "1 or more", Invariant.Text(Groups));
        if (inputs[0].Shape[0] % Groups != 0 || Filters % Groups != 0)
            return errors.Shapes($"{Attribute} divides channels and filters into {Groups} groups, but its input has {inputs[0].Shape[0]} channels and it has {Filters} filters");
        for (var axis = 0; axis < Windows.Count; axis++)
        {
            var most = Math.Max(Windows[axis].Stride, Windows[axis].Dilation) - 1;
            if (Windows[axis].Fault is null && (OutputPadding[axis] < 0 || OutputPadding[axis] > most))
                return errors.Argument("OutputPadding", $"0 or more and below the stride or the dilation, {most + 1}", Invariant.Text(OutputPadding[axis]));
        }

        if (SpatialRules.OverTransposed(Attribute, Windows, OutputPadding, inputs[0], errors) is not { } axes)
            return null;
        return Activation.Check(errors, "ActivationAlpha") ? new LayerShape(TensorType.Of([Filters, .. axes.Select(axis => axis.Input)]), axes) : null;
    }

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var type = inputs[0].Type;
        int[] shape = [type.Shape[0], Filters / Groups, .. Windows.Select(window => window.Kernel)];
        var weight = network.Parameter("weight", ParameterKind.Weight, shape, Kernel.For(Activation.Kind), Trainable, type.Shape[0], isTransposed: true, new Connections(Groups));
        var bias = Bias ? network.Parameter("bias", ParameterKind.Bias, [Filters], Initialization.Constant(BiasValue), Trainable) : null;
        return (Activation with { Trainable = Trainable }).Lower(network, network.ConvolveTransposed(inputs[0], weight, bias, resolved.Windows));
    }

    private string Attribute => $"ConvTranspose{Windows.Count}D";
}
