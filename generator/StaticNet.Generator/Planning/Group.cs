using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>An operation with the element functions that are applied while its result is in a register.</summary>
internal sealed class Group(Operation head)
{
    public Operation Head { get; } = head;

    /// <summary>The element functions after the head, in order.</summary>
    public List<Elementwise> Tail { get; } = [];

    /// <summary>The values that others read, so that they are stored: outputs in order, then what is made on the way to them.</summary>
    public List<Value> Stored { get; } = [];

    /// <summary>As many samples as it computes at a time, where that is less than there is room for; otherwise 0.</summary>
    public int Chunk { get; set; }

    public Value Result => Tail.Count > 0 ? Tail[Tail.Count - 1].Output : Head.Output;

    public IEnumerable<Operation> Operations => Tail.Prepend(Head);

    /// <summary>What the group reads from memory, each once, in order.</summary>
    public IEnumerable<Value> Reads
    {
        get
        {
            var own = new HashSet<Value>(Operations.SelectMany(operation => operation.Outputs));
            return Operations.SelectMany(operation => operation.Inputs).Where(input => !own.Contains(input)).Distinct();
        }
    }
}
