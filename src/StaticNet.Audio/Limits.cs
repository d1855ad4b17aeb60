namespace StaticNet.Audio;

/// <summary>The largest sizes that are read: numbers beyond them would be faults of a file, and sums of them stay far from overflow.</summary>
internal static class Limits
{
    public const int MostChannels = 4096, MostTaps = 1 << 16, MostDilation = 1 << 20, MostLayers = 256, MostOversampling = 16, MostSteps = 1 << 20;

    /// <summary>The most layers that a network can have.</summary>
    public const int MostNetworkLayers = 1000;
}
