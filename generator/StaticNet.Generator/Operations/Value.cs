using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>One sample's worth of numbers that an operation makes and others read.</summary>
internal sealed class Value(string name, TensorType type, Operation? producer)
{
    /// <summary>What the value is, unique in the network: the layer's name for a layer's output.</summary>
    public string Name { get; set; } = name;

    public TensorType Type { get; } = type;

    /// <summary>The operation that makes it; null for the network's input.</summary>
    public Operation? Producer { get; } = producer;

    /// <summary>What it consists of in memory.</summary>
    public BufferElement Element { get; init; }

    /// <summary>The steps of a sample: each has numbers of its own.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Whether one serves the whole batch, as the moments of a batch norm do; otherwise each sample has its own.</summary>
    public bool IsShared { get; init; }

    public override string ToString() => $"{Name} {Type}";
}
