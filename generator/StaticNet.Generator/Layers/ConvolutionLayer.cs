using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>y = activation(x ∗ w + b) over one or two axes after the channel.</summary>
internal sealed record ConvolutionLayer(
    int Filters, EquatableArray<AxisWindow> Windows, int Groups, EquatableArray<string> Table, ConvolutionAlgorithm Algorithm,
    bool Bias, ActivationFunction Activation, Initialization Kernel, float BiasValue, bool Trainable, Unrolling Unrolling,
    bool WeightNorm) : Layer
{
    public override string Kind => "conv";

    public override Activation FinalActivation => Activation.Kind;

    public override string Title => $"Conv{Windows.Count}D {Filters}, {SpatialRules.Text(Windows)}{(Groups > 1 ? $", {Groups} groups" : "")}{(Table.Count > 0 ? $", {new Connections(1, Table).Count} of {Table.Count * Filters} connections" : "")}{Activation.Suffix}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        if (Filters < 1)
            return errors.Argument("filters", "1 or more", Invariant.Text(Filters));
        if (SpatialRules.Over($"Conv{Windows.Count}D", Windows, input, errors) is not { } axes)
            return null;
        if (Groups < 1)
            return errors.Argument("Groups", "1 or more", Invariant.Text(Groups));
        if (input.Shape[0] % Groups != 0 || Filters % Groups != 0)
            return errors.Shapes($"Conv{Windows.Count}D divides channels and filters into {Groups} groups, but its input has {input.Shape[0]} channels and it has {Filters} filters");
        if (Table.Count > 0 && (Table.Count != input.Shape[0] || Table.Any(row => row.Length != Filters || row.Any(mark => mark is not ('X' or '.')))))
            return errors.Argument("Connections", $"{input.Shape[0]} texts of {Filters} characters, each X or .", string.Join(", ", Table.Select(row => $"\"{row}\"")));
        if (Table.Count > 0 && Groups > 1)
            return errors.Argument("Connections", "none where there are groups", Invariant.Text(Groups) + " groups");
        return Activation.Check(errors, "ActivationAlpha") ? new LayerShape(TensorType.Of([Filters, .. axes.Select(axis => axis.Output)]), axes) : null;
    }

    public override bool Trains => Trainable;

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var channels = inputs[0].Type.Channels;
        int[] shape = [Filters, channels / Groups, .. Windows.Select(window => window.Kernel)];
        var sum = network.Weigh(
            WeightNorm,
            (name, role) => network.Parameter(name, role, shape, Kernel.For(Activation.Kind), Trainable, channels, connections: new Connections(Groups, Table)),
            () => Bias ? network.Parameter("bias", ParameterKind.Bias, [Filters], Initialization.Constant(BiasValue), Trainable) : null,
            (weight, bias) => network.Convolve(inputs[0], weight, bias, resolved.Windows, Unrolling, Algorithm));
        return (Activation with { Trainable = Trainable }).Lower(network, sum);
    }
}
