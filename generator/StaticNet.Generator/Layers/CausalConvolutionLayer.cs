using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>A convolution along the steps of a sequence that takes none to come.</summary>
internal sealed record CausalConvolutionLayer(
    int Filters, int Taps, int Dilation, int Groups, bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue, bool Trainable, Unrolling Unrolling) : Layer
{
    public override string Kind => "causalConv";

    public override string AttributeName => "CausalConv1D";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title =>
        $"CausalConv1D {Invariant.Text(Filters)}, {Invariant.Text(Taps)}{(Dilation > 1 ? $", dilation {Invariant.Text(Dilation)}" : "")}{(Groups > 1 ? $", {Invariant.Text(Groups)} groups" : "")}{Activation.Suffix}";

    public override bool TakesSequences => true;

    public override bool Trains => Trainable;

    public override int? LooksBack => (Taps - 1) * Dilation;

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        if (Filters < 1)
            return errors.Argument("filters", "1 or more", Invariant.Text(Filters));
        if (new AxisWindow(Taps, 1, Dilation, 0, 0).Fault is { } fault)
            return errors.Argument(fault.Argument, fault.Expected, fault.Actual);
        if ((long)(Taps - 1) * Dilation > Limits.MostSteps)
            return errors.Shapes($"{Title} reaches back {Invariant.Text((long)(Taps - 1) * Dilation)} steps, but code is generated for at most {Limits.MostSteps}");
        if (Groups < 1)
            return errors.Argument("Groups", "1 or more", Invariant.Text(Groups));
        if (input.Rank > 1)
            return errors.Shapes($"{Title} takes channels, but each step is {input}: put [Flatten] before it");
        if (input.Shape[0] % Groups != 0 || Filters % Groups != 0)
            return errors.Shapes($"CausalConv1D divides channels and filters into {Groups} groups, but its input has {input.Shape[0]} channels and it has {Filters} filters");
        if (Activation.Kind is Vocabulary.Activation.Softmax or Vocabulary.Activation.LogSoftmax)
            return errors.Argument("Activation", "a function of single elements (put [Activation(Activation.Softmax)] after the layer)", Activation.Kind.ToString());
        return Activation.Check(errors, "ActivationAlpha") ? TensorType.Of(Filters) : null;
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var channels = inputs[0].Type.Channels;
        var weight = network.Parameter(
            "weight", ParameterKind.Weight, [Filters, channels / Groups, Taps], Kernel.For(Activation.Kind), Trainable, channels, connections: new Connections(Groups));
        var bias = Bias ? network.Parameter("bias", ParameterKind.Bias, [Filters], Initialization.Constant(BiasValue), Trainable) : null;
        return network.ConvolveCausally(inputs[0], weight, bias, Taps, Dilation, Unrolling, sum => (Activation with { Trainable = Trainable }).Lower(network, sum));
    }
}
