using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies a weight with inputs and outputs exchanged, so that the input's gradient reads it from front to back.</summary>
internal sealed class TransposeKernel : Kernel
{
    private readonly Parameter _weight;

    public TransposeKernel(Parameter weight, Arranged arranged)
        : base(new Group(new Transposition(weight)), arranged) => _weight = weight;

    public override string Comment => $"{_weight.FullName} with inputs and outputs exchanged{(_weight.Positions > 1 ? " and the taps in reverse" : "")}, as the gradient of the layer's input reads it; once a step.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(_weight),
        new KernelArgument(ArgumentKind.Transposed, "transposed", Parameter: _weight),
        new KernelArgument(ArgumentKind.BeginTile, "begin"),
        new KernelArgument(ArgumentKind.EndTile, "end"),
    ];

    public override int Tiles => Lanes.Panels(_weight.Inputs);

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Line(_weight.Positions == 1
            ? $"Panels.Transpose(ref {Names.Argument(_weight.FullName)}, ref transposed, {_weight.Inputs}, {_weight.Outputs}, begin, end);"
            : $"Panels.TransposeTaps(ref {Names.Argument(_weight.FullName)}, ref transposed, {_weight.Inputs}, {_weight.Outputs}, {_weight.Positions}, begin, end);");
}
