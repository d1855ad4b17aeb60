using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// y = x·W for one row as straight-line code: every offset is a constant and nothing is counted. Written with 256 bits only:
/// with 128 bits, and with 512 where outputs fill more than half a vector and the layer leaves the choice to us, the loop of <see cref="ProductOneKernel"/> is used in
/// its place. (A loop of half as many instructions beats straight-line code at every width.)
/// </summary>
internal sealed class ProductUnrolledKernel(Group group, Arranged arranged) : ProductKernel(group, arranged)
{
    private readonly ProductOneKernel _looped = new(group, arranged);

    public override string Comment =>
        $"{Group.Head.Layer}: {Shape(Input)} → {Shape(Group.Result)}, {Cost}{Functions}. One sample, unrolled: " +
        $"{Width} {(Width == 1 ? "output" : "outputs")} in {(Registers.Length == 1 ? "one register" : $"{Registers.Length} registers")}{(Partials(Run) is > 1 and var partials ? $", {partials} partial sums" : "")}.";

    public override IReadOnlyList<KernelArgument> Arguments => Memory.ToArray();

    private TileRegister[] Registers => Run.Computed.ToArray();

    /// <summary>All panels as one tile.</summary>
    private TileRun Run => TileRun.Cover(Width, int.MaxValue, VectorSyntax.V256)[0];

    public override bool Has(VectorSyntax v) =>
        v.Bits < 512 || (Width > VectorSyntax.V256.Lanes && ((Contraction)Group.Head).Unrolling != Unrolling.Always);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        if (v.Bits != 256)
        {
            _looped.WriteBody(writer, v);
            return;
        }

        var partials = Partials(Run);
        var lanesAreHeavy = !Tail.IsLight && Registers.Length > 4;
        // Outputs in groups of at most eight registers, so that sums stay in registers.
        var groups = Registers.Select((register, index) => (register, index)).GroupBy(pair => pair.index / IndependentSums).ToArray();
        if (partials > 1)
            writer.Comment(partials == 2
                ? "Even inputs add to a, odd ones to b, so that no sum waits for the previous one."
                : "Inputs 0, 4, 8, … add to a, inputs 1, 5, 9, … to b, and so on, so that no sum waits for the previous one.");
        foreach (var registers in groups)
            WriteGroup(writer, v, registers.Select(pair => pair.register).ToArray(), partials, groups.Length > 1, lanesAreHeavy);
        if (Run.Registers.Any(register => register.IsPadding))
            writer.Line(RowLoops.PaddingComment);
        foreach (var register in Run.Registers.Where(register => register.IsPadding))
            Group.Stored.ForEach(value => writer.Line(v.Store(v.Zero, Address(value, register))));
        if (lanesAreHeavy)
            WriteTailLoop(writer, v, "0", Literal.Of(OutputRows.Stride));
    }

    private static string Address(Value value, TileRegister register) => VectorSyntax.Place(Names.Argument(value.Name), Literal.Of(register.Offset));

    private void WriteGroup(CodeWriter writer, VectorSyntax v, TileRegister[] registers, int partials, bool isOneOfSeveral, bool tailFollows)
    {
        void Body()
        {
            for (var r = 0; r < registers.Length; r++)
            {
                for (var part = 0; part < partials; part++)
                    writer.Line($"var {Sum(r, part)} = {(part == 0 ? Start(v, Literal.Of(registers[r].Offset)) : v.Zero)};");
            }

            for (var k = 0; k < Depth; k++)
            {
                writer.Line();
                writer.Line($"{(k == 0 ? "var " : "")}x = {v.Broadcast(k == 0 ? InputName : $"{Types.Unsafe}.Add(ref {InputName}, {k})")};");
                for (var r = 0; r < registers.Length; r++)
                {
                    var sum = Sum(r, k % partials);
                    writer.Line($"{sum} = {v.MultiplyAdd("x", LoadWeight(v, WeightSource, k, registers[r]), sum)};");
                }
            }

            writer.Line();
            for (var r = 0; r < registers.Length; r++)
            {
                if (partials > 1)
                    writer.Line($"a{r} = {Total(r, partials)};");
                var register = registers[r];
                if (tailFollows)
                    Tail.WriteStore(writer, v, Sum(r, 0), value => Address(value, register));
                else
                    Tail.WriteOnRegister(writer, v, Sum(r, 0), value => Address(value, register), operand => Tail.LanesAt(operand, v, Literal.Of(register.Offset)));
            }
        }

        if (isOneOfSeveral)
            writer.Block("", Body);
        else
            Body();
    }
}
