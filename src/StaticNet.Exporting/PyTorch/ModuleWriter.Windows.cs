using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;
using static StaticNet.Exporting.PyTorch.PythonText;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.PyTorch;

/// <content>Pooling, frames, sizes and norms.</content>
internal sealed partial class ModuleWriter
{
    private ModuleValue Pool(ModuleValue input, PoolingLayer layer)
    {
        var windows = _layer.Shape.Windows;
        var (beyond, isInHalf) = (windows.Select(Beyond).ToArray(), AreEven(windows) && windows.All(window => window.Padding <= window.Kernel));
        var (text, arguments) = (input.Text, PaddingArgument(windows));
        if (layer.Function == PoolingKind.Maximum)
        {
            // Windows that reach beyond the padding, and padding that PyTorch's own pooling cannot have, are of the lowest number there is.
            if (!isInHalf || beyond.Any(size => size > 0))
                (text, arguments) = (PaddedBy(input, windows, ", value=-math.inf", Ends(windows).Zip(beyond, (end, size) => end + Math.Max(size, 0))), "");
            return Set(input, $"F.max_pool{Number(windows.Count)}d({text}, {WindowsOf(windows)}{arguments}{Argument("dilation", windows.Select(window => window.Dilation), 1)})");
        }

        var reaches = beyond.Any(size => size > 0);
        if (windows.Any(window => window.Dilation > 1) || (!isInHalf && (reaches || !layer.CountsPadding)) || (reaches && !windows.All(ReachesInPyTorch)))
            throw Lacking("averages no windows like these");
        if (!isInHalf)
            (text, arguments) = (PaddedBy(input, windows, "", Ends(windows)), "");
        return Set(input, $"F.avg_pool{Number(windows.Count)}d({text}, {WindowsOf(windows)}{arguments}{(reaches ? ", ceil_mode=True" : "")}{(layer.CountsPadding ? "" : ", count_include_pad=False")})");
    }

    private static string WindowsOf(IReadOnlyList<WindowedAxis> windows) => windows.All(window => window.Stride == window.Kernel)
        ? Sizes(windows.Select(window => window.Kernel))
        : $"{Sizes(windows.Select(window => window.Kernel))}, {Sizes(windows.Select(window => window.Stride))}";

    /// <summary>How far the last window reaches beyond the padding at the end; below zero what windows leave over.</summary>
    private static int Beyond(WindowedAxis window) => ((window.Output - 1) * window.Stride) + ((window.Kernel - 1) * window.Dilation) + 1 - window.Input - window.Padding;

    /// <summary>Whether PyTorch has as many windows if it rounds their number up: all that begin before the padding at the end.</summary>
    private static bool ReachesInPyTorch(WindowedAxis window)
    {
        var most = ((window.Input + window.Padding - window.Kernel + window.Stride - 1) / window.Stride) + 1;
        return window.Output == ((most - 1) * window.Stride >= window.Input + window.Before ? most - 1 : most);
    }

    /// <summary>Windows along the steps, before the first of which there are zeros that count.</summary>
    private ModuleValue Pool(ModuleValue input, CausalPoolingLayer layer)
    {
        var window = layer.Window;
        var axis = $"{input.Text}.transpose(1, 2)";
        var padded = window.Kernel > window.Stride ? $"F.pad({axis}, ({Number(window.Kernel - window.Stride)}, 0))" : axis;
        return SetSteps(input, $"F.{(layer.Function == PoolingKind.Maximum ? "max" : "avg")}_pool1d({padded}, {Number(window.Kernel)}, {Number(window.Stride)}).transpose(1, 2)");
    }

    private ModuleValue PoolAll(ModuleValue input, GlobalPoolingLayer layer) => Set(
        input, $"{input.Text}.{(layer.Function == PoolingKind.Maximum ? "amax" : "mean")}({Tuple(Enumerable.Range(2, input.Type.Rank - 1))}{(layer.KeepAxes ? ", keepdim=True" : "")})");

    /// <summary>coefficient · Σ window + bias.</summary>
    private ModuleValue Subsample(ModuleValue input)
    {
        var windows = _layer.Shape.Windows;
        if (!AreEven(windows) || windows.Any(window => window.Dilation > 1 || window.Padding > window.Kernel || Beyond(window) > 0))
            throw Lacking("sums no windows like these");
        MakeHolder();
        return Set(input, $"F.avg_pool2d({input.Text}, {WindowsOf(windows)}{PaddingArgument(windows)}, divisor_override=1) * {ByChannel($"{Module}.coefficient", _layer.Output)} + {ByChannel($"{Module}.bias", _layer.Output)}");
    }

    private ModuleValue Frame(ModuleValue input, FramingLayer layer)
    {
        // Padding below zero cuts off.
        var sign = layer.Crops ? -1 : 1;
        return Set(input, $"F.pad({input.Text}, {Tuple(layer.Axes.Reverse().SelectMany(axis => new[] { sign * axis.Before, sign * axis.After }))})");
    }

    private ModuleValue Resize(ModuleValue input, UpsamplingLayer layer)
    {
        var mode = layer.Mode == Words.Interpolation.Nearest ? "\"nearest\"" : $"\"{(layer.Scales.Count == 1 ? "linear" : "bilinear")}\", align_corners={(layer.AlignCorners ? "True" : "False")}";
        return Set(input, $"F.interpolate({input.Text}, scale_factor={Tuple(layer.Scales)}, mode={mode})");
    }

    private ModuleValue Mean(ModuleValue input, MeanLayer layer)
    {
        var axes = AxisRules.FromFirst(layer.Over, input.Type.Rank);
        return Set(input, axes.Length > 0 && axes.Length < input.Type.Rank
            ? $"{input.Text}.mean({Tuple(axes.Order().Select(axis => axis + 1))})"
            : $"{input.Text}.flatten(1).mean(1, keepdim=True)");
    }

    private ModuleValue Normalise(ModuleValue input, BatchNorm norm)
    {
        var momentum = float.IsNaN(norm.Momentum) ? "None" : Number(norm.Momentum);
        Make($"nn.BatchNorm{Number(Math.Max(input.Type.Rank - 1, 1))}d({Number(input.Type.Channels)}, eps={Number(norm.Epsilon)}, momentum={momentum}{(norm.Affine ? "" : ", affine=False")})");
        // A frozen norm uses its statistics in training too, and leaves them as they are.
        return Set(input, norm.Trainable && _layer.Trainable
            ? $"{Module}({input.Text})"
            : $"F.batch_norm({input.Text}, {Module}.running_mean, {Module}.running_var, {Module}.weight, {Module}.bias, eps={Number(norm.Epsilon)})");
    }

    /// <summary>Over the last axes: layer and RMS normalisation.</summary>
    private ModuleValue Normalise(ModuleValue input, LayerNorm norm)
    {
        var axes = norm.NormalizedAxes(input.Type.Rank);
        if (norm.IsCentred)
            return Call(input, $"nn.LayerNorm({Tuple(input.Type.Shape.Skip(input.Type.Rank - axes))}, eps={Number(norm.Epsilon)}{(norm.Affine ? "" : ", elementwise_affine=False")})");
        var normalised = $"{input.Text} / torch.sqrt({input.Text}.square().mean({Tuple(Enumerable.Range(-axes, axes))}, keepdim=True) + {Number(norm.Epsilon)})";
        if (!norm.Affine)
            return Set(input, normalised);
        MakeHolder();
        return Set(input, $"{normalised} * {Module}.weight");
    }

    /// <summary>PyTorch's mean over the channels around each one, which needs pixels after the channels.</summary>
    private ModuleValue NormaliseLocally(ModuleValue input, LocalResponseNorm norm)
    {
        var (before, after) = input.Type.Rank == 1 ? (".unsqueeze(-1)", ".squeeze(-1)") : ("", "");
        return Set(input, $"F.local_response_norm({input.Text}{before}, {Number(norm.Size)}, alpha={Number(norm.Alpha * norm.Size)}, beta={Number(norm.Beta)}, k={Number(norm.K)}){after}");
    }
}
