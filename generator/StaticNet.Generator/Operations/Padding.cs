namespace StaticNet.Generator.Operations;

/// <summary>
/// What follows the last element of a value's rows: zeros, or what element functions make of them. Where that would not be finite, the
/// function's kernel writes zeros, since readers multiply padding by zero.
/// </summary>
internal static class Padding
{
    /// <summary>More combinations than this are not looked at.</summary>
    private const int MostCombinations = 64;

    public static readonly double[] Zero = [0];

    /// <summary>What a number a channel may be in the padding of rows that it does not follow.</summary>
    private static readonly double[] Any = [-0.618, 0, 0.618];

    /// <summary>What the padding of a value may be.</summary>
    public static double[] Of(Value value) => value.Producer?.PaddingOfRows ?? Zero;

    /// <summary>What the padding of a value may be that may share memory with another.</summary>
    public static double[] OrThatOf(Value shared) => [.. Zero.Concat(Of(shared)).Distinct()];

    /// <summary>What a function makes of padding; null: something that is not finite.</summary>
    public static double[]? Of(ElementFunction function, IEnumerable<Value> inputs, IEnumerable<LaneOperand> lanes, bool lanesFollowLastAxis)
    {
        var sets = inputs.Select(Of).Concat(lanes.Select(operand => operand.IsFull || (lanesFollowLastAxis && !operand.IsUniform) ? Zero : Any)).ToArray();
        if (sets.Aggregate(1L, (product, set) => Math.Min(product * set.Length, int.MaxValue)) > MostCombinations)
            return null;
        IEnumerable<double[]> combinations = [[]];
        foreach (var set in sets)
            combinations = combinations.SelectMany(start => set.Select(next => (double[])[.. start, next]));
        var results = combinations.Select(function.Evaluate).Distinct().ToArray();
        return results.All(result => Math.Abs(result) <= float.MaxValue) ? results : null;
    }
}
