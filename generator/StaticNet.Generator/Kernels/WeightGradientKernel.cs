using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// dW = Σ xᵀ·dy: tiles of some inputs × one or two panels of outputs stay in registers while all samples run by, and are
/// stored once. Each tile belongs to whoever computes it, so that any split gives the same bits.
/// </summary>
internal sealed class WeightGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private WeightGradient Operation => (WeightGradient)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private Value Gradient => Operand(Operation, Operation.Inputs[1]);

    private int Depth => Operation.Parameter.Shape[1];

    private int Width => Operation.Parameter.Shape[0];

    public override string Comment
    {
        get
        {
            var v = VectorSyntax.V256;
            return $"{Operation.Parameter.FullName}'s gradient, the sum over samples: tiles of up to {LargestStrip(v)} inputs × " +
                $"{Math.Min(Lanes.Panel, Runs(v)[0].Computed.Count() * v.Lanes)} outputs stay in registers while the samples run by.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Gradient, Names.Argument(Gradient.Name)),
        new KernelArgument(ArgumentKind.Gradients, "gradients"),
        new KernelArgument(ArgumentKind.Rows, "rows", Operation.Inputs[1]),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    /// <summary>The unit in which work is shared is the same for every width of vectors: a multiple of each one's strip.</summary>
    private const int InputsOfTile = 24;

    public override int Tiles => (Depth + InputsOfTile - 1) / InputsOfTile;

    private int InputStride => InputLayout(0).Stride;

    private int GradientStride => InputLayout(1).Stride;

    private string Constant => Names.Pascal(Operation.Parameter.FullName);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var whole = Depth / InputsOfTile;
        var rest = Depth % InputsOfTile;
        writer.Block("for (var tile = begin; tile < end; tile++)", () =>
        {
            writer.Line($"var first = (nuint)(tile * {InputsOfTile});");
            void Whole() => WriteStrips(writer, v, InputsOfTile);
            void Rest() => WriteStrips(writer, v, rest);
            if (rest == 0)
                Whole();
            else if (whole == 0)
                Rest();
            else
                writer.Block($"if (tile < {whole})", Whole).Block("else", Rest);
        });
    }

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

    /// <summary>Covers the inputs of a tile with strips of equalised sizes: 16 = 6 + 5 + 5.</summary>
    private void WriteStrips(CodeWriter writer, VectorSyntax v, int inputs)
    {
        var strips = (inputs + LargestStrip(v) - 1) / LargestStrip(v);
        var (small, larger) = (inputs / strips, inputs % strips);
        WriteStripLoop(writer, v, 0, larger, small + 1);
        WriteStripLoop(writer, v, larger * (small + 1), strips - larger, small);
    }

    private void WriteStripLoop(CodeWriter writer, VectorSyntax v, int first, int count, int size)
    {
        if (count == 0)
            return;
        var start = first == 0 ? "first" : $"first + {first}";
        var head = count == 1 ? "" : $"for (var column = {start}; column < first + {first + (count * size)}; column += {size})";
        writer.Block(head, () =>
        {
            if (count == 1)
                writer.Line($"var column = {start};");
            foreach (var run in Runs(v))
                ProductKernel.WriteTiles(writer, run, lane => WriteTile(writer, v, run, size, lane));
        });
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, int size, string lane)
    {
        var registers = run.Computed.ToArray();
        var (input, gradient) = (Names.Argument(Input.Name), Names.Argument(Gradient.Name));
        writer.Line($"ref var x = ref Unsafe.Add(ref {input}, column);");
        writer.Line(lane == "0" ? $"ref var dy = ref {gradient};" : $"ref var dy = ref Unsafe.Add(ref {gradient}, {lane});");
        for (var i = 0; i < size; i++)
            writer.Line(string.Join(" ", registers.Select((_, r) => $"var sum{i}{r} = {v.Zero};")));

        writer.Block("for (var row = 0; row < rows; row++)", () =>
        {
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"var dy{r} = {v.Load("dy", Literal.Of(registers[r].Offset))};");
            for (var i = 0; i < size; i++)
            {
                writer.Line($"{(i == 0 ? "var " : "")}value = {v.Broadcast(i == 0 ? "x" : $"Unsafe.Add(ref x, {i})")};");
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{i}{r} = {v.MultiplyAdd("value", $"dy{r}", $"sum{i}{r}")};");
            }

            writer.Line($"x = ref Unsafe.Add(ref x, {InputStride});");
            writer.Line($"dy = ref Unsafe.Add(ref dy, {GradientStride});");
        });

        writer.Line($"ref var gradient = ref Unsafe.Add(ref gradients, {Constant} + {(lane == "0" ? "" : $"({lane} * {Depth}) + ")}(column * {Lanes.Panel}));");
        string Place(int i, TileRegister register) => Literal.Of((register.Panel * Lanes.Panel * Depth) + (i * Lanes.Panel) + register.Lane);
        writer.Block("if (accumulate)", () =>
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
                writer.Line($"sum{i}{r}.StoreUnsafe(ref gradient, {Place(i, registers[r])});");
        }
    }
}
