using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The transpose of a strided convolution along the steps of a sequence: several steps for each, from those that are there.</summary>
internal sealed record CausalTransposedConvolutionLayer(
    int Filters, AxisWindow Window, int Groups, bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue, bool Trainable, Unrolling Unrolling) : Layer
{
    public override string Kind => "causalConvTranspose";

    public override string AttributeName => "CausalConvTranspose1D";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"CausalConvTranspose1D {Invariant.Text(Filters)}, {CausalRules.Text(Window, Groups)}{Activation.Suffix}";

    public override bool TakesSequences => true;

    public override bool Trains => Trainable;

    public override int? LooksBack => (int)Window.Span - Window.Stride;

    public override int StepScale => Window.Stride;

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors) =>
        CausalRules.Check(Title, Window, inputs[0], errors) && CausalRules.CheckFilters(AttributeName, Filters, Groups, Activation, inputs[0], errors) ? TensorType.Of(Filters) : null;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var channels = inputs[0].Type.Channels;
        var weight = network.Parameter(
            "weight", ParameterKind.Weight, [channels, Filters / Groups, Window.Kernel], Kernel.For(Activation.Kind), Trainable, channels, isTransposed: true, new Connections(Groups));
        var bias = Bias ? network.Parameter("bias", ParameterKind.Bias, [Filters], Initialization.Constant(BiasValue), Trainable) : null;
        return network.ConvolveTransposedCausally(inputs[0], weight, bias, Window, sum => (Activation with { Trainable = Trainable }).Lower(network, sum));
    }
}
