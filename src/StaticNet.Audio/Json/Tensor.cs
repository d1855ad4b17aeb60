using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace StaticNet.Audio.Json;

/// <summary>Numbers in nested arrays.</summary>
/// <param name="Shape">The lengths, the outermost first; none for a single number.</param>
/// <param name="Values">The numbers, row-major.</param>
internal sealed record Tensor(ImmutableArray<int> Shape, float[] Values)
{
    private const int MostAxes = 8;

    public int Rank => Shape.Length;

    /// <summary>Reads nested arrays of equal lengths.</summary>
    /// <returns>The tensor, or null after an error.</returns>
    public static Tensor? Read(Entry entry)
    {
        if (entry.Value.ValueKind == JsonValueKind.Undefined)
            return null;
        var shape = new List<int>();
        for (var inner = entry.Value; inner.ValueKind == JsonValueKind.Array; inner = inner.EnumerateArray().FirstOrDefault())
        {
            shape.Add(inner.GetArrayLength());
            if (shape[^1] == 0)
                break;
        }

        var values = new List<float>();
        if (shape.Count > MostAxes)
            return Refuse("more axes than any layer has");
        if (!TryRead(entry.Value, 0))
            return Refuse("all rows must have the same length, and hold finite numbers that floats can hold");
        return new Tensor([.. shape], [.. values]);

        bool TryRead(JsonElement element, int axis)
        {
            if (axis == shape.Count)
            {
                if (element.ValueKind != JsonValueKind.Number || !element.TryGetSingle(out var number) || !float.IsFinite(number))
                    return false;
                values.Add(number);
                return true;
            }

            return element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == shape[axis] && element.EnumerateArray().All(item => TryRead(item, axis + 1));
        }

        Tensor? Refuse(string why)
        {
            entry.Problems.Damaged(entry.Where, entry.Shown, why);
            return null;
        }
    }

    /// <summary>The axes in another order.</summary>
    /// <param name="order">The axis that becomes the first, and so on.</param>
    public Tensor Permuted(params ReadOnlySpan<int> order)
    {
        var strides = new int[Rank];
        for (var (axis, stride) = (Rank - 1, 1); axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Shape[axis];
        }

        var shape = new int[Rank];
        for (var axis = 0; axis < Rank; axis++)
            shape[axis] = Shape[order[axis]];
        var values = new float[Values.Length];
        var index = new int[Rank];
        for (var place = 0; place < values.Length; place++)
        {
            var from = 0;
            for (var axis = 0; axis < Rank; axis++)
                from += index[axis] * strides[order[axis]];
            values[place] = Values[from];
            for (var axis = Rank - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }

        return new Tensor([.. shape], values);
    }

    /// <summary>The shape as messages write it.</summary>
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>The shape as messages write it.</summary>
    public override string ToString() => Text(Shape);
}
