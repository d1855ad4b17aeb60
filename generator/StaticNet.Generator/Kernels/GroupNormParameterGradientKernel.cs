using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>dγ or dβ: the sums of the samples, added up; panels of 16 channels belong to whoever computes them.</summary>
internal sealed class GroupNormParameterGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private GroupNormParameterGradient Operation => (GroupNormParameterGradient)Group.Head;

    private Value Sums => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Operation.Parameter.FullName}'s gradient: {(Operation.Row == GroupNormSums.GradientRow ? "Σ dy" : "Σ dy·x̂")} of the samples, added up.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Sums, Names.Argument(Sums.Name)),
        KernelArgument.GradientOf(Operation.Parameter),
        KernelArgument.Samples(),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(Operation.Parameter.Count);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = InputLayout(0);
        writer.Block("for (var tile = begin; tile < end; tile++)", () => writer.Block($"for (var lane = ({Types.NUInt})(tile * {Lanes.Panel}); lane < ({Types.NUInt})((tile + 1) * {Lanes.Panel}); lane += {v.Lanes})", () =>
        {
            writer.Line($"var sum = {v.Zero};");
            var sums = new LongSum(writer, v, Arranged.Capacity, "sum").Declare();
            sums.Rounds("sample", Types.NUInt, $"({Types.NUInt})samples", 1, () =>
                writer.Line($"sum += {v.Load(Names.Argument(Sums.Name), Arithmetic.Sum(Arithmetic.Product("sample", LengthOf(Sums, rows)), "lane", Literal.Of(Operation.Row * rows.Stride)))};"));
            sums.Finish();
            var gradient = Names.Argument(Operation.Parameter.CodeName + ".gradient");
            writer.Line(v.Store($"accumulate ? sum + {v.Load(gradient, "lane")} : sum", gradient, "lane"));
        }));
    }
}
