using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Where the values of a plan stand in the workspace.</summary>
internal sealed class Memory
{
    private readonly List<Region> _regions = [];

    private Memory(int capacity) => Capacity = capacity;

    /// <summary>A value's place, for all samples.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Offset">The first float.</param>
    /// <param name="SampleLength">The floats of a sample; of all, for a value that all share.</param>
    /// <param name="Length">The floats of all samples.</param>
    public readonly record struct Region(Value Value, int Offset, int SampleLength, int Length);

    /// <summary>The number of samples that there is room for.</summary>
    public int Capacity { get; }

    public IReadOnlyList<Region> Regions => _regions;

    /// <summary>The floats that all values take.</summary>
    public int Length { get; private set; }

    /// <summary>What the values would take if none shared memory.</summary>
    public long LengthWithoutSharing => _regions.Sum(region => (long)region.Length);

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
        var lives = LivesOf(groups, arranged, isKept);
        var memory = new Memory(capacity);
        foreach (var life in isSplit ? lives : lives.OrderByDescending(life => life.SampleLength).ToList())
        {
            var length = life.Value.IsShared ? life.SampleLength : checked(life.SampleLength * capacity);
            var others = memory._regions.Where(region => lives.First(other => other.Value == region.Value).Overlaps(life)).ToArray();
            bool IsFree(int offset) => others.All(other => offset + length <= other.Offset || other.Offset + other.Length <= offset);

            var places = isSplit
                ? memory._regions.Where(region => region.SampleLength == life.SampleLength && region.Value.IsShared == life.Value.IsShared).Select(region => region.Offset)
                : others.Select(other => other.Offset + other.Length).Append(0).OrderBy(offset => offset);
            var found = places.Where(IsFree).Cast<int?>().FirstOrDefault() ?? memory.Length;
            memory._regions.Add(new Region(life.Value, found, life.SampleLength, length));
            memory.Length = Math.Max(memory.Length, checked(found + length));
        }

        memory._regions.Sort((left, right) => lives.FindIndex(life => life.Value == left.Value).CompareTo(lives.FindIndex(life => life.Value == right.Value)));
        return memory;
    }

    private static List<Life> LivesOf(IReadOnlyList<Group> groups, Arranged arranged, Func<Value, bool> isKept)
    {
        var lives = new List<Life>();
        for (var index = 0; index < groups.Count; index++)
        {
            if (groups[index].Head.Scratch is { } scratch)
                lives.Add(new Life(scratch, arranged.LayoutOf(scratch).SampleLength, index, index));
            if (groups[index].Head is ParameterGradient)
                continue;
            foreach (var value in groups[index].Stored)
            {
                var last = isKept(value) ? int.MaxValue : index;
                for (var reader = index; reader < groups.Count; reader++)
                {
                    if (groups[reader].Operations.Any(operation => operation.Inputs.Any(input => arranged.Operand(operation, input) == value)))
                        last = Math.Max(last, groups[reader].Head is ParameterGradient ? int.MaxValue : reader);
                }

                lives.Add(new Life(value, arranged.LayoutOf(value).SampleLength, index, last));
            }
        }

        return lives;
    }

    /// <summary>The groups between which a value is needed, both included.</summary>
    private readonly record struct Life(Value Value, int SampleLength, int First, int Last)
    {
        public bool Overlaps(Life other) => First <= other.Last && other.First <= Last;
    }
}
