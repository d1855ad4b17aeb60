using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Element functions alone: one loop over all elements, padding included.</summary>
internal sealed class ElementsKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private readonly Tail _tail = new(group, arranged);

    public override string Comment =>
        $"{Group.Head.Layer}: {string.Join(", ", Group.Operations.OfType<Elementwise>().Select(operation => operation.Function.Name))} over {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Group.Head.Inputs.Select(input => Operand(Group.Head, input)).Concat(_tail.Operands).Concat(Group.Stored).Distinct()
            .Select(value => KernelArgument.Of(value, Names.Argument(value.Name))),
        .. _tail.Parameters,
        KernelArgument.Rows(Group.Result),
    ];

    private IEnumerable<LaneOperand> LaneOperands => Group.Operations.OfType<Elementwise>().SelectMany(operation => operation.LaneOperands);

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var rows = LayoutOf(Group.Result);
        if (LaneOperands.All(operand => operand.IsUniform))
        {
            writer.Block($"for (nuint i = 0; i < (nuint)rows * {rows.Stride}; i += {v.Lanes})", () =>
                _tail.WriteOnElements(writer, v, "i", operand => _tail.LanesAt(operand, v, "0")));
        }
        else if (Group.Operations.OfType<Elementwise>().All(operation => operation.LanesFollowLastAxis || operation.LaneOperands.All(operand => operand.IsUniform)))
        {
            writer.Block("for (nuint row = 0; row < (nuint)rows; row++)", () =>
                writer.Block($"for (nuint lane = 0; lane < {rows.Stride}; lane += {v.Lanes})", () =>
                    _tail.WriteOnElements(writer, v, $"(row * {rows.Stride}) + lane", operand => _tail.LanesAt(operand, v, "lane"))));
        }
        else
        {
            // A slope a channel: the first axis, whose rows follow each other.
            var channels = Group.Result.Type.Shape[0];
            var rowsOfChannel = rows.Rows / channels;
            writer.Block("for (nuint row = 0; row < (nuint)rows; row++)", () =>
            {
                writer.Line($"var channel = row{(rowsOfChannel > 1 ? $" / {rowsOfChannel}" : "")} % {channels};");
                writer.Block($"for (nuint lane = 0; lane < {rows.Stride}; lane += {v.Lanes})", () =>
                    _tail.WriteOnElements(writer, v, $"(row * {rows.Stride}) + lane", operand => operand.IsUniform
                        ? _tail.LanesAt(operand, v, "0")
                        : v.Broadcast($"Unsafe.Add(ref {Names.Argument(operand.Parameter!.FullName)}, channel)")));
            });
        }
    }
}
