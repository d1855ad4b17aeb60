using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// y = x·W for many rows: a tile of several rows × one or two panels stays in registers while the depth runs by, so that
/// each vector of the weight serves all rows of the tile.
/// </summary>
internal sealed class ProductRowsKernel(Group group, Arranged arranged) : ProductKernel(group, arranged)
{
    /// <summary>The depth up to which the inner loop is written out.</summary>
    private const int UnrolledDepth = 4;

    /// <summary>What a smaller tile's rows cost more, for each vector of the weight serves fewer of them.</summary>
    private const float SmallerTile = 1.1f;

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            var rows = RowsOf(v);
            var outputs = Math.Min(Lanes.Panel, Runs(v).Max(run => run.Computed.Count()) * v.Lanes);
            return $"{Group.Head.Layer}{(Product.IsGradient ? ", the gradient of its input" : "")}: {Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)} for many rows, {Cost} per row{Functions}. " +
                $"Register tile {rows} rows × {outputs} outputs: each vector of the weight is loaded once for {rows} rows.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments => Memory.Append(KernelArgument.Rows(Group.Result)).ToArray();

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = RowsOf(v);
        writer.Block($"for (var row = 0; row < rows; row += {rows})", () =>
        {
            writer.Line("// Rows beyond the last one repeat it: they compute and store the same again.");
            for (var i = 1; i < rows; i++)
                writer.Line($"var {Row(i)} = {Types.Math}.Min(row + {i}, rows - 1);");
            for (var i = 0; i < rows; i++)
                writer.Line($"ref var x{i} = ref {Types.Unsafe}.Add(ref {InputName}, {Row(i)} * {InputRows.Stride});");
            WriteTiles(writer, Runs(v), (run, lane) => WriteTile(writer, v, run, rows, lane));
            if (!Tail.IsLight)
            {
                writer.Line();
                writer.Line("// The functions after the product, while the rows are in L1.");
                WriteTailLoop(writer, v, $"row * {OutputRows.Stride}", $"{Types.Math}.Min(row + {rows}, rows) * {OutputRows.Stride}");
            }
        });
    }

    private static string Row(int i) => i == 0 ? "row" : $"row{i}";

    /// <summary>A 512-bit tile takes two panels, so that two loads of the weight serve sixteen products.</summary>
    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(Width, v.Bits == 512 ? 2 : 1, v);

    /// <summary>
    /// As many rows as fit with the weight's vectors in the 16 registers of AVX2 and NEON's 32 would leave unused: 6 × 2
    /// sums, 8 × 1 where a panel is half padding, 3 × 4 with 128 bits. AVX-512 has 32 registers: 8 × 2. Fewer where the rows that
    /// are computed at a time would leave much of the last tile to repetitions; eight sums still fill the pipeline.
    /// </summary>
    private int RowsOf(VectorSyntax v)
    {
        var most = (v.Bits, Runs(v).Max(run => run.Computed.Count())) switch
        {
            (_, 1) => 8,
            (512, _) => 8,
            (_, 2) => 6,
            (_, 3) => 4,
            _ => 3,
        };
        var rows = (Group.Chunk > 0 ? Group.Chunk : Arranged.Capacity) * Arranged.StepsOf(Group.Result) * LayoutOf(Group.Result).Rows;
        int Computed(int size) => (rows + size - 1) / size * size;
        var smaller = most switch { 8 when v.Bits == 512 => 6, 6 => 4, _ => most };
        return Computed(smaller) * SmallerTile < Computed(most) ? smaller : most;
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, int rows, string lane)
    {
        var registers = run.Computed.ToArray();
        writer.Line($"ref var weight = {WeightAt(lane)};");
        for (var r = 0; r < registers.Length; r++)
        {
            writer.Line($"var sum0{r} = {Start(v, Arithmetic.Sum(lane, registers[r].Offset))};");
            for (var i = 1; i < rows; i++)
                writer.Line($"var sum{i}{r} = sum0{r};");
        }

        if (Depth <= UnrolledDepth)
        {
            for (var k = 0; k < Depth; k++)
                WriteStep(writer, v, registers, rows, k, Literal.Of(k));
        }
        else
        {
            var unroll = Depth % 2 == 0 || ReadsPairs ? 2 : 1;
            var looped = Depth / unroll * unroll;
            writer.Line("// Input k of every row times the weight's row k, which is loaded once for all.");
            writer.Count(Types.NUInt, "k", 0, Literal.Of(looped), unroll, () =>
            {
                for (var step = 0; step < unroll; step++)
                    WriteStep(writer, v, registers, rows, step, Arithmetic.Sum("k", step));
                writer.Line(NextWeight(unroll));
            });
            // The loop has names of its own, which C# keeps from what is around it.
            if (looped < Depth)
                writer.Block("", () => WriteStep(writer, v, registers, rows, 0, Literal.Of(looped)));
        }

        WriteResults(writer, v, run, rows, lane);
    }

    /// <summary>One input of every row times the weight's row; <paramref name="place"/> is relative to <c>weight</c>.</summary>
    private void WriteStep(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int rows, int place, string k)
    {
        for (var r = 0; r < registers.Length; r++)
            writer.Set($"weight{r}", LoadWeight(v, "weight", place, registers[r]));
        for (var i = 0; i < rows; i++)
        {
            writer.Set("x", v.Broadcast(VectorSyntax.At($"x{i}", k)));
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"sum{i}{r} = {v.MultiplyAdd("x", $"weight{r}", $"sum{i}{r}")};");
        }
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, TileRun run, int rows, string lane)
    {
        if (run.Registers.Any(register => register.IsPadding))
            writer.Line(RowLoops.PaddingComment);
        for (var i = 0; i < rows; i++)
        {
            writer.Set("place", $"({Types.NUInt})({Row(i)} * {OutputRows.Stride}){(lane == "0" ? "" : $" + {lane}")}");
            var computed = 0;
            foreach (var register in run.Registers)
            {
                string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum("place", register.Offset));

                if (register.IsPadding)
                    Group.Stored.ForEach(value => writer.Line(v.Store(v.Zero, Address(value))));
                else if (Tail.IsLight)
                    Tail.WriteOnRegister(writer, v, $"sum{i}{computed++}", Address, operand => Tail.LanesAt(operand, v, Arithmetic.Sum(lane, register.Offset)));
                else
                    Tail.WriteStore(writer, v, $"sum{i}{computed++}", Address);
            }
        }
    }
}
