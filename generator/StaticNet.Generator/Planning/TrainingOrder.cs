using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>
/// The order of a training step's groups. Where samples and the batch take turns, gradients of parameters are summed in the batch's
/// turn that follows: what they read is still near then, and its place is free for others from there on. All others come at the end.
/// </summary>
internal static class TrainingOrder
{
    public static IReadOnlyList<Group> Of(IReadOnlyList<Group> groups)
    {
        var order = new List<Group>();
        var (ready, waiting) = (new List<Group>(), new List<Group>());
        var isBatch = false;
        foreach (var group in groups)
        {
            if (group.Head is ParameterGradient gradient)
            {
                (gradient.MayBeEarly && !isBatch ? ready : waiting).Add(group);
                continue;
            }

            if (isBatch && !group.Head.IsByTile)
            {
                order.AddRange(ready);
                ready.Clear();
            }

            isBatch = group.Head.IsByTile;
            order.Add(group);
        }

        return [.. order, .. ready, .. waiting];
    }

    /// <summary>The first of the gradients that come at the end.</summary>
    public static int EndOf(IReadOnlyList<Group> groups)
    {
        var end = groups.Count;
        while (end > 0 && groups[end - 1].Head is ParameterGradient)
            end--;
        return end;
    }
}
