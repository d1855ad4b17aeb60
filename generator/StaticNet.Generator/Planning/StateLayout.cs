using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>What lives from step to step of a stream, with its place in the stream's memory.</summary>
internal sealed class StateLayout
{
    private readonly List<StateValue> _values = [];

    public StateLayout(Plan stream)
    {
        foreach (var slot in stream.Groups.SelectMany(group => group.Head.States))
        {
            var value = new StateValue(slot, stream.Arranged.IsPlanar ? RowLayout.Tight(slot.Type) : RowLayout.Padded(slot.Type), stream.Arranged.RingOf(slot), Length);
            _values.Add(value);
            Length = checked(Length + (value.Ring.Rows * value.Rows.SampleLength));
        }
    }

    public IReadOnlyList<StateValue> Values => _values;

    /// <summary>The floats of all.</summary>
    public int Length { get; }
}
