using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Values that are in one place, one after the other: each but the first is computed in the place of the one before it.</summary>
internal sealed class Slot
{
    private Slot(Value value, int sampleLength, int length, int first, int last)
    {
        Values.Add(value);
        SampleLength = sampleLength;
        Length = length;
        First = first;
        Last = last;
    }

    public List<Value> Values { get; } = [];

    /// <summary>The floats of a sample; of all, for a value that all share.</summary>
    public int SampleLength { get; }

    /// <summary>The floats of all samples.</summary>
    public int Length { get; }

    public bool IsShared => Values[0].IsShared;

    /// <summary>The group that writes it first.</summary>
    public int First { get; }

    /// <summary>The last group that reads it.</summary>
    public int Last { get; private set; }

    public bool LivesWith(Slot other) => First <= other.Last && other.First <= Last;

    /// <summary>The slots of a plan's values, in the order in which they are written.</summary>
    /// <param name="groups">The groups in order.</param>
    /// <param name="arranged">The layouts.</param>
    /// <param name="isKept">Whether a value is read after the last group.</param>
    /// <param name="capacity">The number of samples.</param>
    public static IReadOnlyList<Slot> Of(IReadOnlyList<Group> groups, Arranged arranged, Func<Value, bool> isKept, int capacity)
    {
        var turns = Turns(groups);
        var lastReader = LastReaders(groups, arranged, turns);
        var slots = new List<Slot>();
        var slotOf = new Dictionary<Value, Slot>();
        for (var index = 0; index < groups.Count; index++)
        {
            var group = groups[index];
            if (group.Head.Scratch is { } scratch)
                Add(scratch, index);
            if (group.Head is ParameterGradient)
                continue;
            foreach (var value in group.Stored)
            {
                var last = isKept(value) ? int.MaxValue : lastReader.TryGetValue(value, out var reader) ? Math.Max(turns[index].Last, reader) : turns[index].Last;
                if (PlaceFor(group, value) is { } slot)
                {
                    slot.Values.Add(value);
                    slot.Last = last;
                    slotOf[value] = slot;
                }
                else
                {
                    Add(value, last);
                }
            }

            void Add(Value value, int last)
            {
                var sampleLength = arranged.SampleLengthOf(value);
                slots.Add(slotOf[value] = new Slot(value, sampleLength, value.IsShared ? sampleLength : checked(sampleLength * capacity), turns[index].First, last));
            }

            // Element functions read each element before they write it, so that they may write over an operand that is no longer read.
            Slot? PlaceFor(Group made, Value value) => made.Stored.Count > 1 || made.Operations.Any(operation => operation is not Elementwise) ? null : made.Operations
                .Cast<Elementwise>()
                .SelectMany(operation => operation.ElementInputs.Select(input => arranged.Operand(operation, input)))
                .Select(operand => slotOf.TryGetValue(operand, out var slot) && slot.Values[slot.Values.Count - 1] == operand ? slot : null)
                .FirstOrDefault(slot => slot is not null && slot.Last == index && slot.SampleLength == arranged.SampleLengthOf(value));
        }

        return slots;
    }

    /// <summary>
    /// The groups that may run at the same time as each one, the first and the last: those of the batch's turn. Of all others, which
    /// each thread runs in order for samples of its own, the group alone.
    /// </summary>
    private static (int First, int Last)[] Turns(IReadOnlyList<Group> groups)
    {
        var turns = new (int First, int Last)[groups.Count];
        for (var first = 0; first < groups.Count;)
        {
            var end = first + 1;
            while (groups[first].Head.IsByTile && end < groups.Count && groups[end].Head.IsByTile)
                end++;
            for (var index = first; index < end; index++)
                turns[index] = (first, end - 1);
            first = end;
        }

        return turns;
    }

    /// <summary>The last group that reads each value; the gradients at the end may be summed in any order.</summary>
    private static Dictionary<Value, int> LastReaders(IReadOnlyList<Group> groups, Arranged arranged, (int First, int Last)[] turns)
    {
        var last = new Dictionary<Value, int>();
        var end = TrainingOrder.EndOf(groups);
        for (var index = 0; index < groups.Count; index++)
        {
            foreach (var operand in groups[index].Operations.SelectMany(operation => operation.Inputs.Select(input => arranged.Operand(operation, input))))
                last[operand] = index >= end ? int.MaxValue : turns[index].Last;
        }

        return last;
    }
}
