using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Element functions over the steps of a block in planes, channel by channel.</summary>
internal sealed class StepPlaneElementsKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private readonly Tail _tail = new(group, arranged);

    public override string Comment =>
        $"{Group.Head.Layer}: {string.Join(", ", Group.Operations.OfType<Elementwise>().Select(operation => operation.Function.Name))} over {Shape(Group.Result)} for the steps of a block, which are lanes.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Group.Head.Inputs.Select(input => Operand(Group.Head, input)).Concat(_tail.Operands).Concat(Group.Stored).Distinct()
            .Select(value => KernelArgument.Of(value, Names.Argument(value.Name))),
        .. _tail.Parameters,
        KernelArgument.Steps,
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v) =>
        writer.Block($"for (var channel = 0; channel < {Group.Result.Type.Length}; channel++)", () =>
        {
            writer.Line($"var plane = {Arithmetic.Product("channel", Arranged.Capacity)};");
            writer.Block($"for (var i = ({Types.NUInt})plane; i < ({Types.NUInt})(plane + steps); i += {v.Lanes})", () => _tail.WriteOnElements(writer, v, "i", operand =>
                v.Broadcast(operand.IsUniform ? Names.Argument(operand.Parameter!.CodeName) : $"{Types.Unsafe}.Add(ref {Names.Argument(operand.Parameter!.CodeName)}, channel)")));
        });
}
