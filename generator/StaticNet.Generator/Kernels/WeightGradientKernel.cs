using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dW = Σ xᵀ·dy: tiles of some inputs × one or two panels of outputs stay in registers while all samples run by, and are
/// stored once. Each tile belongs to whoever computes it, so that any split gives the same bits.
/// </summary>
internal sealed class WeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    /// <summary>As many rows run by before a tile is stored as make its load and store cheap.</summary>
    private const int LeastRows = 128;

    /// <summary>Half as many leave in the first cache what the tiles next to each other read,</summary>
    private const int RowsInCache = LeastRows / 2;

    /// <summary>if the gradient has at most so many elements, so that it is itself loaded and stored from a near cache.</summary>
    private const int SmallGradient = 32 * 1024;

    private WeightGradient Operation => (WeightGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private int Depth => Operation.Parameter.Depth;

    private int Width => Operation.Parameter.Outputs;

    private string GradientName => Names.Argument(Operation.Parameter.CodeName + ".gradient");

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            return $"{Operation.Parameter.FullName}'s gradient, the sum over samples: tiles of up to {LargestStrip(v)} inputs × " +
                $"{Math.Min(Lanes.Panel, Runs(v)[0].Computed.Count() * v.Lanes)} outputs stay in registers during the loop over samples.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Gradient, Names.Argument(Gradient.Name)),
        KernelArgument.GradientOf(Operation.Parameter),
        new KernelArgument(ArgumentKind.Rows, "rows", Operation.Inputs[1]),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    /// <summary>Work is shared by strips of inputs, those of the 256-bit form; other forms divide the inputs likewise.</summary>
    public override int Tiles => StripsOf(VectorSyntax.V256);

    private int InputStride => InputLayout(0).Stride;

    private int GradientStride => InputLayout(1).Stride;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var block = StoredBlocks.LengthOf((long)Arranged.Capacity * InputLayout(1).Rows, Operation.Parameter.PackedLength <= SmallGradient ? RowsInCache : LeastRows);
        if (block == 0)
        {
            WriteStrips(writer, v, "0", "rows", "accumulate");
            return;
        }

        writer.Line("// A block of rows stays in the cache for all tiles; and long sums are made of shorter ones, so that little is lost.");
        writer.Block($"for (var block = 0; block < rows; block += {block})", () =>
        {
            writer.Line($"var stop = {Types.Math}.Min(block + {block}, rows);");
            writer.Line("var isAdded = accumulate || block > 0;");
            WriteStrips(writer, v, "block", "stop", "isAdded");
        });
    }

    private void WriteStrips(CodeWriter writer, VectorSyntax v, string first, string end, string isAdded)
    {
        // Sizes are equalised (16 = 6 + 5 + 5): the first strips have one input more.
        var strips = StripsOf(v);
        var (small, larger) = (Depth / strips, Depth % strips);
        string Strip(string tile) => strips == Tiles ? tile : $"{tile} * {strips} / {Tiles}";
        writer.Block($"for (var strip = {Strip("begin")}; strip < {Strip("end")}; strip++)", () =>
        {
            void Write(int size, string column)
            {
                writer.Line($"var column = ({Types.NUInt})({column});");
                ProductKernel.WriteTiles(writer, Runs(v), (run, lane) => WriteTile(writer, v, new Tile([.. run.Computed], size, lane), first, end, isAdded));
            }

            if (larger == 0)
            {
                Write(small, $"strip * {small}");
                return;
            }

            writer.Block($"if (strip < {larger})", () => Write(small + 1, $"strip * {small + 1}"));
            writer.Block("else", () => Write(small, $"(strip * {small}) + {larger}"));
        });
    }

    private int StripsOf(VectorSyntax v) => ((Depth - 1) / LargestStrip(v)) + 1;

    /// <summary>The inputs of a register tile: with the sums of the outputs, as many as the registers hold.</summary>
    private int LargestStrip(VectorSyntax v) => (v.Bits, Runs(v).Max(run => run.Computed.Count())) switch
    {
        (512, 1) => 12,
        (512, _) => 8,
        (_, 1) => 8,
        (_, 2) => 6,
        _ => 3,
    };

    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(Width, v.Bits == 512 ? 2 : 1, v);

    /// <summary>A tile of the gradient: its registers, how many inputs it has, and its first output.</summary>
    private sealed record Tile(TileRegister[] Registers, int Size, string Lane);

    private void WriteTile(CodeWriter writer, VectorSyntax v, Tile tile, string first, string end, string isAdded)
    {
        var (registers, size) = (tile.Registers, tile.Size);
        string From(string row, int stride, string place) => Arithmetic.Sum(row == "0" ? "" : Arithmetic.Product($"({Types.NUInt}){row}", stride), place == "0" ? "" : place);
        writer.Line($"ref var x = ref {VectorSyntax.At(Names.Argument(Input.Name), From(first, InputStride, "column"))};");
        writer.Line($"ref var dy = ref {VectorSyntax.At(Names.Argument(Gradient.Name), From(first, GradientStride, tile.Lane))};");
        for (var i = 0; i < size; i++)
            writer.Line(string.Join(" ", registers.Select((_, r) => $"var sum{i}{r} = {v.Zero};")));

        writer.Line("// The inputs of a row times the gradients of its outputs.");
        writer.Block($"for (var row = {first}; row < {end}; row++)", () =>
        {
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"var dy{r} = {v.Load("dy", Literal.Of(registers[r].Offset))};");
            for (var i = 0; i < size; i++)
            {
                writer.Line($"{(i == 0 ? "var " : "")}value = {v.Broadcast(i == 0 ? "x" : $"{Types.Unsafe}.Add(ref x, {i})")};");
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{i}{r} = {v.MultiplyAdd("value", $"dy{r}", $"sum{i}{r}")};");
            }

            writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {InputStride});");
            writer.Line($"dy = ref {Types.Unsafe}.Add(ref dy, {GradientStride});");
        });
        WriteSums(writer, v, tile, isAdded);
    }

    private void WriteSums(CodeWriter writer, VectorSyntax v, Tile tile, string isAdded)
    {
        var (registers, size) = (tile.Registers, tile.Size);
        writer.Line($"ref var gradient = ref {Types.Unsafe}.Add(ref {GradientName}, {Arithmetic.Sum(Arithmetic.Product(tile.Lane, Depth), Arithmetic.Product("column", Lanes.Panel))});");
        string Place(int i, TileRegister register) => Literal.Of((register.Panel * Lanes.Panel * Depth) + (i * Lanes.Panel) + register.Lane);
        writer.Block($"if ({isAdded})", () =>
        {
            for (var i = 0; i < size; i++)
            {
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{i}{r} += {v.Load("gradient", Place(i, registers[r]))};");
            }
        });
        for (var i = 0; i < size; i++)
        {
            for (var r = 0; r < registers.Length; r++)
                writer.Line(v.Store($"sum{i}{r}", "gradient", Place(i, registers[r])));
        }
    }
}
