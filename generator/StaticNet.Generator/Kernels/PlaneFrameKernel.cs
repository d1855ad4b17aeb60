using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies a value with its channels last into planes with zeros around them.</summary>
internal sealed class PlaneFrameKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private PlaneFrame Operation => (PlaneFrame)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: {Shape(Input)} as planes, zeros around them, {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (type, from, to) = (Operation.Inputs[0].Type, InputLayout(0), LayoutOf(Group.Result));
        int[] pixels = type.Pixels.Count == 1 ? [1, type.Pixels[0]] : [type.Pixels[0], type.Pixels[1]];
        var (above, left) = Operation.Before.Count == 1 ? (0, Operation.Before[0]) : (Operation.Before[0], Operation.Before[1]);
        writer.Line($"{SamplesTo(Group.Result, to)}.Clear();");
        writer.Line(PermutationKernel.Permute(
            SamplesOf(Input, from), from, [1, pixels[1] * from.Stride, from.Stride], SpanSyntax.From(SamplesTo(Group.Result, to), (above * to.Stride) + left), to, to.SampleLength / type.Channels,
            [type.Channels, pixels[0], pixels[1]], pixels[1]));
    }
}
