using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Rounds a weight to numbers of 16 bits, once the parameters are known.</summary>
internal sealed class RoundedWeightKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private readonly Parameter _weight = ((RoundedWeight)group.Head).Weight;

    public override string Comment => $"{_weight.FullName} in half as many bytes: the upper halves of floats, rounded to the nearest.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(_weight),
        KernelArgument.Of(Group.Result, "rounded"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(_weight.Outputs);

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var panel = _weight.PackedLength / Tiles;
        writer.Line($"ref var source = ref {Types.Unsafe}.Add(ref {Names.Argument(_weight.CodeName)}, begin * {panel});");
        writer.Line($"ref var target = ref {Types.Unsafe}.Add(ref rounded, begin * {panel});");
        writer.Line(CodeWriter.Listed($"{Types.BFloat16Lanes}.Round", [
            $"{Types.MemoryMarshal}.CreateReadOnlySpan(ref source, (end - begin) * {panel})", $"{Types.MemoryMarshal}.CreateSpan(ref target, (end - begin) * {panel})"], ";"));
    }
}
