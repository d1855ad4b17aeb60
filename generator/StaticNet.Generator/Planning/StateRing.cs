using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>The ring of values that a stream keeps.</summary>
/// <param name="Places">The places of the ring.</param>
/// <param name="Repeated">The first of them that stand behind the last one again, so that the steps of a block are adjacent wherever it begins.</param>
internal readonly record struct StateRing(int Places, int Repeated)
{
    /// <summary>The ring of a slot.</summary>
    /// <param name="slot">What is kept.</param>
    /// <param name="block">The most steps of a block.</param>
    public static StateRing Of(StateSlot slot, int block) => slot.IsRing ? new(checked(slot.Steps + block), block) : new(slot.Steps, 0);

    /// <summary>The places in memory.</summary>
    public int Rows => checked(Places + Repeated);
}
