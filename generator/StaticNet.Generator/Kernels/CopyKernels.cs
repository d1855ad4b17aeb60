using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

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
        writer.Line(CodeWriter.Listed($"{Types.RowCopy}.Rearrange", [
            SpanSyntax.With(SamplesOf(Input, from), from.Rows, from.Width, from.Stride), SpanSyntax.With(SamplesTo(Group.Result, to), to.Rows, to.Width, to.Stride), "samples"], ";"));
    }
}

/// <summary>Copies values one after another along an axis.</summary>
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
            var (source, target) = (Arranged.LayoutOf(Operation, input), LayoutOf(output));
            var (from, to) = (Pieces.Of(input.Type, Operation.Axis, source), Pieces.Of(output.Type, Operation.Axis, target));
            var isLast = start + input.Type.Shape[Operation.Axis] == output.Type.Shape[Operation.Axis];
            // Whoever writes the end of a row writes its padding.
            var padded = Operation.Axis < output.Type.Rank - 1 ? to.Stride : isLast ? to.Stride - start : from.Width;
            writer.Line(Copy(SamplesOf(Operand(Operation, input), source), from, SpanSyntax.From(SamplesTo(output, target), start * to.Unit), to, from.Rows, from.Width, padded));
            start += input.Type.Shape[Operation.Axis];
        }
    }

    internal static string Copy(string source, Pieces from, string target, Pieces to, int rows, int width, int padded) => CodeWriter.Listed($"{Types.RowCopy}.Copy", [
        SpanSyntax.With(source, from.PieceStride, from.Stride), SpanSyntax.With(target, to.PieceStride, to.Stride),
        $"{SpanSyntax.With(Literal.Of(width), padded, rows)}, {Arithmetic.Product("samples", from.Count)}"], ";");
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
    public static Pieces Of(TensorType type, int axis, RowLayout layout)
    {
        var isLast = axis == type.Rank - 1;
        var count = type.Shape.Take(axis).Aggregate(1, (product, size) => product * size);
        var rows = layout.Rows / count;
        var unit = isLast ? 1 : rows / type.Shape[axis] * layout.Stride;
        return new Pieces(count, rows * layout.Stride, rows, layout.Width, layout.Stride, unit);
    }
}

/// <summary>Copies elements to another order of axes.</summary>
internal sealed class PermutationKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Permutation Operation => (Permutation)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => !Operation.LogicalAxes.SequenceEqual(Enumerable.Range(0, Operation.Axes.Count))
        ? $"{Group.Head.Layer}: the axes of {Shape(Input)} in the order {string.Join(", ", Operation.LogicalAxes.Select(Literal.Of))}, {Shape(Group.Result)}."
        : $"{Group.Head.Layer}: {Shape(Group.Result)} with the channels {(Group.Result.Type.IsChannelsLast ? "last, as convolution and pooling read them" : "first, the logical order")}.";

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (type, from, to) = (Operation.Inputs[0].Type, InputLayout(0), LayoutOf(Group.Result));
        // The floats of a step along each of the input's axes.
        var steps = new int[type.Rank];
        for (var (axis, step) = (type.Rank - 1, from.Stride); axis >= 0; axis--)
        {
            steps[axis] = axis == type.Rank - 1 ? 1 : step;
            step *= axis == type.Rank - 1 ? 1 : type.Shape[axis];
        }

        // Always three axes: missing ones have one element.
        var sizes = Enumerable.Repeat(1, 3 - type.Rank).Concat(Group.Result.Type.Shape).ToArray();
        var moved = Enumerable.Repeat(0, 3 - type.Rank).Concat(Operation.Axes.Select(axis => steps[axis])).ToArray();
        writer.Line(Permute(SamplesOf(Input, from), from, moved, SamplesTo(Group.Result, to), to, sizes[1] * to.Stride, sizes, to.Stride));
    }

    /// <summary>The call that copies elements to another order of axes, of which there are always three.</summary>
    /// <param name="input">The span of the value.</param>
    /// <param name="from">Its rows.</param>
    /// <param name="steps">The floats of the input for a step along each axis of the result.</param>
    /// <param name="result">The span from where the first one goes.</param>
    /// <param name="to">The rows that they go to.</param>
    /// <param name="plane">The floats from plane to plane.</param>
    /// <param name="sizes">The elements of each axis of the result.</param>
    /// <param name="paddedWidth">The floats of a row that are written.</param>
    internal static string Permute(string input, RowLayout from, int[] steps, string result, RowLayout to, int plane, int[] sizes, int paddedWidth)
    {
        return CodeWriter.Listed($"{Types.RowCopy}.Permute", [
            SpanSyntax.With(input, from.SampleLength, steps[0], steps[1], steps[2]),
            SpanSyntax.With(result, to.SampleLength, plane, to.Stride),
            SpanSyntax.With(Literal.Of(sizes[0]), sizes[1], sizes[2], paddedWidth) + ", samples"], ";");
    }
}

/// <summary>Copies a value into a frame of zeros, or the part of it that a smaller frame shows.</summary>
internal sealed class FrameKernel(Group group, Arranged arranged) : Kernel(group, arranged)
{
    private Frame Operation => (Frame)Group.Head;

    private Value Input => Operand(Operation, Operation.Inputs[0]);

    public override string Comment => $"{Group.Head.Layer}: {Shape(Input)} → {Shape(Group.Result)}, {(CutAxis is { } axis ? $"the part from {-Operation.Before[axis]} along axis {axis}" : IsPart ? "a part of it" : "zeros around it")}.";

    /// <summary>Whether nothing of the frame lies outside the value.</summary>
    private bool IsPart => Operation.Before.Select((before, axis) => before <= 0 && Group.Result.Type.Shape[axis] - before <= Operation.Inputs[0].Type.Shape[axis]).All(isInside => isInside);

    public override IReadOnlyList<KernelArgument> Arguments =>
        [KernelArgument.Of(Input, Names.Argument(Input.Name)), KernelArgument.Of(Group.Result, Names.Argument(Group.Result.Name)), KernelArgument.Samples()];

    public override bool Has(VectorSyntax v) => v.Bits == 256;

    /// <summary>The axis along which it is a part of the value, where that is one.</summary>
    private int? CutAxis => IsPart && Enumerable.Range(0, Operation.Before.Count).Where(axis => Group.Result.Type.Shape[axis] != Operation.Inputs[0].Type.Shape[axis]).ToArray() is { Length: 1 } cut ? cut[0] : null;

    public override void WriteBody(CodeWriter writer, VectorSyntax v)
    {
        var (input, output) = (Operation.Inputs[0].Type, Group.Result.Type);
        if (CutAxis is { } axis)
        {
            // What follows each other in memory is copied for all samples at once.
            var (pieces, result) = (Pieces.Of(input, axis, InputLayout(0)), Pieces.Of(output, axis, LayoutOf(Group.Result)));
            writer.Line(ConcatenationKernel.Copy(
                SpanSyntax.From(SamplesOf(Input, InputLayout(0)), -Operation.Before[axis] * pieces.Unit), pieces, SamplesTo(Group.Result, LayoutOf(Group.Result)), result, result.Rows, result.Width, result.Stride));
            return;
        }

        var missing = 3 - input.Rank;
        int[] Sizes(TensorType type) => Enumerable.Repeat(1, missing).Concat(type.Shape).ToArray();
        var (from, to) = (Sizes(input), Sizes(output));
        var before = Enumerable.Repeat(0, missing).Concat(Operation.Before).ToArray();
        var (skipped, placed) = (before.Select(count => Math.Max(0, -count)).ToArray(), before.Select(count => Math.Max(0, count)).ToArray());
        var copied = Enumerable.Range(0, 3).Select(side => Math.Min(from[side] - skipped[side], to[side] - placed[side])).ToArray();
        int Place(int[] index, int[] sizes, int stride) => (((index[0] * sizes[1]) + index[1]) * stride) + index[2];
        var (source, target) = (InputLayout(0), LayoutOf(Group.Result));
        if (!IsPart)
            writer.Line($"{SamplesTo(Group.Result, target)}.Clear();");
        writer.Block("for (var sample = 0; sample < samples; sample++)", () => writer.Line(CodeWriter.Listed($"{Types.RowCopy}.Copy", [
            SpanSyntax.With(SpanSyntax.From(SpanSyntax.Read(Sample(Input, source), Literal.Of(source.SampleLength)), Place(skipped, from, source.Stride)), from[1] * source.Stride, source.Stride),
            SpanSyntax.With(SpanSyntax.From(SpanSyntax.Write(Sample(Group.Result, target), Literal.Of(target.SampleLength)), Place(placed, to, target.Stride)), to[1] * target.Stride, target.Stride),
            SpanSyntax.With(Literal.Of(copied[2]), IsPart ? target.Stride : copied[2], copied[1], copied[0])], ";")));
    }

    private string Sample(Value value, RowLayout layout) => VectorSyntax.At(Names.Argument(value.Name), Arithmetic.Product("sample", LengthOf(value, layout)));
}
