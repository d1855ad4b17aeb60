using System.Globalization;
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
        var hasVectors = LaneOperands.Any(operand => operand is { IsUniform: false, IsFull: false });
        if (!hasVectors && !HasParts)
        {
            writer.Block($"for ({Types.NUInt} i = 0; i < ({Types.NUInt})rows * {rows.Stride}; i += {v.Lanes})", () =>
                _tail.WriteOnElements(writer, v, "i", operand => _tail.LanesAt(operand, v, "0")));
            return;
        }

        // A number a channel: channels are lanes, or the first axis, whose rows follow each other.
        var followsRows = hasVectors && Group.Operations.OfType<Elementwise>().Any(operation => !operation.LanesFollowLastAxis && operation.LaneOperands.Any(operand => operand is { IsUniform: false, IsFull: false }));
        writer.Block($"for ({Types.NUInt} row = 0; row < ({Types.NUInt})rows; row++)", () =>
        {
            if (followsRows)
            {
                var channels = Group.Result.Type.Shape[0];
                var rowsOfChannel = rows.Rows / channels;
                writer.Line($"var channel = row{(rowsOfChannel > 1 ? $" / {rowsOfChannel}" : "")} % {channels};");
            }

            if (IsFull)
                writer.Line($"var place = {(rows.Rows == 1 ? $"({Types.NUInt})0" : $"row % {rows.Rows} * {rows.Width}")};");

            Vectors(writer, v, rows, (lane, count) => _tail.WriteOnElements(
                writer, v, lane == "0" ? $"row * {rows.Stride}" : $"(row * {rows.Stride}) + {lane}", operand => LanesOf(operand, lane, count), MaskOf(count)));
        });

        string LanesOf(LaneOperand operand, string lane, int count)
        {
            var name = operand.Parameter is null ? "" : Names.Argument(operand.Parameter.CodeName);
            if (operand.IsFull)
            {
                // The next row's first element follows a row's last, and after the very last there is nothing to read.
                return count == v.Lanes ? v.Load(name, lane == "0" ? "place" : $"place + {lane}")
                    : count == 0 ? v.Zero : PartialVector.Load(v, $"{Types.Unsafe}.Add(ref {name}, place)", int.Parse(lane, CultureInfo.InvariantCulture), count);
            }

            return followsRows && !operand.IsUniform ? v.Broadcast($"{Types.Unsafe}.Add(ref {name}, channel)") : _tail.LanesAt(operand, v, operand.IsUniform ? "0" : lane);
        }

        string? MaskOf(int count) => !CleansPadding || count == v.Lanes ? null : count == 0 ? v.Zero : RowLoops.Mask(v, count);
    }

    private bool CleansPadding => Group.Head is Elementwise { CleansPadding: true };

    private bool IsFull => LaneOperands.Any(operand => operand.IsFull);

    /// <summary>Whether the vectors that hold padding are written by themselves.</summary>
    private bool HasParts => CleansPadding || IsFull;

    /// <summary>The vectors of a row: all in one loop, or those that hold padding by themselves.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="body">Takes the place in the row, and how many lanes hold elements where padding is written by itself.</param>
    private void Vectors(CodeWriter writer, VectorSyntax v, RowLayout rows, Action<string, int> body)
    {
        var whole = HasParts ? rows.Width / v.Lanes * v.Lanes : rows.Stride;
        if (whole > 0)
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {whole}; lane += {v.Lanes})", () => body("lane", v.Lanes));
        for (var lane = whole; lane < rows.Stride; lane += v.Lanes)
        {
            var first = lane;
            writer.Block("", () => body(Literal.Of(first), Math.Max(rows.Width - first, 0)));
        }
    }
}
