using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;
using static StaticNet.Exporting.PyTorch.PythonText;

namespace StaticNet.Exporting.PyTorch;

/// <content>Products with weights.</content>
internal sealed partial class ModuleWriter
{
    private ModuleValue Convolve(ModuleValue input, ConvolutionLayer layer)
    {
        if (layer.Table.Count == 0)
            return Convolve(input, layer.Filters, layer.Groups, layer.Bias, layer.WeightNorm);
        if (layer.WeightNorm)
            throw Lacking("has no weight normalisation with a table of connections");

        // What the table does not connect is zero: at the start, and whatever training makes of it.
        var (channels, windows, connections) = (input.Type.Channels, _layer.Shape.Windows, new Connections(1, layer.Table));
        var (padded, padding) = Padded(input, windows);
        Make($"nn.Conv{Number(windows.Count)}d({Number(channels)}, {Number(layer.Filters)}, {Sizes(windows.Select(window => window.Kernel))}{BiasArgument(layer.Bias)})");
        var marks = from filter in Enumerable.Range(0, layer.Filters) from channel in Enumerable.Range(0, channels) select connections.Contains(channel, filter, channels, layer.Filters) ? 1f : 0f;
        Made.Add($"{Module}.register_buffer(\"connections\", torch.tensor({List(marks)}).view{Tuple([layer.Filters, channels, .. windows.Select(_ => 1)])}, persistent=False)");
        return Set(input, $"F.conv{Number(windows.Count)}d({padded}, {Module}.weight * {Module}.connections, {Module}.bias{WindowArguments(windows)}{padding})");
    }

    private ModuleValue Convolve(ModuleValue input, int filters, int groups, bool bias, bool isNormalised = false)
    {
        var windows = _layer.Shape.Windows;
        var (padded, padding) = Padded(input, windows);
        return Call(
            input with { Text = padded },
            $"nn.Conv{Number(windows.Count)}d({Number(input.Type.Channels)}, {Number(filters)}, {Sizes(windows.Select(window => window.Kernel))}{WindowArguments(windows)}{padding}{GroupArgument(groups)}{BiasArgument(bias)})",
            isNormalised);
    }

    /// <summary>Each channel with separate windows, then a mixture of the channels of each pixel.</summary>
    private ModuleValue Separate(ModuleValue input, SeparableLayer layer)
    {
        var windows = _layer.Shape.Windows;
        var (padded, padding) = Padded(input, windows);
        MakeHolder();
        var deep = Set(input, $"F.conv{Number(windows.Count)}d({padded}, {Module}.depthwiseWeight{WindowArguments(windows)}{padding}, groups={Number(input.Type.Channels)})");
        return Set(deep, $"F.conv{Number(windows.Count)}d({deep.Text}, {Module}.pointwiseWeight{(layer.Bias ? $", {Module}.bias" : "")})");
    }

    private ModuleValue Transpose(ModuleValue input, TransposedConvolutionLayer layer)
    {
        var windows = _layer.Shape.Windows;
        if (!AreEven(windows))
            throw Lacking("pads transposed convolutions equally at both ends");
        return Call(
            input,
            $"nn.ConvTranspose{Number(windows.Count)}d({Number(input.Type.Channels)}, {Number(layer.Filters)}, {Sizes(windows.Select(window => window.Kernel))}{WindowArguments(windows)}{PaddingArgument(windows)}{Argument("output_padding", layer.OutputPadding, 0)}{GroupArgument(layer.Groups)}{BiasArgument(layer.Bias)})");
    }

    /// <summary>A convolution along the steps, whose padding is all before the first one.</summary>
    private ModuleValue Convolve(ModuleValue input, CausalConvolutionLayer layer)
    {
        MakeAlongSteps("Conv1d", input, layer.Filters, layer.Window, layer.Groups, layer.Bias);
        return SetSteps(input, $"{Module}(F.pad({input.Text}.transpose(1, 2), ({Number((int)(layer.Window.Span - layer.Window.Stride))}, 0))).transpose(1, 2)");
    }

    /// <summary>Its transpose, of which what comes after the last step is left out.</summary>
    private ModuleValue Transpose(ModuleValue input, CausalTransposedConvolutionLayer layer)
    {
        MakeAlongSteps("ConvTranspose1d", input, layer.Filters, layer.Window, layer.Groups, layer.Bias);
        return SetSteps(input, $"{Module}({input.Text}.transpose(1, 2)).transpose(1, 2)[:, :{Number(_layer.Steps)}]");
    }

    private void MakeAlongSteps(string module, ModuleValue input, int filters, AxisWindow window, int groups, bool hasBias)
    {
        var stride = window.Stride > 1 ? $", stride={Number(window.Stride)}" : "";
        var dilation = window.Dilation > 1 ? $", dilation={Number(window.Dilation)}" : "";
        Make($"nn.{module}({Number(input.Type.Channels)}, {Number(filters)}, {Number(window.Kernel)}{stride}{dilation}{GroupArgument(groups)}{BiasArgument(hasBias)})");
    }

    /// <summary>The largest of the pieces of each unit; all units of a piece are next to each other.</summary>
    private ModuleValue LargestPiece(ModuleValue input, Maxout layer)
    {
        var sums = Call(input, $"nn.Linear({Number(input.Type.Last)}, {Number(layer.Units * layer.Pieces)}{BiasArgument(layer.Bias)})");
        return Set(sums, $"{sums.Text}.unflatten(-1, ({Number(layer.Pieces)}, {Number(layer.Units)})).amax(-2)");
    }

    /// <summary>The input, and the padding that is left to the module: PyTorch's own is the same at both ends.</summary>
    private static (string Text, string Padding) Padded(ModuleValue input, IReadOnlyList<WindowedAxis> windows) =>
        AreEven(windows) ? (input.Text, PaddingArgument(windows)) : (PaddedBy(input, windows, "", Ends(windows)), "");

    /// <summary>The input with more elements at its ends. PyTorch begins with the last axis.</summary>
    private static string PaddedBy(ModuleValue input, IReadOnlyList<WindowedAxis> windows, string value, IEnumerable<int> ends) =>
        $"F.pad({input.Text}, {Tuple(windows.Zip(ends).Reverse().SelectMany(pair => new[] { pair.First.Before, pair.Second }))}{value})";

    private static IEnumerable<int> Ends(IReadOnlyList<WindowedAxis> windows) => windows.Select(window => window.Padding - window.Before);

    private static bool AreEven(IReadOnlyList<WindowedAxis> windows) => windows.All(window => window.Padding == 2 * window.Before);

    private static string WindowArguments(IReadOnlyList<WindowedAxis> windows) =>
        Argument("stride", windows.Select(window => window.Stride), 1) + Argument("dilation", windows.Select(window => window.Dilation), 1);

    private static string PaddingArgument(IReadOnlyList<WindowedAxis> windows) => Argument("padding", windows.Select(window => window.Before), 0);

    private static string GroupArgument(int groups) => groups > 1 ? $", groups={Number(groups)}" : "";

    private static string Argument(string name, IEnumerable<int> sizes, int usual) => sizes.All(size => size == usual) ? "" : $", {name}={Sizes(sizes)}";
}
