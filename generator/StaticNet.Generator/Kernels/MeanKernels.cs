using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>The loops over the rows of a value of which some axes are averaged: always two axes before the last.</summary>
/// <param name="whole">The value with all axes.</param>
/// <param name="wholeRows">Its rows.</param>
/// <param name="meanRows">The rows of the mean.</param>
/// <param name="over">The axes that are averaged.</param>
internal sealed class MeanLoops(TensorType whole, RowLayout wholeRows, RowLayout meanRows, IReadOnlyList<int> over)
{
    private static readonly string[] Indices = ["i", "j"];

    private readonly int[] _sizes = [.. Enumerable.Repeat(1, 3 - whole.Rank), .. whole.Shape];
    private readonly bool[] _isOver = [.. Enumerable.Repeat(false, 3 - whole.Rank), .. Enumerable.Range(0, whole.Rank).Select(over.Contains)];

    /// <summary>Whether a row is averaged, so that it gives one element.</summary>
    public bool WithinRows => _isOver[2];

    /// <summary>The part of the whole that each element has.</summary>
    public float Share => 1f / Enumerable.Range(0, 3).Where(axis => _isOver[axis]).Aggregate(1, (product, axis) => product * _sizes[axis]);

    /// <summary>Where the element or the row of the mean is, relative to the sample.</summary>
    public string MeanPlace
    {
        get
        {
            var (i, j) = (IsLooped(0), IsLooped(1));
            if (!WithinRows)
                return Arithmetic.Product(Arithmetic.Sum(i ? Arithmetic.Product("i", j ? _sizes[1] : 1) : "", j ? "j" : ""), meanRows.Stride);

            // With the last axis gone, the last one that remains before it counts elements, even where it has only one.
            if (_isOver[1])
                return i ? "i" : "0";
            return Arithmetic.Sum(i ? Arithmetic.Product("i", meanRows.Stride) : "", j ? "j" : "");

            bool IsLooped(int axis) => !_isOver[axis] && _sizes[axis] > 1;
        }
    }

    /// <summary>Where the row of the whole is, relative to the sample.</summary>
    public string RowPlace
    {
        get
        {
            var (outer, inner) = (_sizes[0] > 1, _sizes[1] > 1);
            return Arithmetic.Product(Arithmetic.Sum(outer ? Arithmetic.Product("i", inner ? _sizes[1] : 1) : "", inner ? "j" : ""), wholeRows.Stride);
        }
    }

    /// <summary>The rows that go into one mean.</summary>
    public long AveragedRows => Enumerable.Range(0, 2).Where(axis => _isOver[axis]).Aggregate(1L, (product, axis) => product * _sizes[axis]);

    /// <summary>Writes loops over the axes before the last that are not averaged.</summary>
    public void WriteMeans(CodeWriter writer, Action body) => Write(writer, axis => !_isOver[axis], 0, body);

    /// <summary>Writes loops over the axes before the last that are averaged.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="body">Writes what a row adds.</param>
    /// <param name="sums">What it adds to.</param>
    /// <param name="termsOfRow">The terms of a row.</param>
    public void WriteAveraged(CodeWriter writer, Action body, LongSum sums, int termsOfRow) =>
        Write(writer, axis => _isOver[axis], 0, body, (axis, terms) => sums.FoldEvery(Indices[axis], terms * termsOfRow, _sizes[axis]));

    /// <summary>Writes loops over all rows of the whole.</summary>
    public void WriteRows(CodeWriter writer, Action body) => Write(writer, _ => true, 0, body);

    private void Write(CodeWriter writer, Func<int, bool> includes, int axis, Action body, Action<int, long>? endOfRound = null)
    {
        if (axis == 2)
        {
            body();
            return;
        }

        if (!includes(axis) || _sizes[axis] == 1)
        {
            Write(writer, includes, axis + 1, body, endOfRound);
            return;
        }

        writer.Block($"for ({Types.NUInt} {Indices[axis]} = 0; {Indices[axis]} < {_sizes[axis]}; {Indices[axis]}++)", () =>
        {
            // A loop inside that fills blocks by itself ends them.
            var inner = axis == 0 && includes(1) ? _sizes[1] : 1L;
            Write(writer, includes, axis + 1, body, inner > LongSum.Block || axis == 1 ? endOfRound : null);
            if (inner <= LongSum.Block)
                endOfRound?.Invoke(axis, inner);
        });
    }
}

/// <summary>The mean over some axes: rows are added to each other, and added up where they are averaged themselves.</summary>
internal sealed class MeanKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Mean Operation => (Mean)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: the mean of {Shape(Operation.Inputs[0])} over {Axes}, {Shape(Group.Result)}.";

    private string Axes
    {
        get
        {
            var type = Operation.Inputs[0].Type;
            var over = Enumerable.Range(0, type.Rank).Where(axis => Operation.Over.Contains(type.InMemory(axis))).ToArray();
            return over.Length == type.Rank ? "all elements" : $"{(over.Length == 1 ? "axis" : "axes")} {string.Join(" and ", over.Select(Literal.Of))}";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (rows, results) = (InputLayout(0), LayoutOf(Group.Result));
        var loops = new MeanLoops(Operation.Inputs[0].Type, rows, results, Operation.Over);
        if (loops.WithinRows && results.Stride > results.Width)
            writer.Line($"{SamplesTo(Group.Result, results)}.Clear();");
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, sample * {LengthOf(Input, rows)});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, sample * {LengthOf(Group.Result, results)});");
            loops.WriteMeans(writer, () =>
            {
                if (loops.WithinRows)
                    WriteWithinRows(writer, v, loops, rows.Width);
                else
                    WriteLanes(writer, v, loops, rows.Stride);
            });
        });
    }

    private static void WriteLanes(CodeWriter writer, VectorSyntax v, MeanLoops loops, int stride) =>
        writer.Block($"for ({Types.NUInt} lane = 0; lane < {stride}; lane += {v.Lanes})", () =>
        {
            writer.Line($"var sum = {v.Zero};");
            var sums = new LongSum(writer, v, loops.AveragedRows, "sum").Declare();
            loops.WriteAveraged(writer, () => writer.Line($"sum += {v.Load("x", Arithmetic.Sum(loops.RowPlace, "lane"))};"), sums, 1);
            sums.Finish();
            writer.Line(v.Store($"sum * {v.Constant(loops.Share)}", "y", Arithmetic.Sum(loops.MeanPlace, "lane")));
        });

    private static void WriteWithinRows(CodeWriter writer, VectorSyntax v, MeanLoops loops, int width)
    {
        writer.Line($"var sum = {v.Zero};");
        var vectors = ((width - 1) / v.Lanes) + 1;
        var sums = new LongSum(writer, v, loops.AveragedRows * vectors, "sum").Declare();
        // A row may fill several blocks by itself.
        var ofRow = new LongSum(writer, v, vectors, "sum");
        void Row() => RowLoops.Write(writer, v, width, (lane, mask) =>
            writer.Line($"sum += {v.Load("x", Arithmetic.Sum(loops.RowPlace, lane))}{(mask is null ? "" : " & " + mask)};"), ofRow);
        loops.WriteAveraged(writer, Row, sums, vectors);
        sums.Finish();
        writer.Line($"{Types.Unsafe}.Add(ref y, {loops.MeanPlace}) = {v.Type}.Sum(sum) * {Literal.Of(loops.Share)};");
    }
}

/// <summary>Each element's share of the gradient of the mean that it went into.</summary>
internal sealed class MeanGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private MeanGradient Operation => (MeanGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}, the gradient of its input: each element's share of the mean's, {Shape(Operation.Inputs[0])} → {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (means, rows) = (InputLayout(0), LayoutOf(Group.Result));
        var loops = new MeanLoops(Group.Result.Type, rows, means, Operation.Over);
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, sample * {LengthOf(Input, means)});");
            writer.Line($"ref var dx = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, sample * {LengthOf(Group.Result, rows)});");
            loops.WriteRows(writer, () =>
            {
                if (!loops.WithinRows)
                {
                    writer.Block($"for ({Types.NUInt} lane = 0; lane < {rows.Stride}; lane += {v.Lanes})", () => writer.Line(v.Store(
                        $"{v.Load("dy", Arithmetic.Sum(loops.MeanPlace, "lane"))} * {v.Constant(loops.Share)}", "dx", Arithmetic.Sum(loops.RowPlace, "lane"))));
                    return;
                }

                writer.Line($"var share = {v.Broadcast($"{Types.Unsafe}.Add(ref dy, {loops.MeanPlace}) * {Literal.Of(loops.Share)}")};");
                RowLoops.Write(writer, v, rows.Width, (lane, mask) =>
                    writer.Line(v.Store(mask is null ? "share" : $"share & {mask}", "dx", Arithmetic.Sum(loops.RowPlace, lane))));
                RowLoops.WritePadding(writer, v, "dx", loops.RowPlace == "0" ? "" : $"({loops.RowPlace}) + ", rows.Width);
            });
        });
    }
}
