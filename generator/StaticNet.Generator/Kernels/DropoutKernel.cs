using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>Zeroes or scales each element by the sample's mask; forward and backward draw the same one.</summary>
internal sealed class DropoutKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Dropout Operation => (Dropout)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment =>
        $"{Group.Head.Layer}: dropout with rate {Literal.Of((float)Operation.Rate).TrimEnd('f')} over {Shape(Group.Result)}. The mask follows from seed, layer and sample number alone.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        new KernelArgument(ArgumentKind.DropoutSeed, "dropoutSeed"),
        new KernelArgument(ArgumentKind.DropoutEnabled, "dropoutEnabled"),
        new KernelArgument(ArgumentKind.FirstSample, "firstSample"),
        KernelArgument.Samples(),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var length = LayoutOf(Group.Result).SampleLength;
        var keep = 1 - Operation.Rate;
        writer.Line("// An element is kept where 24 random bits are below the threshold.");
        writer.Line($"var threshold = dropoutEnabled ? {Math.Max(1, (uint)Math.Round(keep * (1 << 24)))}u : {1 << 24}u;");
        writer.Line($"var scale = dropoutEnabled ? {Literal.Of((float)(1 / keep))} : 1f;");
        writer.Block("for (var sample = 0; sample < samples; sample++)", () =>
        {
            writer.Line($"var key = DropoutMask.Key(dropoutSeed, {Operation.Stream}, unchecked(firstSample + (uint)sample));");
            writer.Line($"ref var x = ref Unsafe.Add(ref {Names.Argument(Input.Name)}, sample * {length});");
            writer.Line($"ref var y = ref Unsafe.Add(ref {Names.Argument(Group.Result.Name)}, sample * {length});");
            writer.Block($"for (uint lane = 0; lane < {length}; lane += {v.Lanes})", () =>
                writer.Line($"({v.Load("x", "lane")} * DropoutMask.Keep{v.Bits}(key, lane, threshold, scale)).StoreUnsafe(ref y, lane);"));
        });
    }
}
