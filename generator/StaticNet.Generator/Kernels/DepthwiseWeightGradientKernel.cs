using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dw = Σ x·dy for each tap and channel: channels are lanes, and the sums of a row of taps stay in registers while the pixels
/// run by. Each panel of channels belongs to whoever computes it, so that any split gives the same bits.
/// </summary>
internal sealed class DepthwiseWeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    /// <summary>Up to this many taps have their sums in registers together, and up to twice as many pixels at the sides are written out.</summary>
    private const int MostWrittenTaps = 16;

    private WindowWeightGradient Operation => (WindowWeightGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private WindowedAxis Horizontal => Operation.Axes[Operation.Axes.Count - 1];

    private WindowedAxis Vertical => Operation.Axes.Count == 1 ? WindowedAxis.None : Operation.Axes[0];

    private int Taps => Vertical.Kernel * Horizontal.Kernel;

    private string GradientName => Names.Argument(Operation.Parameter.CodeName + ".gradient");

    public override string Comment =>
        $"{Operation.Parameter.FullName}'s gradient, the sum over samples and pixels: {(IsWritten ? $"the sums of {Horizontal.Kernel} taps stay in registers" : "the sum of a tap stays in a register")} during the loop over pixels. Channels are lanes.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Gradient, Names.Argument(Gradient.Name)),
        KernelArgument.GradientOf(Operation.Parameter),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    /// <summary>Whether the taps of a row and the pixels at its sides are few enough to be written out.</summary>
    private bool IsWritten => Horizontal.Kernel <= MostWrittenTaps && TapAxis.Forward(Horizontal)[0] is var axis && axis.Count - (axis.Whole.End - axis.Whole.Begin) <= 2 * MostWrittenTaps;

    public override int Tiles => Lanes.Panels(Operation.Parameter.Shape[0]);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (!IsWritten)
        {
            WriteTapByTap(writer, v);
            return;
        }

        writer.Block($"for (var lane = begin * 16; lane < end * 16; lane += {v.Lanes})", () =>
            writer.Block($"for (var tap = 0; tap < {Vertical.Kernel}; tap++)", () =>
            {
                var rows = TapRange.Write(writer, Vertical, "tap", "top", "row");
                // The panels of the weight hold one row of 16 channels a tap.
                writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, (lane / 16 * {Taps * Lanes.Panel}) + (lane % 16) + (tap * {Horizontal.Kernel * Lanes.Panel}));");
                var (block, band) = StoredBlocks.Of(Arranged.Capacity, Vertical.Output, Horizontal.Output);
                if (block == 0)
                {
                    WriteSamples(writer, v, rows, "0", "samples", rows.Begin, rows.End, "accumulate");
                    return;
                }

                // Long sums are made of shorter ones, so that little is lost.
                writer.Block($"for (var block = 0; block < samples; block += {block})", () =>
                {
                    if (band == 0)
                    {
                        WriteSamples(writer, v, rows, "block", $"{Types.Math}.Min(block + {block}, samples)", rows.Begin, rows.End, "accumulate || block > 0");
                        return;
                    }

                    writer.Block($"for (var band = 0; band < {Vertical.Output}; band += {band})", () =>
                        WriteSamples(writer, v, rows, "block", "block + 1", $"{Types.Math}.Max({rows.Begin}, band)", $"{Types.Math}.Min({rows.End}, band + {band})", "accumulate || block > 0 || band > 0"));
                });
            }));
    }

    /// <summary>Writes loops over all taps, each with a sum of its own.</summary>
    private void WriteTapByTap(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), InputLayout(1));
        void Tap(string rowTap, string columnTap)
        {
            writer.Line($"var sum = {v.Zero};");
            var rows = TapRange.Write(writer, Vertical, rowTap, "top", "row");
            var columns = TapRange.Write(writer, Horizontal, columnTap, "left", "column");
            var sums = new LongSum(writer, v, (long)Arranged.Capacity * Vertical.Output * Horizontal.Output, "sum").Declare();
            writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
                writer.Block($"for (var row = {rows.Begin}; row < {rows.End}; row++)", () =>
                {
                    writer.Block($"for (var column = {columns.Begin}; column < {columns.End}; column++)", () =>
                    {
                        var x = Arithmetic.Sum(Arithmetic.Product(rows.Place("row", Vertical.Stride), Horizontal.Input), columns.Place("column", Horizontal.Stride));
                        var dy = Arithmetic.Sum(Arithmetic.Product("row", Horizontal.Output), "column");
                        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, {Arithmetic.Sum($"sample * {from.SampleLength}", Arithmetic.Product(x, from.Stride), "lane")});");
                        writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, {Arithmetic.Sum($"sample * {to.SampleLength}", Arithmetic.Product(dy, to.Stride), "lane")});");
                        writer.Line($"sum = {v.MultiplyAdd(v.Load("x", "0"), v.Load("dy", "0"), "sum")};");
                        if (Horizontal.Output > LongSum.Block)
                            sums.FoldEvery("column", 1, Horizontal.Output);
                    });
                    if (Horizontal.Output <= LongSum.Block)
                        sums.FoldEvery("row", Horizontal.Output, Vertical.Output);
                }));
            sums.Finish();
            var tap = Arithmetic.Sum(Arithmetic.Product(rowTap, Horizontal.Kernel), columnTap);
            writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, {Arithmetic.Sum($"(lane / 16 * {Taps * Lanes.Panel})", "(lane % 16)", Arithmetic.Product(tap, Lanes.Panel))});");
            writer.Line(v.Store($"accumulate ? sum + {v.Load("gradient", "0")} : sum", "gradient", "0"));
        }

        writer.Block($"for (var lane = begin * 16; lane < end * 16; lane += {v.Lanes})", () =>
        {
            void Row(string tap) => writer.Block($"for (var j = 0; j < {Horizontal.Kernel}; j++)", () => Tap(tap, "j"));
            if (Vertical.Kernel > 1)
                writer.Block($"for (var i = 0; i < {Vertical.Kernel}; i++)", () => Row("i"));
            else
                Row("0");
        });
    }

    /// <summary>Writes the sums over the rows of some samples, and adds them to the gradient.</summary>
    private void WriteSamples(CodeWriter writer, VectorSyntax v, TapRange rows, string first, string last, string top, string bottom, string isAdded)
    {
        var (from, to) = (InputLayout(0), InputLayout(1));
        for (var j = 0; j < Horizontal.Kernel; j++)
            writer.Line($"var sum{j}0 = {v.Zero};");
        var (stop, bandEnd) = (last, bottom);
        if (last.Contains('('))
        {
            writer.Line($"var stop = {last};");
            stop = "stop";
        }

        if (bottom.Contains('('))
        {
            writer.Line($"var bandEnd = {bottom};");
            bandEnd = "bandEnd";
        }

        writer.Block($"for (var sample = {first}; sample < {stop}; sample++)", () =>
            writer.Block($"for (var row = {top}; row < {bandEnd}; row++)", () =>
            {
                writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, {Arithmetic.Sum($"sample * {from.SampleLength}", Arithmetic.Product(rows.Place("row", Vertical.Stride), Horizontal.Input * from.Stride), "lane")});");
                writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, {Arithmetic.Sum($"sample * {to.SampleLength}", $"row * {Horizontal.Output * to.Stride}", "lane")});");
                WriteColumns(writer, v, from.Stride, to.Stride);
            }));
        for (var j = 0; j < Horizontal.Kernel; j++)
        {
            var place = Literal.Of(j * Lanes.Panel);
            writer.Line(v.Store($"{isAdded} ? sum{j}0 + {v.Load("gradient", place)} : sum{j}0", "gradient", place));
        }
    }

    /// <summary>Writes the pixels of a row: at the sides each with the taps that it has, between them a loop.</summary>
    private void WriteColumns(CodeWriter writer, VectorSyntax v, int inputStride, int outputStride)
    {
        var axis = TapAxis.Forward(Horizontal)[0];
        var (first, end) = axis.Whole;
        void Pixel(int column)
        {
            var (begin, stop) = axis.TapsOf(column);
            if (begin < stop)
                writer.Block("", () => WritePixel(writer, v, Enumerable.Range(begin, stop - begin), tap => ((column * axis.InputStep) + axis.FirstOffset + (tap * axis.OffsetStep)) * inputStride, column * outputStride));
        }

        for (var column = 0; column < first; column++)
            Pixel(column);
        if (first < end)
        {
            writer.Block($"for ({Types.NUInt} column = {first}; column < {end}; column++)", () =>
            {
                writer.Line($"ref var taken = ref {Types.Unsafe}.Add(ref x, {Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("column", axis.InputStep), axis.FirstOffset), inputStride)});");
                writer.Line($"var d = {v.Load("dy", $"column * {outputStride}")};");
                for (var tap = 0; tap < axis.Taps; tap++)
                    writer.Line($"sum{tap}0 = {v.MultiplyAdd("d", v.Load("taken", Literal.Of(tap * axis.OffsetStep * inputStride)), $"sum{tap}0")};");
            });
        }

        for (var column = end; column < axis.Count; column++)
            Pixel(column);
    }

    private static void WritePixel(CodeWriter writer, VectorSyntax v, IEnumerable<int> taps, Func<int, int> place, int output)
    {
        writer.Line($"var d = {v.Load("dy", Literal.Of(output))};");
        foreach (var tap in taps)
            writer.Line($"sum{tap}0 = {v.MultiplyAdd("d", v.Load("x", Literal.Of(place(tap))), $"sum{tap}0")};");
    }
}
