using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Where the values of a plan are in the workspace.</summary>
internal sealed class Memory
{
    private Memory(int capacity, IReadOnlyList<Region> regions, int length, int bound)
    {
        Capacity = capacity;
        Regions = regions;
        Length = length;
        LowerBound = bound;
    }

    /// <summary>A value's place, for all samples.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Offset">The first float.</param>
    /// <param name="SampleLength">The floats of a sample; of all, for a value that all share.</param>
    /// <param name="Length">The floats of all samples.</param>
    /// <param name="Replaced">The value that it is computed in the place of, or null.</param>
    public readonly record struct Region(Value Value, int Offset, int SampleLength, int Length, Value? Replaced);

    /// <summary>The number of samples that there is room for.</summary>
    public int Capacity { get; }

    /// <summary>The places in the order in which they are written.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>The floats that all values take.</summary>
    public int Length { get; }

    /// <summary>The most floats that are needed at one time, which no placement can go below.</summary>
    public int LowerBound { get; }

    /// <summary>What the values would take if none shared memory.</summary>
    public long LengthWithoutSharing => Regions.Sum(region => (long)region.Length);

    /// <summary>Places values by the time in which they live.</summary>
    /// <param name="groups">The groups in order.</param>
    /// <param name="arranged">The layouts.</param>
    /// <param name="isKept">Whether a value is read after the last group.</param>
    /// <param name="capacity">The number of samples.</param>
    /// <param name="isSplit">
    /// Whether several threads may each run all groups for samples of their own. Then a place is only taken over by a value
    /// of the same length, so that each sample's part of it stays that sample's.
    /// </param>
    public static Memory Place(IReadOnlyList<Group> groups, Arranged arranged, Func<Value, bool> isKept, int capacity, bool isSplit)
    {
        var slots = Slot.Of(groups, arranged, isKept, capacity);
        var bound = slots.Count == 0 ? 0 : slots.Max(slot => slots.Where(other => other.First <= slot.First && slot.First <= other.Last).Sum(other => other.Length));
        var offsets = isSplit ? Placement.OfEqualLengths(slots) : Placement.Smallest(slots, bound);
        var regions = from slot in slots
                      from index in Enumerable.Range(0, slot.Values.Count)
                      let replaced = index == 0 ? null : slot.Values[index - 1]
                      select new Region(slot.Values[index], offsets[slot], slot.SampleLength, slot.Length, replaced);
        var order = groups.SelectMany(group => group.Stored.Prepend(group.Head.Scratch)).OfType<Value>().Select((value, index) => (value, index)).ToDictionary(pair => pair.value, pair => pair.index);
        return new Memory(capacity, [.. regions.OrderBy(region => order[region.Value])], Placement.Length(offsets), bound);
    }
}
