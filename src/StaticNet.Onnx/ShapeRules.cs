using StaticNet.Onnx.Reading;

namespace StaticNet.Onnx;

/// <summary>The shapes of ONNX's operators that only move elements.</summary>
internal static class ShapeRules
{
    public static int[] Sizes(long[] sizes) => sizes.All(size => size is >= 0 and <= int.MaxValue) && sizes.Length <= 64
        ? [.. sizes.Select(size => (int)size)]
        : throw new ModelFaultException($"[{string.Join(", ", sizes.Take(8))}] is not a shape");

    public static int[] Reshape(int[] from, long[] to, bool allowsZero)
    {
        if (to.Length > 64)
            throw new ModelFaultException("it reshapes to more than 64 axes");
        var length = Indexing.Length(from);
        long[] sizes = [.. to.Select((size, axis) => size == 0 && !allowsZero ? (axis < from.Length ? from[axis] : -2) : size)];
        var known = sizes.Where(size => size != -1).Aggregate(1L, (product, size) => Math.Clamp(product * size, -1, int.MaxValue));
        var open = Array.IndexOf(sizes, -1);
        if (open >= 0 && known > 0)
            sizes[open] = length / known;
        return sizes.All(size => size >= 0) && sizes.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue)) == length
            ? [.. sizes.Select(size => (int)size)]
            : throw new ModelFaultException($"the {length} elements of {Indexing.Text(from)} cannot have the shape [{string.Join(", ", to)}]", "A batch size that is written into the model can be set with --dim");
    }

    public static int[] Flatten(int[] from, long axisArgument)
    {
        var axis = axisArgument == from.Length ? from.Length : Indexing.Axis(axisArgument, from.Length);
        return [Indexing.Length(from[..axis]), Indexing.Length(from[axis..])];
    }

    public static int[] Squeeze(int[] from, long[]? axes)
    {
        var removed = axes is null ? Enumerable.Range(0, from.Length).Where(axis => from[axis] == 1) : axes.Select(axis => Indexing.Axis(axis, from.Length));
        var all = removed.ToHashSet();
        return all.All(axis => from[axis] == 1)
            ? [.. from.Where((_, axis) => !all.Contains(axis))]
            : throw new ModelFaultException($"it removes axes of {Indexing.Text(from)} that have more than one element");
    }

    public static int[] Unsqueeze(int[] from, long[] axes)
    {
        var rank = from.Length + axes.Length;
        var added = axes.Select(axis => Indexing.Axis(axis, rank)).ToHashSet();
        if (added.Count != axes.Length || rank > 64)
            throw new ModelFaultException("it adds an axis twice");
        var next = 0;
        return [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? 1 : from[next++])];
    }

    public static int[] Permutation(long[]? perm, int rank)
    {
        if (perm is null)
            return [.. Enumerable.Range(0, rank).Reverse()];
        int[] order = [.. perm.Select(axis => Indexing.Axis(axis, rank))];
        return order.Length == rank && order.Distinct().Count() == rank ? order : throw new ModelFaultException($"[{string.Join(", ", perm)}] is not an order of {rank} axes");
    }

    public static long[] ShapeSlice(int[] shape, long start, long end)
    {
        var first = (int)Math.Clamp(start < 0 ? start + shape.Length : start, 0, shape.Length);
        var last = (int)Math.Clamp(end < 0 ? end + shape.Length : end, first, shape.Length);
        return [.. shape[first..last].Select(size => (long)size)];
    }

    public static int[] ReducedAxes(long[]? axes, int rank, bool emptyMeansNone)
    {
        if (axes is not { Length: > 0 })
            return emptyMeansNone ? [] : [.. Enumerable.Range(0, rank)];
        return [.. axes.Select(axis => Indexing.Axis(axis, rank)).Distinct().Order()];
    }

    public static int[] Reduced(int[] shape, int[] axes, bool keeps) =>
        keeps ? [.. shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)] : [.. shape.Where((_, axis) => !axes.Contains(axis))];

    /// <summary>What a Slice takes along each axis.</summary>
    public static (int Start, int Step, int Count)[] Slices(GraphNode node, int[] shape, Tensor?[] inputs)
    {
        var starts = List(1, "starts") ?? throw new ModelFaultException("it has no starts");
        var ends = List(2, "ends") ?? throw new ModelFaultException("it has no ends");
        var axes = List(3, "axes") ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        var steps = List(4, "steps") ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw new ModelFaultException("its starts, ends, axes and steps are not equally many");
        (int Start, int Step, int Count)[] slices = [.. shape.Select(size => (0, 1, size))];
        for (var index = 0; index < starts.Length; index++)
        {
            var axis = Indexing.Axis(axes[index], shape.Length);
            var (size, step) = (shape[axis], Math.Clamp(steps[index], -int.MaxValue, int.MaxValue));
            if (step == 0)
                throw new ModelFaultException("it has a step of 0");
            var start = Math.Clamp(starts[index] < 0 ? starts[index] + size : starts[index], step > 0 ? 0 : -1, step > 0 ? size : size - 1);
            var end = Math.Clamp(ends[index] < 0 ? Math.Max(ends[index], -(long)int.MaxValue) + size : ends[index], step > 0 ? 0 : -1, size);
            var count = Math.Max(step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step, 0);
            slices[axis] = ((int)Math.Max(start, 0), (int)step, (int)count);
        }

        return slices;

        long[]? List(int input, string attribute) => inputs.Length > input && inputs[input] is { } list ? list.AsIntegers() : node.Integers(attribute);
    }

    /// <summary>The sizes of the parts of a Split.</summary>
    public static int[] Split(GraphNode node, int size, Tensor?[] inputs)
    {
        var given = inputs.Length > 1 && inputs[1] is { } list ? list.AsIntegers() : node.Integers("split");
        if (given is null)
        {
            var parts = node.Outputs.Count;
            var part = (size + parts - 1) / parts;
            given = [.. Enumerable.Range(0, parts).Select(index => (long)Math.Clamp(size - (index * part), 0, part))];
        }

        return given.All(part => part >= 0) && given.Sum() == size && given.Length == node.Outputs.Count
            ? [.. given.Select(part => (int)part)]
            : throw new ModelFaultException($"its parts [{string.Join(", ", given)}] do not add up to {size}");
    }
}
