using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies a weight with inputs and outputs exchanged, so that the input's gradient reads it from front to back.</summary>
internal sealed class TransposeKernel(Group group, Arranged arranged, Parameter weight) : Kernel(group, arranged)
{
    public override string Comment => $"{weight.FullName} with inputs and outputs exchanged, as the gradient of the layer's input reads it; once a step.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Parameters(),
        new KernelArgument(ArgumentKind.Transposed, "transposed", Parameter: weight),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(weight.Shape[1]);

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Line($"Panels.Transpose(ref Unsafe.Add(ref parameters, {Names.Pascal(weight.FullName)}), ref transposed, {weight.Shape[1]}, {weight.Shape[0]}, begin, end);");
}
