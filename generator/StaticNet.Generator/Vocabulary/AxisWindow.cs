namespace StaticNet.Generator.Vocabulary;

/// <summary>A window along one axis, as declared.</summary>
/// <param name="Kernel">The elements that it takes.</param>
/// <param name="Stride">The elements from window to window.</param>
/// <param name="Dilation">The elements from one taken element to the next.</param>
/// <param name="Before">The padding at the start.</param>
/// <param name="After">The padding at the end.</param>
/// <param name="Auto">How padding is found, where it is not given.</param>
/// <param name="Ceil">Whether a last window may reach beyond the padding.</param>
internal readonly record struct AxisWindow(int Kernel, int Stride, int Dilation, int Before, int After, AutoPadding Auto = AutoPadding.None, bool Ceil = false)
{
    /// <summary>The elements from the first taken one to the last, both included.</summary>
    public long Span => ((long)(Kernel - 1) * Dilation) + 1;

    /// <summary>The first fault of the arguments, or null.</summary>
    public (string Argument, string Expected, string Actual)? Fault =>
        Kernel < 1 ? ("Kernel", "1 or more", Invariant.Text(Kernel))
        : Stride < 1 ? ("Stride", "1 or more", Invariant.Text(Stride))
        : Dilation < 1 ? ("Dilation", "1 or more", Invariant.Text(Dilation))
        : Span > MostSpan ? ("Dilation", $"a window over {MostSpan} elements or fewer", Invariant.Text(Dilation))
        : Before < 0 ? ("Padding", "0 or more", Invariant.Text(Before))
        : After < 0 ? ("Padding", "0 or more", Invariant.Text(After))
        : Math.Max(Before, After) > MostPadding ? ("Padding", $"{MostPadding} or less", Invariant.Text(Math.Max(Before, After)))
        : null;

    /// <summary>More would only make larger outputs of nothing.</summary>
    private const int MostPadding = 1 << 16;

    /// <summary>No value is longer.</summary>
    private const int MostSpan = Limits.LargestValue;

    /// <summary>The window over an axis of a size; null where it does not fit.</summary>
    public WindowedAxis? Over(int input)
    {
        if (Auto != AutoPadding.None)
        {
            var outputs = ((input - 1) / Stride) + 1;
            var total = Math.Max(((outputs - 1L) * Stride) + Span - input, 0);
            return new WindowedAxis(input, outputs, Kernel, Stride, Dilation, checked((int)((total + (Auto == AutoPadding.SameLower ? 1 : 0)) / 2)), checked((int)total));
        }

        // Rounded up, windows are one more where something is free after the last whole one, even where there is no whole one; but a
        // window of the ceiling mode must start in the input or in the padding before it.
        var free = (long)input + Before + After - Span;
        var steps = free + (Ceil ? Stride - 1 : 0);
        if (steps < 0)
            return null;
        var output = (int)(steps / Stride) + 1;
        if (Ceil && (output - 1L) * Stride >= (long)input + Before)
            output--;
        return new WindowedAxis(input, output, Kernel, Stride, Dilation, Before, Before + After);
    }

    /// <summary>The windows whose transposition makes an axis of this one: output and input exchanged.</summary>
    public WindowedAxis? OverTransposed(int input, int outputPadding)
    {
        var output = ((input - 1L) * Stride) - Before - After + Span + outputPadding;
        return output < 1 || output > Limits.LargestValue ? null : new WindowedAxis((int)output, input, Kernel, Stride, Dilation, Before, Before + After);
    }
}
