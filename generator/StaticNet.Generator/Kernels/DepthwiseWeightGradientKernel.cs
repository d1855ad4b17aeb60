using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dw = Σ x·dy for each tap and channel: channels are lanes, and the sums of one or some rows of taps stay in registers while the
/// pixels run by. Each panel of channels belongs to whoever computes it, so that any split gives the same bits.
/// </summary>
internal sealed class DepthwiseWeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    /// <summary>Up to this many taps have their sums in registers together, and up to twice as many pixels at the sides are written out.</summary>
    private const int MostWrittenTaps = 16;

    /// <summary>More rows of taps together would make too many kinds of rows at the borders, each of which is written out.</summary>
    private const int MostRowsOfTaps = 4;

    private WindowWeightGradient Operation => (WindowWeightGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private WindowedAxis Horizontal => Operation.Axes[Operation.Axes.Count - 1];

    private WindowedAxis Vertical => Operation.Axes.Count == 1 ? WindowedAxis.None : Operation.Axes[0];

    private int Taps => Vertical.Kernel * Horizontal.Kernel;

    private string GradientName => Names.Argument(Operation.Parameter.CodeName + ".gradient");

    public override string Comment =>
        $"{Operation.Parameter.FullName}'s gradient, the sum over samples and pixels: {(IsWritten ? $"the sums of {Passes(VectorSyntax.V256)[0].Count * Horizontal.Kernel} taps stay in registers" : "the sum of a tap stays in a register")} during the loop over pixels. Channels are lanes.";

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

        var (block, band) = StoredBlocks.Of(Arranged.Capacity, Vertical.Output, Horizontal.Output);
        if (block == 0)
        {
            WriteLanes(writer, v, new Pixels("0", "samples", 0), "accumulate");
            return;
        }

        writer.Line("// What a round reads stays in the cache for all lanes; and long sums are made of shorter ones, so that little is lost.");
        var first = block == 1 ? "sample" : "block";
        writer.Count("var", first, 0, "samples", block, () =>
        {
            if (block > 1)
                writer.Line($"var stop = {Types.Math}.Min(block + {block}, samples);");
            var pixels = new Pixels(first, block > 1 ? "stop" : "", band);
            if (band == 0)
            {
                writer.Line($"var isAdded = accumulate || {first} > 0;");
                WriteLanes(writer, v, pixels, "isAdded");
                return;
            }

            writer.Block($"for (var band = 0; band < {Vertical.Output}; band += {band})", () =>
            {
                writer.Line($"var isAdded = accumulate || {first} > 0 || band > 0;");
                WriteLanes(writer, v, pixels, "isAdded");
            });
        });
    }

    /// <summary>The pixels of a sum: the samples, up to an end or, without one, the first alone; and the rows of a band, 0: all.</summary>
    private sealed record Pixels(string First, string End, int Band);

    /// <summary>The rows of taps whose sums stay in registers together: as many as fit, equalised.</summary>
    private List<(int First, int Count)> Passes(VectorSyntax v)
    {
        var most = Math.Min(MostRowsOfTaps, Math.Max(1, (v.Bits == 512 ? 28 : 13) / Horizontal.Kernel));
        var count = ((Vertical.Kernel - 1) / most) + 1;
        var passes = new List<(int First, int Count)>();
        for (var pass = 0; pass < count; pass++)
            passes.Add((pass == 0 ? 0 : passes[pass - 1].First + passes[pass - 1].Count, (Vertical.Kernel / count) + (pass < Vertical.Kernel % count ? 1 : 0)));
        return passes;
    }

    private void WriteLanes(CodeWriter writer, VectorSyntax v, Pixels pixels, string isAdded) =>
        WriteLaneLoop(writer, v, () =>
        {
            // The panels of the weight hold one row of 16 channels a tap.
            writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, {GradientPlace(0)});");
            var passes = Passes(v);
            foreach (var (first, count) in passes)
                writer.Scoped(passes.Count > 1, () => WritePass(writer, v, pixels, first, count, isAdded));
        });

    private void WriteLaneLoop(CodeWriter writer, VectorSyntax v, Action body)
    {
        var width = (Operation.Parameter.Shape[0] + v.Lanes - 1) / v.Lanes * v.Lanes;
        var end = width % Lanes.Panel == 0 ? "end * 16" : $"{Types.Math}.Min(end * 16, {width})";
        writer.Block($"for (var lane = begin * 16; lane < {end}; lane += {v.Lanes})", body);
    }

    private string GradientPlace(Affine tap) => Arithmetic.Sum($"(lane / 16 * {Taps * Lanes.Panel})", "(lane % 16)", Arithmetic.Product(tap, Lanes.Panel));

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
                        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, {Arithmetic.Sum($"sample * {LengthOf(Input, from)}", Arithmetic.Product(x, from.Stride), "lane")});");
                        writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, {Arithmetic.Sum($"sample * {LengthOf(Gradient, to)}", Arithmetic.Product(dy, to.Stride), "lane")});");
                        writer.Line($"sum = {v.MultiplyAdd(v.Load("x", "0"), v.Load("dy", "0"), "sum")};");
                        if (Horizontal.Output > LongSum.Block)
                            sums.FoldEvery("column", 1, Horizontal.Output);
                    });
                    if (Horizontal.Output <= LongSum.Block)
                        sums.FoldEvery("row", Horizontal.Output, Vertical.Output);
                }));
            sums.Finish();
            var tap = Arithmetic.Sum(Arithmetic.Product(rowTap, Horizontal.Kernel), columnTap);
            writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, {GradientPlace(tap)});");
            writer.Line(v.Store($"accumulate ? sum + {v.Load("gradient", "0")} : sum", "gradient", "0"));
        }

        WriteLaneLoop(writer, v, () =>
        {
            void Row(string tap) => writer.Block($"for (var j = 0; j < {Horizontal.Kernel}; j++)", () => Tap(tap, "j"));
            if (Vertical.Kernel > 1)
                writer.Block($"for (var i = 0; i < {Vertical.Kernel}; i++)", () => Row("i"));
            else
                Row("0");
        });
    }

    /// <summary>Writes the sums of some rows of taps, and adds them to the gradient.</summary>
    private void WritePass(CodeWriter writer, VectorSyntax v, Pixels pixels, int first, int count, string isAdded)
    {
        var taps = Enumerable.Range(first * Horizontal.Kernel, count * Horizontal.Kernel).ToArray();
        foreach (var tap in taps)
            writer.Line($"var sum{tap} = {v.Zero};");
        if (pixels.End.Length > 0)
            writer.Block($"for (var sample = {pixels.First}; sample < {pixels.End}; sample++)", () => WriteRows(writer, v, pixels.Band, first, count));
        else
            WriteRows(writer, v, pixels.Band, first, count);

        writer.Block($"if ({isAdded})", () =>
        {
            foreach (var tap in taps)
                writer.Line($"sum{tap} += {v.Load("gradient", Literal.Of(tap * Lanes.Panel))};");
        });
        foreach (var tap in taps)
            writer.Line(v.Store($"sum{tap}", "gradient", Literal.Of(tap * Lanes.Panel)));
    }

    /// <summary>Writes the rows of a sample: those that have the same rows of taps are one loop.</summary>
    private void WriteRows(CodeWriter writer, VectorSyntax v, int band, int first, int count)
    {
        var axis = TapAxis.Forward(Vertical)[0];
        (int Begin, int End) TapsOf(int row)
        {
            var (begin, end) = axis.TapsOf(row);
            (begin, end) = (Math.Max(begin, first), Math.Min(end, first + count));
            return begin < end ? (begin, end) : (0, 0);
        }

        for (var row = 0; row < Vertical.Output;)
        {
            var (top, taps) = (row, TapsOf(row));
            while (row < Vertical.Output && TapsOf(row) == taps)
                row++;
            if (taps.Begin == taps.End)
                continue;
            if (taps != (first, first + count))
                writer.Line($"// Rows of taps that meet the input: {(taps.End == taps.Begin + 1 ? Literal.Of(taps.Begin) : $"{taps.Begin} to {taps.End - 1}")}.");
            if (band == 0 && row == top + 1)
                writer.Block("", () => WriteRow(writer, v, top, taps));
            else if (band == 0)
                writer.Block($"for (var row = {top}; row < {row}; row++)", () => WriteRow(writer, v, "row", taps));
            else
                writer.Block($"for (var row = {Types.Math}.Max({top}, band); row < {Types.Math}.Min({row}, band + {band}); row++)", () => WriteRow(writer, v, "row", taps));
        }
    }

    private void WriteRow(CodeWriter writer, VectorSyntax v, Affine row, (int Begin, int End) taps)
    {
        var (from, to) = (InputLayout(0), InputLayout(1));
        var line = Arithmetic.Sum(Arithmetic.Product(row, Vertical.Stride), (taps.Begin * Vertical.Dilation) - Vertical.Before);
        writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, {Arithmetic.Sum($"sample * {LengthOf(Input, from)}", Arithmetic.Product(line, Horizontal.Input * from.Stride), "lane")});");
        writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, {Arithmetic.Sum($"sample * {LengthOf(Gradient, to)}", Arithmetic.Product(row, Horizontal.Output * to.Stride), "lane")});");
        WriteColumns(writer, v, taps, from.Stride, to.Stride);
    }

    /// <summary>Writes the pixels of a row: at the sides each with the taps that it has, between them a loop.</summary>
    private void WriteColumns(CodeWriter writer, VectorSyntax v, (int Begin, int End) rows, int inputStride, int outputStride)
    {
        var axis = TapAxis.Forward(Horizontal)[0];
        var (first, end) = axis.Whole;

        // Places are relative to the first tap of the first row of taps.
        void Products(string x, int begin, int stop, int place)
        {
            for (var i = rows.Begin; i < rows.End; i++)
            {
                for (var j = begin; j < stop; j++)
                {
                    var offset = ((i - rows.Begin) * Vertical.Dilation * Horizontal.Input) + place + (j * axis.OffsetStep);
                    var sum = $"sum{(i * Horizontal.Kernel) + j}";
                    writer.Line($"{sum} = {v.MultiplyAdd("d", v.Load(x, Literal.Of(offset * inputStride)), sum)};");
                }
            }
        }

        void Pixel(int column)
        {
            var (begin, stop) = axis.TapsOf(column);
            if (begin == stop)
                return;
            // Behind the loop only a name that stood before it may be used again.
            writer.Scoped(column >= end && !Enumerable.Range(0, first).Any(before => axis.TapsOf(before) is var taps && taps.Begin < taps.End), () =>
            {
                writer.Set("d", v.Load("dy", Literal.Of(column * outputStride)));
                Products("x", begin, stop, (column * axis.InputStep) + axis.FirstOffset);
            });
        }

        for (var column = 0; column < first; column++)
            Pixel(column);
        if (first < end)
        {
            writer.Block($"for ({Types.NUInt} column = {first}; column < {end}; column++)", () =>
            {
                writer.Line($"ref var taken = ref {Types.Unsafe}.Add(ref x, {Arithmetic.Product(Arithmetic.Sum(Arithmetic.Product("column", axis.InputStep), axis.FirstOffset), inputStride)});");
                writer.Set("d", v.Load("dy", $"column * {outputStride}"));
                Products("taken", 0, axis.Taps, 0);
            });
        }

        for (var column = end; column < axis.Count; column++)
            Pixel(column);
    }
}
