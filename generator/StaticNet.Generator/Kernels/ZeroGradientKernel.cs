using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>The gradient of a parameter that changes nothing.</summary>
internal sealed class ZeroGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private ZeroGradient Operation => (ZeroGradient)Group.Head;

    public override string Comment =>
        $"{Operation.Parameter.FullName}'s gradient: 0, for the norm behind {Operation.Layer} takes off the mean of each channel, and the bias with it.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.GradientOf(Operation.Parameter),
        new KernelArgument(ArgumentKind.Accumulate, "accumulate"),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => 1;

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Block("if (begin < end && !accumulate)", () =>
            writer.Line($"{SpanSyntax.Write(Names.Argument(Operation.Parameter.CodeName + ".gradient"), Literal.Of(Operation.Parameter.PackedLength))}.Clear();"));
}
