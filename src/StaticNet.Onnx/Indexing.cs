namespace StaticNet.Onnx;

/// <summary>Shapes and places in row-major arrays.</summary>
internal static class Indexing
{
    public static int Length(IEnumerable<int> shape) => (int)Math.Min(shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue)), int.MaxValue);

    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>An axis that may count from the end.</summary>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < Math.Max(rank, 1)
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new ModelFaultException($"the axis {axis} does not exist in {rank} axes");

    public static int[] Strides(int[] shape)
    {
        var strides = new int[shape.Length];
        for (var (axis, stride) = (shape.Length - 1, 1); axis >= 0; stride *= shape[axis--])
            strides[axis] = stride;
        return strides;
    }

    /// <summary>The shape of two shapes together, where sizes of 1 stretch.</summary>
    public static int[] Broadcast(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (var index = 1; index <= shape.Length; index++)
        {
            var (x, y) = (index <= a.Length ? a[^index] : 1, index <= b.Length ? b[^index] : 1);
            if (x != y && x != 1 && y != 1)
                throw new ModelFaultException($"the shapes {Text(a)} and {Text(b)} do not go together");
            shape[^index] = x == 1 ? y : x;
        }

        return shape;
    }

    /// <summary>For each element of a broadcast shape, the place of the element that it comes from.</summary>
    public static int[] BroadcastPlaces(int[] from, int[] to)
    {
        var strides = new int[to.Length];
        var own = Strides(from);
        for (var index = 1; index <= from.Length; index++)
            strides[^index] = from[^index] == 1 ? 0 : own[^index];
        return Places(to, strides, 0);
    }

    /// <summary>The places of an array's elements, axis by axis in row-major order, with these distances along the axes.</summary>
    public static int[] Places(int[] shape, int[] strides, int first)
    {
        var places = new int[Length(shape)];
        var index = new int[shape.Length];
        var place = first;
        for (var element = 0; element < places.Length; element++)
        {
            places[element] = place;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                place -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return places;
    }
}
