using StaticNet.Importing;
using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx.Mapping;

/// <summary>Kernels, strides, dilations and pads: read from a node, written as arguments.</summary>
internal static class Windows
{
    public static WindowAxis[] Of(GraphNode node, int[] sizes, int[] kernel)
    {
        if (node.Integers("kernel_shape") is { } given && !given.Select(size => (int)size).SequenceEqual(kernel))
            throw new ModelFaultException("its kernel_shape is not that of its weight");
        if (kernel.Length != sizes.Length)
            throw new ModelFaultException($"its window has {kernel.Length} axes, but its input has {sizes.Length} after the channels");
        var (strides, dilations) = (List(node, "strides", kernel.Length, 1), List(node, "dilations", kernel.Length, 1));
        var pads = Pads(node, kernel.Length);
        var auto = node.Text("auto_pad", "NOTSET");
        return [.. kernel.Select((size, axis) =>
        {
            if (size < 1 || strides[axis] < 1 || dilations[axis] < 1 || sizes[axis] < 1)
                throw new ModelFaultException("a size, stride or dilation is not positive");
            var window = new WindowAxis(sizes[axis], size, strides[axis], dilations[axis], pads[axis], pads[axis + kernel.Length]);
            return auto.StartsWith("SAME", StringComparison.Ordinal) ? Same(window, auto == "SAME_LOWER") : auto == "VALID" ? window with { Start = 0, End = 0 } : window;
        })];
    }

    /// <summary>The window of a transposed convolution, whose pads cut its output.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sizes">The input's sizes after the channels.</param>
    /// <param name="kernel">The kernel's sizes.</param>
    /// <param name="extra">The output padding, which may change to reach a given shape.</param>
    public static WindowAxis[] Transposed(GraphNode node, int[] sizes, int[] kernel, int[] extra)
    {
        var plain = Of(node, sizes, kernel).Select((axis, index) => (Axis: axis, Index: index)).ToArray();
        var auto = node.Text("auto_pad", "NOTSET");
        var wanted = node.Integers("output_shape");
        if (wanted is null && !auto.StartsWith("SAME", StringComparison.Ordinal))
            return [.. plain.Select(entry => entry.Axis)];
        return [.. plain.Select(entry =>
        {
            var (axis, index) = entry;
            var output = wanted is null ? axis.Size * axis.Stride : checked((int)wanted[wanted.Length - kernel.Length + index]);
            var total = ((axis.Size - 1) * axis.Stride) + extra[index] + axis.Span - output;
            if (total < 0)
            {
                extra[index] -= total;
                total = 0;
            }

            var half = total / 2;
            return auto == "SAME_UPPER" ? axis with { Start = half, End = total - half } : axis with { Start = total - half, End = half };
        })];
    }

    /// <summary>A list of numbers that must not be negative, one for each axis.</summary>
    public static int[] List(GraphNode node, string attribute, int count, int otherwise)
    {
        if (node.Integers(attribute) is not { Length: > 0 } list)
            return [.. Enumerable.Repeat(otherwise, count)];
        return list.Length == count && list.All(number => number is >= 0 and < 1 << 20)
            ? [.. list.Select(number => (int)number)]
            : throw new ModelFaultException($"its {attribute} are [{string.Join(", ", list.Take(8))}]; expected {count} numbers, none of them negative or huge");
    }

    /// <summary>The attribute with kernel, stride, dilation and padding, as few of them as needed.</summary>
    public static AttributeDeclaration Write(AttributeDeclaration attribute, WindowAxis[] window, int usualKernel, int usualStride)
    {
        if (usualKernel > 0)
            attribute = Sizes(attribute, "Kernel", [.. window.Select(axis => axis.Kernel)], usualKernel);
        if (usualStride > 0 || window.Any(axis => axis.Stride != axis.Kernel))
            attribute = Sizes(attribute, "Stride", [.. window.Select(axis => axis.Stride)], usualStride);
        attribute = Sizes(attribute, "Dilation", [.. window.Select(axis => axis.Dilation)], 1);
        if (window.All(axis => axis.Start == window[0].Start && axis.End == window[0].Start))
            return attribute.With("Padding", window[0].Start, 0);
        if (window.Length == 1)
            return attribute.With("PaddingLeft", window[0].Start, 0).With("PaddingRight", window[0].End, 0);
        return attribute.With("PaddingTop", window[0].Start, 0).With("PaddingBottom", window[0].End, 0).With("PaddingLeft", window[1].Start, 0).With("PaddingRight", window[1].End, 0);
    }

    private static AttributeDeclaration Sizes(AttributeDeclaration attribute, string name, int[] sizes, int usual) => sizes.Distinct().Count() == 1
        ? attribute.With(name, sizes[0], usual)
        : attribute.With(name + "Height", sizes[0]).With(name + "Width", sizes[1]);

    private static WindowAxis Same(WindowAxis window, bool isLower)
    {
        var output = (window.Size + window.Stride - 1) / window.Stride;
        var total = Math.Max(((output - 1) * window.Stride) + window.Span - window.Size, 0);
        var half = total / 2;
        return isLower ? window with { Start = total - half, End = half } : window with { Start = half, End = total - half };
    }

    private static int[] Pads(GraphNode node, int axes) => List(node, "pads", 2 * axes, 0);
}
