namespace StaticNet.Audio.Drafts;

/// <summary>What a layer of a draft computes at each step.</summary>
/// <param name="Node">The layer's number; −1 for the input.</param>
/// <param name="Channels">The channels.</param>
/// <param name="All">The channels that the file has weights for: more than <paramref name="Channels"/> where a capture is made smaller.</param>
internal readonly record struct DraftValue(int Node, int Channels, int All)
{
    public DraftValue(int node, int channels)
        : this(node, channels, channels)
    {
    }

    public DraftSize Size => new(Channels, All);
}
