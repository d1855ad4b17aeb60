using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>What all layers with windows check, and how their windows are printed.</summary>
internal static class SpatialRules
{
    /// <summary>The windows over an input [channel, axes…].</summary>
    /// <param name="layer">The layer's name in messages.</param>
    /// <param name="windows">One window an axis.</param>
    /// <param name="input">The input's logical type.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The windows over the axes, or null after an error.</returns>
    public static IReadOnlyList<WindowedAxis>? Over(string layer, EquatableArray<AxisWindow> windows, TensorType input, IShapeErrors errors) =>
        Check(layer, windows, input, errors) ? Resolve(layer, windows, input, (window, size) => window.Over(size), errors) : null;

    /// <summary>The axes that transposed windows make of an input.</summary>
    public static IReadOnlyList<WindowedAxis>? OverTransposed(
        string layer, EquatableArray<AxisWindow> windows, EquatableArray<int> outputPadding, TensorType input, IShapeErrors errors)
    {
        if (!Check(layer, windows, input, errors))
            return null;
        var axis = 0;
        return Resolve(layer, windows, input, (window, size) => window.OverTransposed(size, outputPadding[axis++]), errors);
    }

    /// <summary>3×3, stride 2, padding 1: what differs from the usual is said.</summary>
    public static string Text(EquatableArray<AxisWindow> windows)
    {
        static string Sizes(IEnumerable<int> sizes) => sizes.Distinct().Count() == 1 ? Invariant.Text(sizes.First()) : Invariant.Shape(sizes);
        var text = Invariant.Shape(windows.Select(window => window.Kernel));
        if (windows.Any(window => window.Stride > 1))
            text += $", stride {Sizes(windows.Select(window => window.Stride))}";
        if (windows.Any(window => window.Dilation > 1))
            text += $", dilation {Sizes(windows.Select(window => window.Dilation))}";
        if (windows[0].Auto != AutoPadding.None)
            text += ", same";
        else if (windows.Any(window => window.Before + window.After > 0))
            text += $", padding {Sizes(windows.SelectMany(window => new[] { window.Before, window.After }))}";
        return text;
    }

    private static bool Check(string layer, EquatableArray<AxisWindow> windows, TensorType input, IShapeErrors errors)
    {
        foreach (var window in windows)
        {
            if (window.Fault is not { } fault)
                continue;
            errors.Argument(fault.Argument, fault.Expected, fault.Actual);
            return false;
        }

        if (input.Rank == windows.Count + 1)
            return true;
        errors.Shapes($"{layer} takes {(windows.Count == 1 ? "[channel, length]" : "[channel, height, width]")}, but its input is {input}");
        return false;
    }

    private static List<WindowedAxis>? Resolve(
        string layer, EquatableArray<AxisWindow> windows, TensorType input, Func<AxisWindow, int, WindowedAxis?> over, IShapeErrors errors)
    {
        var axes = new List<WindowedAxis>();
        for (var axis = 0; axis < windows.Count; axis++)
        {
            if (over(windows[axis], input.Shape[axis + 1]) is { } resolved)
            {
                axes.Add(resolved);
                continue;
            }

            errors.Shapes($"{layer} kernel {Text(windows)} does not fit its input {input}");
            return null;
        }

        return axes;
    }
}
