using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Draws the mask of recurrent dropout, one for each sequence.</summary>
internal sealed class RecurrentMaskKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private RecurrentMask Operation => (RecurrentMask)Group.Head;

    public override string Comment =>
        $"{Group.Head.Layer}: the mask of recurrent dropout with rate {Literal.Of((float)Operation.Rate).TrimEnd('f')}, the same at all steps of a sequence. It depends only on seed, layer and sample number.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.DropoutSeed, "dropoutSeed"),
        new KernelArgument(ArgumentKind.DropoutEnabled, "dropoutEnabled"),
        new KernelArgument(ArgumentKind.FirstSample, "firstSample"),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var length = LayoutOf(Group.Result).SampleLength;
        DropoutKernel.WriteThreshold(writer, Operation.Rate);
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"var key = {Types.DropoutMask}.Key(dropoutSeed, {Operation.Stream}, unchecked(firstSample + (uint)sample));");
            writer.Line($"ref var mask = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, sample * {length});");
            writer.Block($"for (uint lane = 0; lane < {length}; lane += {v.Lanes})", () =>
                writer.Line(v.Store($"{Types.DropoutMask}.Keep{v.Bits}(key, lane, threshold, scale)", "mask", "lane")));
        });
    }
}
