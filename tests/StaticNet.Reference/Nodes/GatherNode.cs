namespace StaticNet.Reference.Nodes;

/// <summary>Each element is one of the input's, or zero: padding, cropping, slices, permutations and copies.</summary>
internal abstract class GatherNode(string name, int source, int[] shape) : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = Origin(index) is { } origin ? inputs[0][origin] : 0;
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < Length; index++)
        {
            if (Origin(index) is { } origin)
                dx[origin] += gradient[index];
        }

        return [dx];
    }

    /// <summary>The place of the input's element that stands here, or null for a zero.</summary>
    protected abstract int? Origin(int index);
}

/// <summary>Zeros around each plane, or, where the figures are negative, so much cut off.</summary>
internal sealed class PaddingNode(string name, int source, int[] inputShape, int top, int bottom, int left, int right)
    : GatherNode(name, source, Padded(inputShape, top + bottom, left + right).Shape(inputShape.Length))
{
    private readonly Planes _in = Planes.Of(inputShape);
    private readonly Planes _out = Padded(inputShape, top + bottom, left + right);

    protected override int? Origin(int index)
    {
        var row = (index / _out.Width % _out.Height) - top;
        var column = (index % _out.Width) - left;
        return _in.Contains(row, column) ? _in.Index(index / _out.Width / _out.Height, row, column) : null;
    }

    private static Planes Padded(int[] inputShape, int rows, int columns)
    {
        var planes = Planes.Of(inputShape);
        var padded = planes with { Height = planes.Height + rows, Width = planes.Width + columns };
        return padded.Height > 0 && padded.Width > 0
            ? padded
            : throw new ArgumentException($"Nothing remains of {string.Join("×", inputShape)}.");
    }
}

/// <summary>A run of elements along an axis.</summary>
internal sealed class SliceNode(string name, int source, int[] inputShape, int axis, int start, int length)
    : GatherNode(name, source, [.. inputShape[..axis], length, .. inputShape[(axis + 1)..]])
{
    private readonly int _inner = LengthOf(inputShape[(axis + 1)..]);

    protected override int? Origin(int index)
    {
        var (outer, place, inner) = (index / _inner / length, index / _inner % length, index % _inner);
        return (((outer * inputShape[axis]) + start + place) * _inner) + inner;
    }
}

/// <summary>Zeros before and after the elements along an axis.</summary>
internal sealed class PadNode(string name, int source, int[] inputShape, int axis, int before, int after)
    : GatherNode(name, source, [.. inputShape[..axis], before + inputShape[axis] + after, .. inputShape[(axis + 1)..]])
{
    private readonly int _inner = LengthOf(inputShape[(axis + 1)..]);

    protected override int? Origin(int index)
    {
        var size = before + inputShape[axis] + after;
        var (outer, place, inner) = (index / _inner / size, (index / _inner % size) - before, index % _inner);
        return place >= 0 && place < inputShape[axis] ? (((outer * inputShape[axis]) + place) * _inner) + inner : null;
    }
}

/// <summary>The axes in another order.</summary>
internal sealed class PermuteNode(string name, int source, int[] inputShape, int[] axes)
    : GatherNode(name, source, Array.ConvertAll(axes, axis => inputShape[axis]))
{
    protected override int? Origin(int index)
    {
        var places = new int[axes.Length];
        for (var axis = axes.Length - 1; axis >= 0; axis--)
        {
            places[axes[axis]] = index % Shape[axis];
            index /= Shape[axis];
        }

        var origin = 0;
        for (var axis = 0; axis < axes.Length; axis++)
            origin = (origin * inputShape[axis]) + places[axis];
        return origin;
    }
}
