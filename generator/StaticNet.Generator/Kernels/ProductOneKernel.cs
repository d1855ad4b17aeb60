using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// y = x·W for one row by a loop over the depth: as many panels side by side as give eight sums that do not wait for each
/// other, and several partial sums where the outputs are too few for that.
/// </summary>
internal sealed class ProductOneKernel(Group group, Arranged arranged) : ProductKernel(group, arranged)
{
    public override string Comment
    {
        get
        {
            var runs = Runs(VectorSyntax.V256);
            var partial = Partials(runs[0]);
            return $"{Group.Head.Layer}: {Shape(Input)} → {Shape(Group.Result)}, {Cost}{Functions}. One sample: the loop over the inputs keeps " +
                $"{runs[0].Computed.Count() * 8} outputs in registers{(partial > 1 ? $", as {partial} partial sums each" : "")}.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments => Memory.ToArray();

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        WriteTiles(writer, Runs(v), (run, lane) => WriteTile(writer, v, run, lane));
        if (!Tail.IsLight)
            WriteTailLoop(writer, v, "0", Literal.Of(OutputRows.Stride));
    }

    private IReadOnlyList<TileRun> Runs(VectorSyntax v) => TileRun.Cover(Width, Math.Max(1, IndependentSums / v.PerPanel), v);

    private void WriteTile(CodeWriter writer, VectorSyntax v, TileRun run, string lane)
    {
        var registers = run.Computed.ToArray();
        var partials = Partials(run);
        writer.Line($"ref var weight = {WeightAt(lane)};");
        for (var r = 0; r < registers.Length; r++)
        {
            for (var part = 0; part < partials; part++)
                writer.Line($"var {Sum(r, part)} = {(part == 0 ? Start(v, Arithmetic.Sum(lane, registers[r].Offset)) : v.Zero)};");
        }

        var unroll = partials > 1 ? partials : 2;
        var looped = Depth / unroll * unroll;
        if (looped > 0)
        {
            if (partials > 1)
                writer.Line($"// {unroll} inputs per round are distributed over the partial sums, so that no sum waits for the previous one.");
            writer.Count(Types.NUInt, "k", 0, Literal.Of(looped), unroll, () =>
            {
                for (var step = 0; step < unroll; step++)
                    WriteStep(writer, v, registers, step, step % partials, Arithmetic.Sum("k", step));
                writer.Line(NextWeight(unroll));
            });
        }

        if (looped < Depth)
        {
            // The loop has names of its own, which C# keeps from what is around it.
            writer.Scoped(looped > 0, () =>
            {
                for (var k = looped; k < Depth; k++)
                    WriteStep(writer, v, registers, k - looped, k % partials, Literal.Of(k));
            });
        }

        WriteResults(writer, v, run, registers, partials, lane);
    }

    private void WriteStep(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int place, int part, string k)
    {
        writer.Set("x", v.Broadcast(VectorSyntax.At(InputName, k)));
        for (var r = 0; r < registers.Length; r++)
        {
            var weight = LoadWeight(v, "weight", place, registers[r]);
            writer.Line($"{Sum(r, part)} = {v.MultiplyAdd("x", weight, Sum(r, part))};");
        }
    }

    private void WriteResults(CodeWriter writer, VectorSyntax v, TileRun run, TileRegister[] registers, int partials, string lane)
    {
        for (var r = 0; partials > 1 && r < registers.Length; r++)
            writer.Line($"{Sum(r, 0)} = {Total(r, partials)};");

        var computed = 0;
        if (run.Registers.Any(register => register.IsPadding))
            writer.Line(RowLoops.PaddingComment);
        foreach (var register in run.Registers)
        {
            string Address(Value value) => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum(lane, register.Offset));

            if (register.IsPadding)
                Group.Stored.ForEach(value => writer.Line(v.Store(v.Zero, Address(value))));
            else if (Tail.IsLight)
                Tail.WriteOnRegister(writer, v, Sum(computed++, 0), Address, operand => Tail.LanesAt(operand, v, Arithmetic.Sum(lane, register.Offset)));
            else
                Tail.WriteStore(writer, v, Sum(computed++, 0), Address);
        }
    }
}
