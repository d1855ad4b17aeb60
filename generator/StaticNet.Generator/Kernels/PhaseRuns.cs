using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The phases of the gradient of a convolution's input, where the stride is large: those that have as many taps, results and the
/// same place in the input are adjacent. There are few such runs whatever the stride, unless a dilation scatters them.
/// </summary>
internal static class PhaseRuns
{
    /// <summary>More runs than any code could hold.</summary>
    private const int Most = 1 << 12;

    public static IReadOnlyList<TapAxis> Of(WindowedAxis axis)
    {
        var runs = new List<TapAxis>();
        if (axis.Dilation == 1)
            AddUndilated(axis, runs);
        else
            AddDilated(axis, runs);
        return runs;
    }

    /// <summary>The phase with the remainder, by its first tap among those in reverse; a phase without taps has none.</summary>
    private static TapAxis PhaseOf(WindowedAxis axis, int phase, int firstTap)
    {
        var divisor = GreatestDivisor(axis.Stride, axis.Dilation);
        var (tapStep, offsetStep) = (axis.Stride / divisor, axis.Dilation / divisor);
        var count = ((axis.Input - 1 - phase) / axis.Stride) + 1;
        if (firstTap < 0)
            return new TapAxis(phase, axis.Stride, count, 1, 0, 0, tapStep, 0, offsetStep, axis.Output);
        var taps = ((axis.Kernel - 1 - firstTap) / tapStep) + 1;
        var offset = (int)((phase + (long)axis.Before - ((axis.Kernel - 1L - firstTap) * axis.Dilation)) / axis.Stride);
        return new TapAxis(phase, axis.Stride, count, 1, taps, firstTap, tapStep, offset, offsetStep, axis.Output);
    }

    /// <summary>Without a dilation the first tap goes down as the phase goes up, and starts again once.</summary>
    private static void AddUndilated(WindowedAxis axis, List<TapAxis> runs)
    {
        var phases = TapAxis.CountOf(axis);
        var stride = axis.Stride;
        for (var phase = 0; phase < phases;)
        {
            var remainder = Remainder(axis.Kernel - 1L - axis.Before - phase, stride);
            // The phases up to the next one that has more taps, starts again or has fewer results.
            var same = remainder >= axis.Kernel
                ? remainder - axis.Kernel + 1
                : (int)Math.Min(remainder + 1, remainder - (axis.Kernel - 1) + ((((axis.Kernel - 1 - remainder) / stride) + 1L) * stride));
            var longer = Remainder(axis.Input - 1L, stride);
            if (phase <= longer)
                same = Math.Min(same, longer - phase + 1);
            same = Math.Min(same, phases - phase);
            var hasTaps = remainder < axis.Kernel;
            runs.Add(PhaseOf(axis, phase, hasTaps ? remainder : -1) with { Phases = same, BeginStep = 1, FirstTapStep = hasTaps ? -1 : 0 });
            phase += same;
        }
    }

    /// <summary>With a dilation the phases are taken in the order of their first taps, and then those without taps.</summary>
    private static void AddDilated(WindowedAxis axis, List<TapAxis> runs)
    {
        var phases = TapAxis.CountOf(axis);
        var hasTaps = new bool[phases];
        var firstTaps = Math.Min(axis.Kernel, axis.Stride / GreatestDivisor(axis.Stride, axis.Dilation));
        for (var tap = 0; tap < firstTaps; tap++)
        {
            var phase = Remainder(((axis.Kernel - 1L - tap) * axis.Dilation) - axis.Before, axis.Stride);
            if (phase >= phases)
                continue;
            hasTaps[phase] = true;
            Add(PhaseOf(axis, phase, tap));
        }

        for (var phase = 0; phase < phases; phase++)
        {
            if (!hasTaps[phase])
                Add(PhaseOf(axis, phase, -1));
        }

        void Add(TapAxis next)
        {
            if (runs.Count > 0 && runs[runs.Count - 1] is var last && Continues(last, next))
            {
                runs[runs.Count - 1] = last with { Phases = last.Phases + 1, BeginStep = next.Begin - last.Begin - ((last.Phases - 1) * last.BeginStep), FirstTapStep = next.FirstTap - last.FirstTap - ((last.Phases - 1) * last.FirstTapStep) };
                return;
            }

            runs.Add(next);
            if (runs.Count > Most)
                throw new CodeTooLongException();
        }
    }

    private static bool Continues(TapAxis run, TapAxis next) =>
        next with { Begin = 0, FirstTap = 0 } == run with { Begin = 0, FirstTap = 0, Phases = 1, BeginStep = 0, FirstTapStep = 0 }
        && (run.Phases == 1 || (next.Begin == run.Begin + (run.Phases * run.BeginStep) && next.FirstTap == run.FirstTap + (run.Phases * run.FirstTapStep)));

    private static int Remainder(long dividend, int divisor) => (int)(((dividend % divisor) + divisor) % divisor);

    private static int GreatestDivisor(int a, int b) => b == 0 ? a : GreatestDivisor(b, a % b);
}
