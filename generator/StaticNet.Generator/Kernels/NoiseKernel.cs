using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Adds noise to each element; the padding of rows gets some too, which counts nowhere.</summary>
internal sealed class NoiseKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Noise Operation => (Noise)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Group.Head.Layer}: normal noise of deviation {Literal.Of(Operation.Deviation).TrimEnd('f')} over {Shape(Group.Result)}. It depends only on seed, layer and sample number.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.DropoutSeed, "seed"),
        new KernelArgument(ArgumentKind.DropoutEnabled, "noiseEnabled"),
        new KernelArgument(ArgumentKind.FirstSample, "firstSample"),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var length = LayoutOf(Group.Result).SampleLength;
        writer.Line($"var scale = {v.Broadcast($"noiseEnabled ? {Literal.Of(Operation.Deviation)} : 0f")};");
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"var key = {Types.DropoutMask}.Key(seed, {Operation.Stream}, unchecked(firstSample + (uint)sample));");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, sample * {length});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, sample * {length});");
            writer.Block($"for (uint lane = 0; lane < {length}; lane += {v.Lanes})", () =>
                writer.Line(v.Store(v.MultiplyAdd($"{Types.NormalDeviates}.Draw{v.Bits}(key, lane)", "scale", v.Load("x", "lane")), "y", "lane")));
        });
    }
}
