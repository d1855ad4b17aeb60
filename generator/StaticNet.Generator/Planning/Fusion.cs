using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Joins element functions to the operation that makes their operand.</summary>
internal static class Fusion
{
    /// <summary>The most element functions of a group: each is written for every register of a tile.</summary>
    private const int MostFunctions = 12;

    /// <summary>Groups operations.</summary>
    /// <param name="operations">The operations in order, without those that cost nothing.</param>
    /// <param name="arranged">The layouts.</param>
    /// <param name="isKept">Whether a value is read from outside, such as the network's output.</param>
    public static IReadOnlyList<Group> Fuse(IReadOnlyList<Operation> operations, Arranged arranged, Func<Value, bool> isKept)
    {
        var groups = new List<Group>();
        var groupOf = new Dictionary<Value, int>();
        foreach (var operation in operations)
        {
            if (operation is Elementwise elementwise && TargetOf(elementwise, arranged, groups, groupOf) is { } target)
            {
                groups[target].Tail.Add(elementwise);
                groupOf[elementwise.Output] = target;
            }
            else
            {
                foreach (var output in operation.Outputs)
                    groupOf[output] = groups.Count;
                groups.Add(new Group(operation));
            }
        }

        var readers = operations.SelectMany(operation => operation.Inputs.Select(input => (Input: arranged.Operand(operation, input), Group: groupOf[operation.Output])))
            .ToLookup(pair => pair.Input, pair => pair.Group);
        for (var index = 0; index < groups.Count; index++)
        {
            var group = groups[index];
            group.Stored.AddRange(group.Operations.Select(operation => operation.Output).Concat(group.Operations.SelectMany(operation => operation.Further))
                .Where(value => value == group.Result || isKept(value) || group.Head.Reread.Contains(value) || readers[value].Any(reader => reader != index)));
        }

        return groups;
    }

    /// <summary>
    /// The group that an element function joins: the one whose result it takes, if that works row by row and every other
    /// operand is there before it.
    /// </summary>
    private static int? TargetOf(Elementwise elementwise, Arranged arranged, List<Group> groups, Dictionary<Value, int> groupOf)
    {
        // These have loops of their own.
        if (elementwise.CleansPadding || elementwise.LaneOperands.Any(operand => operand.IsFull))
            return null;

        // A value that only shares memory with the group's result has other rows, and is read from there.
        foreach (var input in elementwise.ElementInputs.Where(input => arranged.Operand(elementwise, input) == input))
        {
            if (!groupOf.TryGetValue(input, out var index) || groups[index].Result != input || groups[index].Tail.Count == MostFunctions || !Takes(groups[index], elementwise))
                continue;
            if (elementwise.Inputs.All(IsThereBefore))
                return index;

            bool IsThereBefore(Value other)
            {
                var operand = arranged.Operand(elementwise, other);
                return !groupOf.TryGetValue(operand, out var made) || made < index || (made == index && operand == other);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a group applies a function to its results. Vectors by channel of values with their channels first change from row to row,
    /// which only the loops over elements know.
    /// </summary>
    private static bool Takes(Group group, Elementwise tail) => group.Head.Tail switch
    {
        TailUse.Rows => tail.LanesFollowLastAxis || tail.LaneOperands.All(operand => operand.IsUniform),
        TailUse.Short => !tail.Function.IsHeavy && tail.LaneOperands.All(operand => operand.IsUniform),
        TailUse.Elements => group.Operations.OfType<Elementwise>().Append(tail)
            .Where(operation => operation.LaneOperands.Any(operand => operand is { IsUniform: false, IsFull: false }))
            .Select(operation => operation.LanesFollowLastAxis).Distinct().Count() <= 1,
        _ => false,
    };
}
