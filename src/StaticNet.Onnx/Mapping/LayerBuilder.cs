using StaticNet.Importing;

namespace StaticNet.Onnx.Mapping;

/// <summary>Makes layers. Elements of a value never move unless a layer moves them, so a value can be seen under any shape of its length.</summary>
internal sealed class LayerBuilder
{
    /// <summary>The largest value that a network can have.</summary>
    private const int LargestValue = 1 << 24;

    private const int MostJoined = 256;

    private readonly Dictionary<(LayerNode Layer, string Shape), LayerNode> _views = [];

    /// <summary>A layer with one input.</summary>
    public static LayerNode Layer(AttributeDeclaration attribute, LayerNode input, params int[] shape) => LayerGraph.Layer(attribute, input, Checked(shape));

    /// <summary>A layer that joins others.</summary>
    public static LayerNode Join(string name, params LayerNode[] inputs) => LayerGraph.Join(new AttributeDeclaration(name), [.. inputs], [.. inputs.First(input => input.Kind != LayerNodeKind.Constant).Shape]);

    /// <summary>The same elements under a shape of one to three sizes.</summary>
    public LayerNode View(LayerNode layer, params int[] shape)
    {
        if (layer.Shape.AsSpan().SequenceEqual(shape))
            return layer;
        if (layer.Attribute.Name is "Reshape" or "Flatten")
            return View(layer.Inputs[0], shape);
        var key = (layer, Indexing.Text(shape));
        if (!_views.TryGetValue(key, out var view))
        {
            view = Layer(shape.Length == 1 ? new AttributeDeclaration("Flatten") : new AttributeDeclaration("Reshape", shape.Cast<object>().ToArray()), layer, shape);
            _views.Add(key, view);
        }

        return view;
    }

    /// <summary>A view in which an axis of a shape is an axis of the layer.</summary>
    public (LayerNode Layer, int Axis) AxisView(LayerNode layer, int[] shape, int axis)
    {
        var (before, after) = (Indexing.Length(shape[..axis]), Indexing.Length(shape[(axis + 1)..]));
        var product = 1;
        for (var index = 0; index < layer.Shape.Length; index++)
        {
            if (product == before && layer.Shape[index] == shape[axis])
                return (layer, index);
            product *= layer.Shape[index];
        }

        int[] view = [.. before == 1 ? Array.Empty<int>() : [before], shape[axis], .. after == 1 ? Array.Empty<int>() : [after]];
        return (View(layer, view), before == 1 ? 0 : 1);
    }

    /// <summary>Elements along an axis.</summary>
    public LayerNode Slice(LayerNode layer, int[] shape, int axis, int start, int count)
    {
        if (count == shape[axis] && start == 0)
            return layer;
        if (start < 0 || count < 1 || start > shape[axis] - count)
            throw new ModelFaultException($"it takes {count} elements from {start} on along an axis of {shape[axis]}");
        var (view, place) = AxisView(layer, shape, axis);
        int[] sizes = [.. view.Shape];
        sizes[place] = count;
        return Layer(new AttributeDeclaration("Slice", place, start, count), view, sizes);
    }

    /// <summary>The axes in another order, three groups of them at a time.</summary>
    public LayerNode Transpose(LayerNode layer, int[] shape, int[] order)
    {
        var current = Enumerable.Range(0, shape.Length).Where(axis => shape[axis] > 1).ToList();
        var wanted = order.Where(axis => shape[axis] > 1).ToList();
        // Axes that the layer has itself need no other view.
        if (current.Count <= 3 && !current.SequenceEqual(wanted) && layer.Shape.SequenceEqual(current.Select(axis => shape[axis])))
            return Permute(layer, [.. layer.Shape], [.. wanted.Select(axis => current.IndexOf(axis))]);
        var groups = Groups(current, wanted);
        if (groups.Count <= 1)
            return layer;
        var sizes = groups.ToDictionary(group => group[0], group => group.Aggregate(1, (product, axis) => product * shape[axis]));
        var (from, to) = (groups.Select(group => group[0]).ToList(), wanted.Where(sizes.ContainsKey).ToList());
        if (from.Count <= 3)
            return Permute(layer, [.. from.Select(axis => sizes[axis])], [.. to.Select(axis => from.IndexOf(axis))]);
        for (var placed = 0; placed < to.Count; placed++)
        {
            var place = from.IndexOf(to[placed]);
            if (place == placed)
                continue;
            var (before, middle, rest) = (from[..placed], from[placed..place], from[place..]);
            layer = before.Count == 0
                ? Permute(layer, [Product(middle), Product(rest)], [1, 0])
                : Permute(layer, [Product(before), Product(middle), Product(rest)], [0, 2, 1]);
            from = [.. before, .. rest, .. middle];
        }

        return layer;

        int Product(List<int> axes) => axes.Aggregate(1, (product, axis) => product * sizes[axis]);
    }

    /// <summary>Axes that stay next to one another in both orders.</summary>
    private static List<List<int>> Groups(List<int> current, List<int> wanted)
    {
        var groups = new List<List<int>>();
        foreach (var axis in current)
        {
            var place = wanted.IndexOf(axis);
            if (groups.Count > 0 && place > 0 && groups[^1][^1] == wanted[place - 1])
                groups[^1].Add(axis);
            else
                groups.Add([axis]);
        }

        return groups;
    }

    /// <summary>The axes of a view in another order; two changes of the order in a row are one.</summary>
    public LayerNode Permute(LayerNode layer, int[] shape, int[] order)
    {
        var view = View(layer, shape);
        if (view.Attribute.Name == "Permute" && view.Attribute.Positional.Length == order.Length)
        {
            int[] before = [.. view.Attribute.Positional.Select(axis => (int)axis)];
            int[] both = [.. order.Select(axis => before[axis])];
            return both.SequenceEqual(both.Order()) ? view.Inputs[0] : Permute(view.Inputs[0], [.. view.Inputs[0].Shape], both);
        }

        return Layer(new AttributeDeclaration("Permute", order.Cast<object>().ToArray()), view, [.. order.Select(axis => shape[axis])]);
    }

    /// <summary>Repeats what has one element along axes where another shape has more.</summary>
    public LayerNode Broadcast(LayerNode layer, int[] from, int[] to)
    {
        int[] current = [.. Enumerable.Repeat(1, to.Length - from.Length), .. from];
        for (var axis = 0; axis < to.Length; axis++)
        {
            if (current[axis] == to[axis])
                continue;
            var last = axis;
            while (last + 1 < to.Length && current[last + 1] == 1)
                last++;
            var count = Indexing.Length(to[axis..(last + 1)]);
            layer = Repeat(layer, Indexing.Length(current[..axis]), count, Indexing.Length(current[(last + 1)..]));
            Array.Copy(to, axis, current, axis, last + 1 - axis);
        }

        return layer;
    }

    /// <summary>[before, 1, after] as [before, count, after].</summary>
    public LayerNode Repeat(LayerNode layer, int before, int count, int after) => after == 1
        ? Layer(new AttributeDeclaration("Upsampling1D", count), View(layer, before, 1), before, count)
        : Layer(new AttributeDeclaration("Upsampling2D", 1).With("ScaleHeight", count), View(layer, before, 1, after), before, count, after);

    /// <summary>Zeros around the elements along an axis; negative numbers cut off.</summary>
    public LayerNode Pad(LayerNode layer, int[] shape, int axis, int start, int end)
    {
        if (start < 0 || end < 0)
        {
            var count = shape[axis] + Math.Min(start, 0) + Math.Min(end, 0);
            layer = Slice(layer, shape, axis, Math.Max(-start, 0), count);
            shape = [.. shape];
            shape[axis] = count;
        }

        if (start <= 0 && end <= 0)
            return layer;
        var (view, place) = AxisView(layer, shape, axis);
        int[] sizes = [.. view.Shape];
        sizes[place] += Math.Max(start, 0) + Math.Max(end, 0);
        return Layer(new AttributeDeclaration("Pad", place, Math.Max(start, 0), Math.Max(end, 0)), view, sizes);
    }

    /// <summary>Parts one after the other along an axis. Each part is [before, its size, after].</summary>
    public LayerNode Concat(IReadOnlyList<LayerNode> parts, int before, int after)
    {
        if (parts.Count == 1)
            return parts[0];
        if (parts.Count > MostJoined)
        {
            var chunks = parts.Chunk(MostJoined).Select(chunk => Concat(chunk, before, after)).ToArray();
            return Concat(chunks, before, after);
        }

        // Parts that have the axis already need no other view.
        var own = parts.Select(part => AxisView(part, [before, part.Length / before / after, after], 1)).ToArray();
        if (own.Select((view, index) => view.Layer == parts[index] && view.Axis == own[0].Axis && view.Layer.Shape.Length == own[0].Layer.Shape.Length
            && Enumerable.Range(0, view.Layer.Shape.Length).All(place => place == view.Axis || view.Layer.Shape[place] == own[0].Layer.Shape[place])).All(isSame => isSame))
        {
            int[] joined = [.. own[0].Layer.Shape];
            joined[own[0].Axis] = parts.Sum(part => part.Length / before / after);
            return LayerGraph.Join(new AttributeDeclaration("Concat").With("Axis", own[0].Axis, 0), [.. parts], Checked(joined));
        }

        var views = parts.Select(part => View(part, Sizes(part.Length / before / after))).ToArray();
        var axis = before == 1 ? 0 : 1;
        return LayerGraph.Join(new AttributeDeclaration("Concat").With("Axis", axis, 0), [.. views], Checked(Sizes(parts.Sum(part => part.Length / before / after))));

        int[] Sizes(int along) => [.. before == 1 ? Array.Empty<int>() : [before], along, .. after == 1 ? Array.Empty<int>() : [after]];
    }

    private static int[] Checked(int[] shape) => Indexing.Length(shape) switch
    {
        0 => throw new ModelFaultException("it has no elements"),
        > LargestValue => throw new ModelFaultException($"its {Indexing.Text(shape)} has more elements than a network's values can have, {LargestValue}"),
        _ => shape,
    };
}
