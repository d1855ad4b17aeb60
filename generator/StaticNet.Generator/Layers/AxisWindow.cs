namespace StaticNet.Generator.Layers;

/// <summary>How padding is found; the names are those of the enum <c>StaticNet.AutoPadding</c>.</summary>
internal enum AutoPaddingKind
{
    None,
    Same,
    SameLower,
}

/// <summary>A window along one axis, as declared.</summary>
/// <param name="Kernel">The elements that it takes.</param>
/// <param name="Stride">The elements from window to window.</param>
/// <param name="Dilation">The elements from one taken element to the next.</param>
/// <param name="Before">The padding at the start.</param>
/// <param name="After">The padding at the end.</param>
/// <param name="Auto">How padding is found, where it is not given.</param>
/// <param name="Ceil">Whether a last window may reach beyond the padding.</param>
internal readonly record struct AxisWindow(int Kernel, int Stride, int Dilation, int Before, int After, AutoPaddingKind Auto = AutoPaddingKind.None, bool Ceil = false)
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
    private const int MostSpan = NetworkGraph.LargestValue;

    /// <summary>The window over an axis of a size; null where it does not fit.</summary>
    public WindowedAxis? Over(int input)
    {
        if (Auto != AutoPaddingKind.None)
        {
            var outputs = ((input - 1) / Stride) + 1;
            var total = Math.Max(((outputs - 1L) * Stride) + Span - input, 0);
            return new WindowedAxis(input, outputs, Kernel, Stride, Dilation, checked((int)((total + (Auto == AutoPaddingKind.SameLower ? 1 : 0)) / 2)), checked((int)total));
        }

        // Rounded up, windows are one more where something is free behind the last whole one, even where there is no whole one; but a
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
        return output < 1 || output > NetworkGraph.LargestValue ? null : new WindowedAxis((int)output, input, Kernel, Stride, Dilation, Before, Before + After);
    }
}

/// <summary>Windows over an axis of known size: window o takes the elements o·stride − before + tap·dilation that exist.</summary>
/// <param name="Input">The elements of the axis.</param>
/// <param name="Output">The number of windows.</param>
/// <param name="Kernel">The taps of a window.</param>
/// <param name="Stride">The elements from window to window.</param>
/// <param name="Dilation">The elements from tap to tap.</param>
/// <param name="Before">The padding at the start.</param>
/// <param name="Padding">The padding at both ends.</param>
internal readonly record struct WindowedAxis(int Input, int Output, int Kernel, int Stride, int Dilation, int Before, int Padding)
{
    /// <summary>An axis that is not there: one window over one element.</summary>
    public static readonly WindowedAxis None = new(1, 1, 1, 1, 1, 0, 0);

    /// <summary>Whether each window takes just one element, in order.</summary>
    public bool IsIdentity => Kernel == 1 && Stride == 1 && Padding == 0;

    /// <summary>Whether every tap of every window exists.</summary>
    public bool IsInside => Before == 0 && ((Output - 1) * Stride) + ((Kernel - 1) * Dilation) < Input;

    /// <summary>Whether no element is taken by two windows.</summary>
    public bool IsDisjoint => Dilation == 1 && Stride >= Kernel;

    /// <summary>Whether a window takes no element: all of it lies in the padding, or its taps step over the input.</summary>
    public bool MissesInput
    {
        get
        {
            for (var window = 0; window < Output; window++)
            {
                // The first tap at the start of the input or behind.
                var place = ((long)window * Stride) - Before;
                var tap = place >= 0 ? 0 : (-place + Dilation - 1) / Dilation;
                if (tap >= Kernel || place + (tap * Dilation) >= Input)
                    return true;
                // From here on up to the last one, windows start in the input.
                if (place >= 0)
                    window = Math.Max(window, Output - 2);
            }

            return false;
        }
    }

    /// <summary>The number of taps that exist, over all windows.</summary>
    public long Taps
    {
        get
        {
            // Tap by tap, the windows before the one that has it at the start of the input or behind, and before that at its end.
            var self = this;
            int Windows(long distance) => (int)Math.Min(self.Output, Math.Max(0, (distance + self.Stride - 1) / self.Stride));
            return Enumerable.Range(0, Kernel).Sum(tap =>
                (long)Windows(self.Before - ((long)tap * self.Dilation) + self.Input) - Windows(self.Before - ((long)tap * self.Dilation)));
        }
    }
}
