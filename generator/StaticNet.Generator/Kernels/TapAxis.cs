using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// One axis of a convolution as a kernel walks it: result q of a phase is at q·step + begin, and takes the elements
/// q·inputStep + firstOffset + j·offsetStep of the input for those taps j that exist. A convolution has one phase; the
/// gradient of its input has one for each remainder of the stride, each with its own taps. Where those are many, phases that
/// differ in nothing but their first result and their first tap are one, which the kernel walks in a loop.
/// </summary>
/// <param name="Begin">Where the phase's first result is.</param>
/// <param name="Step">The elements from result to result.</param>
/// <param name="Count">The number of results.</param>
/// <param name="InputStep">The elements of the input from result to result.</param>
/// <param name="Taps">The number of taps.</param>
/// <param name="FirstTap">The number of the first tap among the weight's.</param>
/// <param name="TapStep">The weight's taps from tap to tap.</param>
/// <param name="FirstOffset">Where the first tap of the first result is in the input.</param>
/// <param name="OffsetStep">The elements of the input from tap to tap.</param>
/// <param name="Input">The elements of the input.</param>
/// <param name="Phases">The number of phases that this one stands for.</param>
/// <param name="BeginStep">From phase to phase, how far the first result moves.</param>
/// <param name="FirstTapStep">From phase to phase, how far the first tap moves.</param>
internal sealed record TapAxis(
    int Begin, int Step, int Count, int InputStep, int Taps, int FirstTap, int TapStep, int FirstOffset, int OffsetStep, int Input,
    int Phases = 1, int BeginStep = 0, int FirstTapStep = 0)
{
    /// <summary>Up to this many phases are each written out; two in any case, which are those of the usual stride.</summary>
    public const int MostWrittenPhases = 4;

    /// <summary>The one phase of a convolution.</summary>
    public static IReadOnlyList<TapAxis> Forward(WindowedAxis axis) =>
        [new(0, 1, axis.Output, axis.Stride, axis.Kernel, 0, 1, -axis.Before, axis.Dilation, axis.Input)];

    /// <summary>The phases of the gradient of a convolution's input; its weight has the taps in reverse.</summary>
    public static IReadOnlyList<TapAxis> Transposed(WindowedAxis axis)
    {
        var phases = new List<TapAxis>();
        for (var phase = 0; phase < CountOf(axis); phase++)
        {
            // Element i = phase + q·stride was taken by window (i + before − tap·dilation) / stride, where that is whole.
            int Distance(int reversed) => phase + axis.Before - ((axis.Kernel - 1 - reversed) * axis.Dilation);
            var taps = Enumerable.Range(0, axis.Kernel).Where(reversed => Distance(reversed) % axis.Stride == 0).ToArray();
            var tapStep = taps.Length > 1 ? taps[1] - taps[0] : 1;
            phases.Add(new TapAxis(
                phase, axis.Stride, ((axis.Input - 1 - phase) / axis.Stride) + 1, 1, taps.Length, taps.Length > 0 ? taps[0] : 0, tapStep,
                taps.Length > 0 ? Distance(taps[0]) / axis.Stride : 0, Math.Max(1, tapStep * axis.Dilation / axis.Stride), axis.Output));
        }

        return phases;
    }

    /// <summary>The phases of an axis of the gradient of a convolution's input.</summary>
    /// <param name="axis">The windows along the axis.</param>
    /// <param name="others">The phases of the other axis: the kernel holds each of them for each phase of this one.</param>
    public static IReadOnlyList<TapAxis> Transposed(WindowedAxis axis, int others)
    {
        var phases = CountOf(axis);
        return phases <= 2 || phases * (long)others <= MostWrittenPhases ? Transposed(axis) : PhaseRuns.Of(axis);
    }

    /// <summary>The number of phases of the gradient of a convolution's input along an axis.</summary>
    public static int CountOf(WindowedAxis axis) => Math.Min(axis.Stride, axis.Input);

    /// <summary>Some results that follow each other, as an axis of their own.</summary>
    public TapAxis Part(int first, int count) => this with { Begin = Begin + (first * Step), Count = count, FirstOffset = FirstOffset + (first * InputStep) };

    /// <summary>The taps of a result that exist: the first, and the end.</summary>
    public (int Begin, int End) TapsOf(int result)
    {
        var first = (result * InputStep) + FirstOffset;
        var begin = first >= 0 ? 0 : ((-first - 1) / OffsetStep) + 1;
        var end = Input - 1 - first < 0 ? 0 : Math.Min(Taps, ((Input - 1 - first) / OffsetStep) + 1);
        return begin >= end ? (0, 0) : (begin, end);
    }

    /// <summary>The results that have all taps: the first, and the end.</summary>
    public (int Begin, int End) Whole
    {
        get
        {
            if (Taps == 0)
                return (0, Count);
            var begin = ResultAt(-FirstOffset);
            var end = ResultAt(Input - ((Taps - 1) * OffsetStep) - FirstOffset);
            return begin >= end ? (0, 0) : (begin, end);
        }
    }

    /// <summary>Whether all results have all taps.</summary>
    public bool IsWhole => Whole == (0, Count);

    /// <summary>A number of results, from one on, that have the taps that it has; 1 where only a look at the next one can tell.</summary>
    public int SameFrom(int result)
    {
        var whole = Whole;
        if (result >= whole.Begin && result < whole.End)
            return whole.End - result;
        // Results in the padding have no taps, up to the first whose last tap meets the input, or to the end.
        var some = ResultAt(-((Taps - 1) * OffsetStep) - FirstOffset);
        var none = ResultAt(Input - FirstOffset);
        return result < some ? some - result : result >= none ? Count - result : 1;
    }

    /// <summary>The first result whose first tap moves by so much or more from that of result 0, among all and their end.</summary>
    private int ResultAt(int distance) => Math.Min(Count, Math.Max(0, (distance + InputStep - 1) / InputStep));
}
