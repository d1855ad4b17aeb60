using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies the steps of an input into planes.</summary>
internal sealed class StepPlaneInputKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    public override string Comment => $"{Group.Head.Layer}: the steps of a block of {Shape(Input)}, each channel's steps adjacent, so that they are lanes.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, "source"),
        .. IsAlone ? Array.Empty<KernelArgument>() : [new KernelArgument(ArgumentKind.InputStride, "stride", Input)],
        KernelArgument.Of(Group.Result, "copy"),
        KernelArgument.Steps,
    ];

    /// <summary>Whether the network has no other input, between whose steps its steps would be.</summary>
    private bool IsAlone => Arranged.Inputs.Count == 1;

    private Value Input => Group.Head.Inputs[0];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Block("for (var step = 0; step < steps; step++)", () =>
        {
            for (var channel = 0; channel < Input.Type.Length; channel++)
                writer.Line($"{VectorSyntax.At("copy", Arithmetic.Sum("step", channel * Arranged.Capacity))} = {VectorSyntax.At("source", Arithmetic.Sum(IsAlone ? Arithmetic.Product("step", Input.Type.Length) : "(step * stride)", channel))};");
        });
}
