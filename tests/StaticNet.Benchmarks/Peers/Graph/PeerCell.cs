namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>The kind of a recurrent layer's cell.</summary>
internal enum PeerCell
{
    /// <summary>A gated recurrent unit, reset after the product.</summary>
    Gru,

    /// <summary>A long short-term memory.</summary>
    Lstm,
}
