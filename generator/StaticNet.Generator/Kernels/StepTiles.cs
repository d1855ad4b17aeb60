using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The products of a weight with the rows of a block of steps: a tile of several steps × one panel stays in registers, and what is left of the block
/// goes step by step. Both sum in the same order, so that a step has the same bits whatever block it is in. A sum is made of parts that wait
/// for none of each other, which is what counts where a block is one step.
/// </summary>
/// <param name="product">The product.</param>
/// <param name="group">The group of the product and of the functions after it.</param>
/// <param name="tail">These functions.</param>
internal sealed class StepTiles(IStepProduct product, Group group, Tail tail)
{
    /// <summary>The longest chain of products: with fewer, one step alone leaves the units idle for less time.</summary>
    private const int LongestChain = 8;

    /// <summary>The products of a sum that are written out in a round of the loop, unless the layer says otherwise.</summary>
    private const int ProductsOfRound = 4;

    private int Depth => product.Depth;

    private int Taps => product.Taps;

    /// <summary>The floats from row to row of what is written.</summary>
    private int Stride => product.OutputStride;

    /// <summary>The chains of products of one row's sum.</summary>
    private int Chains
    {
        get
        {
            var chains = ((Depth - 1) / LongestChain) + 1;
            if (Taps == 1 && Depth == 8)
                chains = 2;
            return Depth % (chains * 2) == 0 ? chains : 1;
        }
    }

    /// <summary>Whether sums are made of parts.</summary>
    private bool IsDivided => Taps > 1 || Chains > 1;

    /// <summary>Describes the loops, for comments.</summary>
    public string Describe(VectorSyntax v)
    {
        var runs = Runs(v);
        return $"Register tile {runs.Min(run => RowsOf(v, run))} steps × {runs[0].Computed.Count() * v.Lanes} outputs, then step by step, with the same bits.";
    }

    /// <summary>Writes the loops over a block's steps, and the functions after them.</summary>
    public void Write(CodeWriter writer, VectorSyntax v)
    {
        var runs = Runs(v);
        var rows = runs.Min(run => RowsOf(v, run));
        writer.Line("var step = 0;");
        if (rows > 1)
        {
            writer.Block($"for (; step <= steps - {rows}; step += {rows})", () => ProductKernel.WriteTiles(writer, runs, (run, lane) => WriteTile(writer, v, run, rows, lane)));
            writer.Line();
        }

        writer.Block("for (; step < steps; step++)", () => ProductKernel.WriteTiles(writer, runs, (run, lane) => WriteTile(writer, v, run, 1, lane)));
        if (tail.IsLight)
            return;
        writer.Line();
        writer.Line("// The functions after the sums.");
        if (group.Tail.Any(operation => operation.LaneOperands.Any(operand => !operand.IsUniform)))
        {
            writer.Block($"for ({Types.NUInt} i = 0; i < ({Types.NUInt})(steps * {Stride}); i += {Stride})", () =>
                writer.Block($"for ({Types.NUInt} lane = 0; lane < {Stride}; lane += {v.Lanes})", () =>
                    tail.WriteOnElements(writer, v, "i + lane", operand => tail.LanesAt(operand, v, "lane"))));
            return;
        }

        var used = Lanes.Pad(product.Width) == Stride ? (product.Width + v.Lanes - 1) / v.Lanes * v.Lanes : Stride;
        if (used == Stride || !group.Tail.All(KeepsZeros))
        {
            writer.Block($"for ({Types.NUInt} i = 0; i < ({Types.NUInt})(steps * {Stride}); i += {v.Lanes})", () => tail.WriteOnElements(writer, v, "i", operand => tail.LanesAt(operand, v, "0")));
            return;
        }

        writer.Block($"for ({Types.NUInt} i = 0; i < ({Types.NUInt})(steps * {Stride}); i += {Stride})", () =>
        {
            for (var lane = 0; lane < used; lane += v.Lanes)
            {
                var place = Arithmetic.Sum("i", lane);
                writer.Scoped(used > v.Lanes, () => tail.WriteOnElements(writer, v, place, operand => tail.LanesAt(operand, v, "0")));
            }
        });
    }

    /// <summary>Whether a function leaves padding as it is.</summary>
    private static bool KeepsZeros(Elementwise function) => function.LaneOperands.Count == 0 && function.Function.Evaluate(new double[function.ElementInputs.Count()]) == 0;

    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(product.Width, 1, v);

    /// <summary>As many steps as leave registers for the weight and an element: sums and, where these have parts, one part of each. The tiles of a block take the fewest.</summary>
    private int RowsOf(VectorSyntax v, TileRun run)
    {
        var sums = (v.Bits == 512 ? 24 : 12) / (IsDivided ? 2 : 1);
        return Math.Min(8, Math.Max(1, sums / run.Computed.Count()));
    }

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, int rows, string lane)
    {
        var registers = run.Computed.ToArray();
        writer.Line($"ref var weight = {product.WeightAt(lane)};");
        for (var r = 0; r < registers.Length; r++)
        {
            writer.Line($"var sum0{r} = {product.Start(v, Arithmetic.Sum(lane, registers[r].Offset))};");
            for (var i = 1; i < rows; i++)
                writer.Line($"var sum{i}{r} = sum0{r};");
        }

        if (Taps > 1)
        {
            void Tap()
            {
                writer.Line($"ref var x = ref {product.Row(writer)};");
                WriteRow(writer, v, registers, rows);
            }

            for (var tap = 0; tap < Taps && IsStraight(rows, registers.Length); tap++)
            {
                var number = tap;
                writer.Block("", () =>
                {
                    writer.Line($"const int tap = {number};");
                    Tap();
                });
            }

            if (!IsStraight(rows, registers.Length))
                writer.Block($"for (var tap = 0; tap < {Taps}; tap++)", Tap);
        }
        else
        {
            writer.Line($"ref var x = ref {product.Row(writer)};");
            WriteRow(writer, v, registers, rows);
        }

        WriteResults(writer, v, run, rows, lane);
    }

    /// <summary>One row of each step times the weight's rows, chain by chain.</summary>
    private void WriteRow(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int rows)
    {
        if (!IsDivided)
        {
            WriteChain(writer, v, registers, rows, Depth, "sum");
            return;
        }

        void Part(int depth)
        {
            for (var i = 0; i < rows; i++)
            {
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"var part{i}{r} = {v.Zero};");
            }

            WriteChain(writer, v, registers, rows, depth, "part");
            for (var i = 0; i < rows; i++)
            {
                for (var r = 0; r < registers.Length; r++)
                    writer.Line($"sum{i}{r} += part{i}{r};");
            }
        }

        if (Chains == 1)
        {
            Part(Depth);
            return;
        }

        var length = Depth / Chains;
        void Chain()
        {
            Part(length);
            writer.Line($"x = ref {Types.Unsafe}.Add(ref x, {length});");
        }

        for (var chain = 0; chain < Chains && IsStraight(rows, registers.Length); chain++)
            writer.Block("", Chain);
        if (!IsStraight(rows, registers.Length))
            writer.Block($"for (var chain = 0; chain < {Chains}; chain++)", Chain);
    }

    /// <summary>Whether the layer asks for straight-line code, and a tile's products are few enough for a method.</summary>
    private bool IsStraight(int rows, int registers) =>
        product.Unrolling == Unrolling.Always && (long)Depth * Taps * rows * registers <= UnrollingPolicy.MostProductsOfMethod;

    private void WriteChain(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int rows, int depth, string sum)
    {
        var straight = IsStraight(rows, registers.Length) ? depth : product.Unrolling == Unrolling.Never ? 1 : ProductsOfRound;
        var unroll = depth <= straight ? depth : Enumerable.Range(1, straight).Last(length => length <= 2 || depth % length == 0);
        var looped = depth <= straight ? 0 : depth / unroll * unroll;
        if (looped > 0)
        {
            writer.Count(Types.NUInt, "k", 0, Literal.Of(looped), unroll, () =>
            {
                for (var element = 0; element < unroll; element++)
                    WriteProducts(writer, v, registers, rows, element, Arithmetic.Sum("k", element), sum);
                writer.Line(product.NextWeight(unroll));
            });
        }

        // The loop has names of its own, which C# keeps from what is around it.
        writer.Scoped(looped > 0 && looped < depth, () =>
        {
            for (var element = looped; element < depth; element++)
                WriteProducts(writer, v, registers, rows, element - looped, Literal.Of(element), sum);
        });
        if (looped < depth && IsDivided)
            writer.Line(product.NextWeight(depth - looped));
    }

    /// <summary>One element of every row times the weight's row; <paramref name="place"/> is relative to <c>weight</c>.</summary>
    private void WriteProducts(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int rows, int place, string k, string sum)
    {
        for (var r = 0; r < registers.Length; r++)
            writer.Set($"weight{r}", product.LoadWeight(v, place, registers[r]));
        for (var i = 0; i < rows; i++)
        {
            writer.Set("element", v.Broadcast(VectorSyntax.At("x", Arithmetic.Sum(k, i * product.InputStride))));
            for (var r = 0; r < registers.Length; r++)
                writer.Line($"{sum}{i}{r} = {v.MultiplyAdd("element", $"weight{r}", $"{sum}{i}{r}")};");
        }
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, TileRun run, int rows, string lane)
    {
        if (run.Registers.Any(register => register.IsPadding))
            writer.Line(RowLoops.PaddingComment);
        for (var i = 0; i < rows; i++)
        {
            writer.Set("place", $"({Types.NUInt})({Arithmetic.Product(i == 0 ? "step" : $"(step + {i})", Stride)}){(lane == "0" ? "" : $" + {lane}")}");
            var computed = 0;
            foreach (var register in run.Registers)
            {
                string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum("place", register.Offset));

                if (register.IsPadding)
                    group.Stored.ForEach(value => writer.Line(v.Store(v.Zero, Address(value))));
                else if (tail.IsLight)
                    tail.WriteOnRegister(writer, v, $"sum{i}{computed++}", Address, operand => tail.LanesAt(operand, v, Arithmetic.Sum(lane, register.Offset)));
                else
                    tail.WriteStore(writer, v, $"sum{i}{computed++}", Address);
            }
        }
    }
}
