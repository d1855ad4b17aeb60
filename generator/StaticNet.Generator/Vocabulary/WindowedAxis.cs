namespace StaticNet.Generator.Vocabulary;

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

    /// <summary>Windows that take one element each.</summary>
    public static WindowedAxis Each(int size) => new(size, size, 1, 1, 1, 0, 0);

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
                // The first tap at the start of the input or after it.
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
            var self = this;
            return Enumerable.Range(0, Kernel).Select(self.WindowsOf).Sum(windows => (long)windows.End - windows.Begin);
        }
    }

    /// <summary>The taps that exist in some window.</summary>
    public int TapsInUse
    {
        get
        {
            var self = this;
            return Enumerable.Range(0, Kernel).Select(self.WindowsOf).Count(windows => windows.Begin < windows.End);
        }
    }

    /// <summary>The elements that some window takes.</summary>
    public long ElementsTaken
    {
        get
        {
            var self = this;
            // With each tap, the windows take elements that are a stride apart: an interval among those with the same remainder.
            var intervals =
                from tap in Enumerable.Range(0, Kernel)
                let windows = self.WindowsOf(tap)
                where windows.Begin < windows.End
                let first = ((long)windows.Begin * self.Stride) - self.Before + ((long)tap * self.Dilation)
                group (Begin: first / self.Stride, Length: windows.End - windows.Begin) by first % self.Stride;
            var taken = 0L;
            foreach (var ofRemainder in intervals)
            {
                var end = 0L;
                foreach (var (begin, length) in ofRemainder.OrderBy(interval => interval.Begin))
                {
                    taken += Math.Max(0, begin + length - Math.Max(begin, end));
                    end = Math.Max(end, begin + length);
                }
            }

            return taken;
        }
    }

    /// <summary>The windows that have a tap: those before the one that has it at the input's end, from the first that has it in the input on.</summary>
    public (int Begin, int End) WindowsOf(int tap)
    {
        var self = this;
        int Before(long distance) => (int)Math.Min(self.Output, Math.Max(0, (distance + self.Stride - 1) / self.Stride));
        var start = this.Before - ((long)tap * Dilation);
        return (Before(start), Before(start + Input));
    }
}
