using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// Sums over the channels around each one: as many loads, each a channel further, as there are channels in a sum. The vectors
/// at both ends of a row are written out, with zeros where there is no channel.
/// </summary>
internal sealed class ChannelSumKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private readonly Tail _tail = new(group, arranged);

    private ChannelSum Operation => (ChannelSum)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    private RowLayout Rows => InputLayout(0);

    public override string Comment =>
        $"{Group.Head.Layer}: the sum of the {(Operation.OfSquares ? "squares of the " : "")}channels {Operation.Before} before to {Operation.After} after each one, {Shape(Input)}" +
        $"{(Group.Tail.Count > 0 ? ", then " + _tail.Title : "")}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        KernelArgument.Of(Input, Names.Argument(Input.Name)),
        .. _tail.Arguments.Where(argument => argument.Value != Input),
        .. _tail.Parameters,
        KernelArgument.Rows(Group.Result),
    ];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        writer.Block("for (var row = 0; row < rows; row++)", () =>
        {
            writer.Line($"var place = ({Types.NUInt})(row * {Rows.Stride});");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, place);");
            // The vectors whose sums have all their channels.
            var first = Math.Min(Rows.Stride, (Operation.Before + v.Lanes - 1) / v.Lanes * v.Lanes);
            var end = Math.Max(first, (Rows.Width - Operation.After) / v.Lanes * v.Lanes);
            for (var lane = 0; lane < first; lane += v.Lanes)
                WriteEnd(writer, v, lane);
            if (end > first)
                writer.Block($"for ({Types.NUInt} lane = {first}; lane < {end}; lane += {v.Lanes})", () => WriteSum(writer, v, "lane", Enumerable.Range(-Operation.Before, Operation.Before + Operation.After + 1)
                    .Select(tap => v.Load("x", tap < 0 ? $"lane - {-tap}" : Arithmetic.Sum("lane", Literal.Of(tap))))));
            for (var lane = end; lane < Rows.Stride; lane += v.Lanes)
                WriteEnd(writer, v, lane);

            if (Group.Tail.Count > 0)
                writer.Block($"for ({Types.NUInt} lane = 0; lane < {Rows.Stride}; lane += {v.Lanes})", () => _tail.WriteOnElements(writer, v, "place + lane", operand => _tail.LanesAt(operand, v, "lane")));
        });
    }

    /// <summary>Writes the sums of a vector near the end of a row.</summary>
    private void WriteEnd(CodeWriter writer, VectorSyntax v, int lane) => writer.Block("", () => WriteSum(writer, v, Literal.Of(lane),
        Enumerable.Range(-Operation.Before, Operation.Before + Operation.After + 1).Select(tap => Tap(v, lane, tap)).OfType<string>()));

    /// <summary>The channels of a vector's sums at a distance, zero where there are none; null where that is all of them.</summary>
    private string? Tap(VectorSyntax v, int lane, int tap)
    {
        bool Exists(int i) => lane + i < Rows.Width && lane + i + tap >= 0 && lane + i + tap < Rows.Width;
        var lanes = Enumerable.Range(0, v.Lanes).ToArray();
        if (!lanes.Any(Exists))
            return null;
        var start = Math.Max(0, Math.Min(lane + tap, Rows.Stride - v.Lanes));
        var load = v.Load("x", Literal.Of(start));
        if (start != lane + tap)
            return $"{v.Type}.Shuffle({load}, {v.Type}.Create({string.Join(", ", lanes.Select(i => Literal.Of(Exists(i) ? lane + tap + i - start : v.Lanes)))}))";
        return lanes.All(Exists) ? load : $"{v.AsSingle($"{v.Type}.Create({string.Join(", ", lanes.Select(i => Exists(i) ? "-1" : "0"))})")} & {load}";
    }

    private void WriteSum(CodeWriter writer, VectorSyntax v, string lane, IEnumerable<string> taps)
    {
        var isFirst = true;
        writer.Line($"var sum = {v.Zero};");
        foreach (var tap in taps)
        {
            if (Operation.OfSquares)
                writer.Line($"{(isFirst ? "var " : "")}value = {tap};").Line($"sum = {v.MultiplyAdd("value", "value", "sum")};");
            else
                writer.Line($"sum += {tap};");
            isFirst = false;
        }

        _tail.WriteStore(writer, v, "sum", value => VectorSyntax.Place(Names.Argument(value.Name), Arithmetic.Sum("place", lane)));
    }
}
