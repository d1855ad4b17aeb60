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
        var hasVectors = LaneOperands.Any(operand => !operand.IsUniform);
        if (!hasVectors && !CleansPadding)
        {
            writer.Block($"for (nuint i = 0; i < (nuint)rows * {rows.Stride}; i += {v.Lanes})", () =>
                _tail.WriteOnElements(writer, v, "i", operand => _tail.LanesAt(operand, v, "0")));
            return;
        }

        // A number a channel: channels are lanes, or the first axis, whose rows follow each other.
        var followsRows = hasVectors && Group.Operations.OfType<Elementwise>().Any(operation => !operation.LanesFollowLastAxis && operation.LaneOperands.Any(operand => !operand.IsUniform));
        writer.Block("for (nuint row = 0; row < (nuint)rows; row++)", () =>
        {
            if (followsRows)
            {
                var channels = Group.Result.Type.Shape[0];
                var rowsOfChannel = rows.Rows / channels;
                writer.Line($"var channel = row{(rowsOfChannel > 1 ? $" / {rowsOfChannel}" : "")} % {channels};");
            }

            Vectors(writer, v, rows, (lane, mask) => _tail.WriteOnElements(writer, v, lane == "0" ? $"row * {rows.Stride}" : $"(row * {rows.Stride}) + {lane}", operand => followsRows && !operand.IsUniform
                ? v.Broadcast($"Unsafe.Add(ref {Names.Argument(operand.Parameter!.CodeName)}, channel)")
                : _tail.LanesAt(operand, v, operand.IsUniform ? "0" : lane), mask));
        });
    }

    private bool CleansPadding => Group.Head is Elementwise { CleansPadding: true };

    /// <summary>The vectors of a row: all in one loop, or, where the padding is cleaned, those that hold some of it by themselves.</summary>
    private void Vectors(CodeWriter writer, VectorSyntax v, RowLayout rows, Action<string, string?> body)
    {
        var whole = CleansPadding ? rows.Width / v.Lanes * v.Lanes : rows.Stride;
        if (whole > 0)
            writer.Block($"for (nuint lane = 0; lane < {whole}; lane += {v.Lanes})", () => body("lane", null));
        for (var lane = whole; lane < rows.Stride; lane += v.Lanes)
        {
            var first = lane;
            writer.Block("", () => body(Literal.Of(first), first < rows.Width ? RowLoops.Mask(v, rows.Width - first) : v.Zero));
        }
    }
}
