using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <content>Pooling, frames and sizes.</content>
internal sealed partial class LayerNodes
{
    private NodeValue Pool(NodeValue input, PoolingLayer layer)
    {
        var windows = _layer.Shape.Windows;
        if (layer.Function == PoolingKind.Maximum)
        {
            var (source, pads) = Padded(input.Name, windows);
            return Plain(
                input, _layer.Output, "MaxPool", [source],
                ("kernel_shape", windows.Select(window => window.Kernel)), ("strides", windows.Select(window => window.Stride)), ("dilations", windows.Select(window => window.Dilation)),
                ("pads", pads));
        }

        // ONNX's own averages have no dilation, and tools disagree on what a window counts that reaches beyond the padding.
        var isPlain = windows.All(window => window.Dilation == 1 && Beyond(window) <= 0);
        if (!isPlain)
            return Averages(input, windows, layer.CountsPadding);
        return Plain(
            input, _layer.Output, "AveragePool", [input.Name],
            ("kernel_shape", windows.Select(window => window.Kernel)), ("strides", windows.Select(window => window.Stride)), ("pads", PadsOf(windows)),
            ("count_include_pad", layer.CountsPadding ? 1 : 0));
    }

    /// <summary>Windows along the steps, before the first of which there are zeros that count.</summary>
    private NodeValue PoolCausally(NodeValue input, CausalPoolingLayer layer)
    {
        var window = layer.Window;
        var axis = model.Node("Transpose", $"{_layer.Name}.channels", [input.Name], ("perm", Axes(0, 2, 1)));
        if (window.Kernel > window.Stride)
            axis = model.Node("Pad", $"{_layer.Name}.padded", [axis, model.Integers($"{_layer.Name}.pads", [0, 0, window.Kernel - window.Stride, 0, 0, 0])]);
        var pooled = model.Node(
            layer.Function == PoolingKind.Maximum ? "MaxPool" : "AveragePool", $"{_layer.Name}.pooled", [axis], ("kernel_shape", Axes(window.Kernel)), ("strides", Axes(window.Stride)));
        return Plain(input, _layer.Output, "Transpose", [pooled], ("perm", Axes(0, 2, 1))) with { Steps = _layer.Steps };
    }

    /// <summary>How far the last window reaches beyond the padding at the end.</summary>
    private static int Beyond(WindowedAxis window) => ((window.Output - 1) * window.Stride) + ((window.Kernel - 1) * window.Dilation) + 1 - window.Input - window.Padding;

    /// <summary>The padding with which all windows fit.</summary>
    private static int[] Enough(IReadOnlyList<WindowedAxis> windows) =>
        [.. windows.Select(window => window.Before), .. windows.Select(window => window.Padding - window.Before + Math.Max(Beyond(window), 0))];

    /// <summary>
    /// What maximums are taken of, and the padding that is left to them: ONNX Runtime wants it smaller than the kernel, whatever the dilation.
    /// </summary>
    private (string Source, int[] Pads) Padded(string value, IReadOnlyList<WindowedAxis> windows)
    {
        var pads = Enough(windows);
        if (pads.Zip([.. windows, .. windows]).All(pair => pair.First < pair.Second.Kernel))
            return (value, pads);
        int[] all = [0, 0, .. pads[..windows.Count], 0, 0, .. pads[windows.Count..]];
        return (model.Node("Pad", $"{_layer.Name}.padded", [value, model.Integers($"{_layer.Name}.pads", all), model.Number(float.NegativeInfinity)]), new int[pads.Length]);
    }

    /// <summary>The sums of windows, channel by channel.</summary>
    private string Sums(NodeValue input, IReadOnlyList<WindowedAxis> windows)
    {
        var count = windows.Aggregate(1, (product, window) => product * window.Kernel);
        var ones = model.Floats($"{_layer.Name}.ones", [input.Type.Channels, 1, .. windows.Select(window => window.Kernel)], [.. Enumerable.Repeat(1f, input.Type.Channels * count)]);
        return model.Node(
            "Conv", $"{_layer.Name}.sums", [input.Name, ones],
            ("strides", windows.Select(window => window.Stride)), ("dilations", windows.Select(window => window.Dilation)), ("pads", Enough(windows)), ("group", input.Type.Channels));
    }

    private NodeValue Averages(NodeValue input, IReadOnlyList<WindowedAxis> windows, bool countsPadding)
    {
        float[] shares = [1];
        foreach (var window in windows)
            shares = [.. shares.SelectMany(share => Enumerable.Range(0, window.Output).Select(output => share / Counted(window, output, countsPadding)))];
        var share = model.Floats($"{_layer.Name}.shares", _layer.Output.Pixels, shares);
        return Plain(input, _layer.Output, "Mul", Sums(input, windows), share);
    }

    /// <summary>How many elements of a window its mean is over.</summary>
    private static int Counted(WindowedAxis window, int output, bool countsPadding) => Enumerable.Range(0, window.Kernel).Count(tap =>
    {
        var place = (output * window.Stride) - window.Before + (tap * window.Dilation);
        return countsPadding ? place < window.Input + window.Padding - window.Before : place >= 0 && place < window.Input;
    });

    private NodeValue PoolAll(NodeValue input, GlobalPoolingLayer layer)
    {
        var pooled = input with
        {
            Name = model.Node(layer.Function == PoolingKind.Maximum ? "GlobalMaxPool" : "GlobalAveragePool", layer.KeepAxes ? _layer.Name : $"{_layer.Name}.pooled", [input.Name]),
            Type = TensorType.Of([input.Type.Channels, .. input.Type.Pixels.Select(_ => 1)]),
        };
        return layer.KeepAxes ? pooled : Reshaped(pooled, _layer.Output);
    }

    /// <summary>coefficient · Σ window + bias.</summary>
    private NodeValue Subsample(NodeValue input)
    {
        var scaled = model.Node("Mul", $"{_layer.Name}.scaled", [Sums(input, _layer.Shape.Windows), ByChannel("coefficient", _layer.Output)]);
        return Plain(input, _layer.Output, "Add", scaled, ByChannel("bias", _layer.Output));
    }

    private NodeValue Reshaped(NodeValue input, TensorType type)
    {
        var folded = Folded(input);
        return type.Rank == 1
            ? Plain(folded, type, "Flatten", [folded.Name], ("axis", 1))
            : Plain(folded, type, "Reshape", folded.Name, model.Integers($"{_layer.Name}.shape", type.Shape.Prepend(-1)));
    }

    private NodeValue Frame(NodeValue input, FramingLayer layer)
    {
        if (layer.Crops)
        {
            var starts = model.Integers($"{_layer.Name}.starts", layer.Axes.Select(axis => axis.Before));
            var ends = model.Integers($"{_layer.Name}.ends", layer.Axes.Select((axis, index) => input.Type.Shape[index + 1] - axis.After));
            return Plain(input, _layer.Output, "Slice", input.Name, starts, ends, model.Integers($"{_layer.Name}.axes", Enumerable.Range(2, layer.Axes.Count)));
        }

        var pads = model.Integers($"{_layer.Name}.pads", [0, 0, .. layer.Axes.Select(axis => axis.Before), 0, 0, .. layer.Axes.Select(axis => axis.After)]);
        return Plain(input, _layer.Output, "Pad", input.Name, pads);
    }

    private NodeValue Pad(NodeValue input, int axis, int before, int after)
    {
        int[] pads = new int[(input.Type.Rank + 1) * 2];
        (pads[axis + 1], pads[axis + 1 + input.Type.Rank + 1]) = (before, after);
        return Plain(input, _layer.Output, "Pad", input.Name, model.Integers($"{_layer.Name}.pads", pads));
    }

    private NodeValue Slice(NodeValue input, int axis, int start, int length) => Plain(
        input, _layer.Output, "Slice", input.Name, model.Integers($"{_layer.Name}.starts", start), model.Integers($"{_layer.Name}.ends", start + length), model.Integers($"{_layer.Name}.axes", axis + 1));

    private NodeValue Resize(NodeValue input, UpsamplingLayer layer)
    {
        var scales = model.Floats($"{_layer.Name}.scales", [layer.Scales.Count + 2], [1, 1, .. layer.Scales.Select(scale => (float)scale)]);
        var isNearest = layer.Mode == Generator.Vocabulary.Interpolation.Nearest;
        return Plain(
            input, _layer.Output, "Resize", [input.Name, "", scales],
            ("mode", isNearest ? "nearest" : "linear"),
            ("coordinate_transformation_mode", isNearest ? "asymmetric" : layer.AlignCorners ? "align_corners" : "half_pixel"),
            ("nearest_mode", "floor"));
    }

    private NodeValue Mean(NodeValue input, MeanLayer layer)
    {
        var axes = AxisRules.FromFirst(layer.Over, input.Type.Rank);
        if (axes.Length > 0 && axes.Length < input.Type.Rank)
            return Plain(input, _layer.Output, "ReduceMean", [input.Name], ("axes", axes.Order().Select(axis => axis + 1)), ("keepdims", 0));
        var mean = model.Node("ReduceMean", $"{_layer.Name}.mean", [input.Name], ("axes", Enumerable.Range(1, input.Type.Rank)), ("keepdims", 1));
        return Plain(input, _layer.Output, "Flatten", [mean], ("axis", 1));
    }

    private NodeValue Transpose(NodeValue input, Permute layer) => Plain(
        input, _layer.Output, "Transpose", [input.Name], ("perm", AxisRules.FromFirst(layer.Order, input.Type.Rank).Select(axis => axis + 1).Prepend(0)));

    /// <summary>The last step as the value of the whole sequence.</summary>
    private NodeValue LastStep(NodeValue input)
    {
        var last = model.Node("Gather", $"{_layer.Name}.step", [input.Name, model.Integers($"{_layer.Name}.index", input.Steps - 1)], ("axis", 1));
        return new NodeValue(model.Node("Squeeze", _layer.Name, [last, model.Integers($"{_layer.Name}.axis", 1)]), _layer.Output, 1, HasStepAxis: false);
    }

    /// <summary>What came some steps before, and its initial value in the first steps.</summary>
    private NodeValue Delay(NodeValue input, DelayLayer delay)
    {
        var rank = input.Type.Rank + 2;
        int[] pads = new int[rank * 2];
        pads[1] = delay.Steps;
        List<string> inputs = [input.Name, model.Integers($"{_layer.Name}.pads", pads)];
        if (delay.InitialValue != 0)
            inputs.Add(model.Floats($"{_layer.Name}.initialValue", [], [delay.InitialValue]));
        var padded = model.Node("Pad", $"{_layer.Name}.padded", inputs);
        return Plain(
            input, input.Type, "Slice", padded, model.Integers($"{_layer.Name}.starts", 0), model.Integers($"{_layer.Name}.ends", input.Steps), model.Integers($"{_layer.Name}.axes", 1));
    }
}
