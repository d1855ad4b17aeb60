using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>y = the largest of the pieces that follow one another in a row.</summary>
/// <remarks>A piece may start at any lane, so its last vector may reach into the next one: those lanes are masked.</remarks>
internal sealed class MaxOfPiecesKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private MaxOfPieces Operation => (MaxOfPieces)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: the largest of {Operation.Pieces} pieces of {Group.Result.Type.Last}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Rows(Group.Result)];

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        writer.Block("for (var row = 0; row < rows; row++)", () =>
        {
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, row * {from.Stride});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, row * {to.Stride});");
            RowLoops.Write(writer, v, to.Width, (lane, mask) =>
            {
                writer.Line($"var largest = {v.Load("x", lane)};");
                for (var piece = 1; piece < Operation.Pieces; piece++)
                    writer.Line($"largest = {v.Max("largest", PieceAt(v, "x", from, to, piece, lane, mask))};");
                writer.Line(v.Store(mask is null ? "largest" : $"{mask} & largest", "y", lane));
            });
            RowLoops.WritePadding(writer, v, "y", "", to.Width);
        });
    }

    /// <summary>A vector of a piece. The last one must not be read beyond the row: then it is read one element at a time.</summary>
    internal static string PieceAt(VectorSyntax v, string reference, RowLayout from, RowLayout to, int piece, string lane, string? mask)
    {
        var start = piece * to.Width;
        var offset = lane == "lane" ? $"{start} + lane" : Literal.Of(start + int.Parse(lane, System.Globalization.CultureInfo.InvariantCulture));
        var last = lane == "lane" ? 0 : start + int.Parse(lane, System.Globalization.CultureInfo.InvariantCulture) + v.Lanes;
        if (mask is null || last <= from.Stride)
            return v.Load(reference, offset);
        return PartialVector.Load(v, reference, last - v.Lanes, to.Width % v.Lanes);
    }
}

/// <summary>Passes the gradient to the first piece that is the largest; the others get zero.</summary>
internal sealed class MaxOfPiecesGradientKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private MaxOfPiecesGradient Operation => (MaxOfPiecesGradient)Group.Head;

    private Value Gradient => Operand(Operation, Operation.Inputs[0]);

    private Value Input => Operand(Operation, Operation.Inputs[1]);

    private Value Output => Operand(Operation, Operation.Inputs[2]);

    public override string Comment => $"{Group.Head.Layer}: the gradient goes to the first piece that is the largest.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [.. new[] { Gradient, Input, Output, Group.Result }.Select(value => KernelArgument.Of(value, Names.Argument(value.Name))), KernelArgument.Rows(Group.Result)];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (wide, narrow) = (LayoutOf(Group.Result), InputLayout(2));
        writer.Block("for (var row = 0; row < rows; row++)", () =>
        {
            writer.Line($"ref var dy = ref {Types.Unsafe}.Add(ref {Names.Argument(Gradient.Name)}, row * {narrow.Stride});");
            writer.Line($"ref var x = ref {Types.Unsafe}.Add(ref {Names.Argument(Input.Name)}, row * {wide.Stride});");
            writer.Line($"ref var y = ref {Types.Unsafe}.Add(ref {Names.Argument(Output.Name)}, row * {narrow.Stride});");
            writer.Line($"ref var dx = ref {Types.Unsafe}.Add(ref {Names.Argument(Group.Result.Name)}, row * {wide.Stride});");
            writer.Block($"for (var unit = 0; unit < {narrow.Width}; unit++)", () =>
            {
                writer.Line($"var rest = {Types.Unsafe}.Add(ref dy, unit);");
                writer.Line($"var largest = {Types.Unsafe}.Add(ref y, unit);");
                writer.Block($"for (var piece = unit; piece < {Operation.Pieces * narrow.Width}; piece += {narrow.Width})", () =>
                {
                    writer.Line($"var isLargest = {Types.Unsafe}.Add(ref x, piece) == largest;");
                    writer.Line($"{Types.Unsafe}.Add(ref dx, piece) = isLargest ? rest : 0;");
                    writer.Line("rest = isLargest ? 0 : rest;");
                });
            });
            for (var lane = Operation.Pieces * narrow.Width; lane < wide.Stride; lane++)
                writer.Line($"{Types.Unsafe}.Add(ref dx, {lane}) = 0;");
        });
    }
}
