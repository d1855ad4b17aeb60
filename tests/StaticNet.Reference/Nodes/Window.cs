namespace StaticNet.Reference.Nodes;

/// <summary>How a kernel or a pooling window moves along one axis.</summary>
/// <param name="Size">The number of its elements.</param>
/// <param name="Stride">Its step.</param>
/// <param name="Dilation">The distance of its elements.</param>
/// <param name="Before">The padding in front of the axis.</param>
/// <param name="After">The padding behind the axis.</param>
internal sealed record Window(int Size, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The window of an axis that is not there: a single element.</summary>
    public static Window None { get; } = new(1, 1, 1, 0, 0);

    private int Extent => (Dilation * (Size - 1)) + 1;

    /// <summary>The window with the padding that <paramref name="auto"/> gives it over an axis.</summary>
    public Window Padded(AutoPadding auto, int length)
    {
        if (auto == AutoPadding.None)
            return this;
        var outputs = (length + Stride - 1) / Stride;
        var total = Math.Max(((outputs - 1) * Stride) + Extent - length, 0);
        var smaller = total / 2;
        return auto == AutoPadding.Same
            ? this with { Before = smaller, After = total - smaller }
            : this with { Before = total - smaller, After = smaller };
    }

    /// <summary>The number of places over an axis of a length.</summary>
    /// <param name="length">The axis's length.</param>
    /// <param name="ceil">Whether a last place that is not all over axis and padding counts.</param>
    public int Outputs(int length, bool ceil = false)
    {
        var free = length + Before + After - Extent;
        if (ceil ? free <= -Stride : free < 0)
            throw new ArgumentException($"A window of {Extent} does not fit {length} elements with {Before} + {After} around.");
        if (!ceil)
            return (free / Stride) + 1;
        var outputs = ((free + Stride - 1) / Stride) + 1;
        return (outputs - 1) * Stride >= length + Before ? outputs - 1 : outputs;
    }

    /// <summary>The number of places of a pooling window, each of which must hold an element of the axis.</summary>
    public int PoolingOutputs(int length, bool ceil)
    {
        var outputs = Outputs(length, ceil);
        for (var output = 0; output < outputs; output++)
        {
            var inside = Enumerable.Range(0, Size).Any(element => Position(output, element) is var place && place >= 0 && place < length);
            if (!inside)
                throw new ArgumentException($"Window {output} over {length} elements holds padding alone.");
        }

        return outputs;
    }

    /// <summary>The number of elements of which a convolution by this window makes <paramref name="length"/>.</summary>
    public int TransposedOutputs(int length, int outputPadding) =>
        ((length - 1) * Stride) - Before - After + Extent + outputPadding;

    /// <summary>Where on the axis one element of the window lies; outside the axis it is padding.</summary>
    public int Position(int output, int element) => (output * Stride) - Before + (element * Dilation);
}
