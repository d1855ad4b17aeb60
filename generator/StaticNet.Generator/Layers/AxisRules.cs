using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>What layers that name axes check.</summary>
internal static class AxisRules
{
    /// <summary>The axes counted from the first.</summary>
    /// <param name="axes">The axes as declared: negative ones count from the last.</param>
    /// <param name="input">The input's logical type.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The axes, or null after an error.</returns>
    public static int[]? Resolve(EquatableArray<int> axes, TensorType input, IShapeErrors errors)
    {
        foreach (var axis in axes)
        {
            if (axis >= -input.Rank && axis < input.Rank)
                continue;
            errors.Argument("axes", $"{Invariant.Text(-input.Rank)} to {input.Rank - 1}", Invariant.Text(axis));
            return null;
        }

        var resolved = FromFirst(axes, input.Rank);
        if (resolved.Distinct().Count() == resolved.Length)
            return resolved;
        errors.Argument("axes", "different axes", Invariant.List(axes.ToArray()));
        return null;
    }

    /// <summary>Axes that are within the rank, counted from the first.</summary>
    public static int[] FromFirst(EquatableArray<int> axes, int rank) => axes.Select(axis => FromFirst(axis, rank)).ToArray();

    /// <summary>An axis that is within the rank, counted from the first.</summary>
    public static int FromFirst(int axis, int rank) => axis < 0 ? axis + rank : axis;
}
