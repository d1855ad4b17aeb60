using StaticNet.Generator.Emit;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Kernels;

/// <summary>Copies rows from one padding to another.</summary>
internal sealed class RearrangementKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    public override string Comment => $"{Group.Head.Layer}: {Shape(Input)} as {Shape(Group.Result)}; rows are padded differently, so elements are copied.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    private Value Input => Operand(Group.Head, Group.Head.Inputs[0]);

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (from, to) = (InputLayout(0), LayoutOf(Group.Result));
        writer.Line($"RowCopy.Rearrange(ref {Names.Argument(Input.Name)}, {from.Rows}, {from.Width}, {from.Stride}, ref {Names.Argument(Group.Result.Name)}, {to.Rows}, {to.Width}, {to.Stride}, samples);");
    }
}

/// <summary>Copies values behind each other along an axis.</summary>
internal sealed class ConcatenationKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Concatenation Operation => (Concatenation)Group.Head;

    private IEnumerable<Value> Inputs => Operation.Inputs.Select(input => Operand(Operation, input));

    public override string Comment => $"{Group.Head.Layer}: {string.Join(" and ", Operation.Inputs.Select(Shape))} along axis {Operation.Axis} → {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
    [
        .. Inputs.Distinct().Select(input => KernelArgument.Of(input, Names.Argument(input.Name))),
        KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)),
        KernelArgument.Samples(),
    ];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var output = Group.Result;
        var start = 0;
        foreach (var input in Operation.Inputs)
        {
            var (from, to) = (Pieces.Of(input.Type, Operation.Axis, Arranged.LayoutOf(Operation, input)), Pieces.Of(output.Type, Operation.Axis, LayoutOf(output)));
            var isLast = start + input.Type.Shape[Operation.Axis] == output.Type.Shape[Operation.Axis];
            // Whoever writes the end of a row writes its padding.
            var padded = Operation.Axis < output.Type.Rank - 1 ? to.Stride : isLast ? to.Stride - start : from.Width;
            writer.Line(Copy(Names.Argument(Operand(Operation, input).Name), 0, from, Names.Argument(output.Name), start * to.Unit, to, from.Rows, from.Width, padded));
            start += input.Type.Shape[Operation.Axis];
        }
    }

    internal static string Copy(string source, int sourceOffset, Pieces from, string target, int targetOffset, Pieces to, int rows, int width, int padded) =>
        $"RowCopy.Copy(ref {At(source, sourceOffset)}, {from.PieceStride}, {from.Stride}, ref {At(target, targetOffset)}, {to.PieceStride}, {to.Stride}, " +
        $"{width}, {padded}, {rows}, samples * {from.Count});";

    private static string At(string name, int offset) => offset == 0 ? name : $"Unsafe.Add(ref {name}, {offset})";
}

/// <summary>Copies a part of a value along an axis; the padding behind it becomes zero.</summary>
internal sealed class SliceKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Slice Operation => (Slice)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: the part of {Shape(Input)} from {Operation.Start} along axis {Operation.Axis}, {Shape(Group.Result)}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var output = Group.Result;
        var from = Pieces.Of(Operation.Inputs[0].Type, Operation.Axis, InputLayout(0));
        var to = Pieces.Of(output.Type, Operation.Axis, LayoutOf(output));
        writer.Line(ConcatenationKernel.Copy(
            Names.Argument(Input.Name), Operation.Start * from.Unit, from, Names.Argument(output.Name), 0, to, to.Rows, to.Width, to.Stride));
    }
}

/// <summary>A value cut along an axis: for every index of the axes before it one piece, of some rows.</summary>
/// <param name="Count">The pieces of a sample.</param>
/// <param name="PieceStride">The floats from piece to piece.</param>
/// <param name="Rows">The rows of a piece.</param>
/// <param name="Width">The elements of a row.</param>
/// <param name="Stride">The floats from row to row.</param>
/// <param name="Unit">The floats of one step along the axis.</param>
internal sealed record Pieces(int Count, int PieceStride, int Rows, int Width, int Stride, int Unit)
{
    public static Pieces Of(Layers.TensorType type, int axis, RowLayout layout)
    {
        var isLast = axis == type.Rank - 1;
        var count = type.Shape.Take(axis).Aggregate(1, (product, size) => product * size);
        var rows = layout.Rows / count;
        var unit = isLast ? 1 : rows / type.Shape[axis] * layout.Stride;
        return new Pieces(count, rows * layout.Stride, rows, layout.Width, layout.Stride, unit);
    }
}
