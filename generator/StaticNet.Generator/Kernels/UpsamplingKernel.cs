using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Enlarged pixel axes, and the gradient of what was enlarged: a call of the loops in the runtime, which are bound by memory.</summary>
internal sealed class UpsamplingKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Upsampling Operation => Group.Head as Upsampling ?? ((UpsamplingGradient)Group.Head).Upsampling;

    private bool IsGradient => Group.Head is UpsamplingGradient;

    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    public override string Comment
    {
        get
        {
            var shapes = $"{Shape(Group.Head.Inputs[0])} → {Shape(Group.Result)}";
            return IsGradient
                ? $"{Group.Head.Layer}, the gradient of its input: each element gathers from those that were made of it, {shapes}."
                : $"{Group.Head.Layer}: {shapes}, {(Operation.Interpolates ? "interpolated" : "copies of the nearest element")}. Channels are lanes.";
        }
    }

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var small = Operation.Inputs[0].Type;
        var (pixels, scales) = (small.Pixels, Operation.Scales);
        int[] Both(IReadOnlyList<int> numbers) => [numbers.Count == 1 ? 1 : numbers[0], numbers[numbers.Count - 1]];
        var corners = Operation.Interpolates ? Literal.Of(Operation.AlignsCorners) + ", " : "";
        writer.Line(CodeWriter.Listed($"{Types.Resampling}.{(Operation.Interpolates ? "Linear" : "Nearest")}{(IsGradient ? "Gradient" : "")}", [
            SamplesOf(Input, InputLayout(0)), SamplesTo(Group.Result, LayoutOf(Group.Result)),
            SpanSyntax.With(Literal.Of(Both(pixels)[0]), [Both(pixels)[1], LayoutOf(Group.Result).Stride, .. Both(scales)]) + $", {corners}samples"], ";"));
    }
}
