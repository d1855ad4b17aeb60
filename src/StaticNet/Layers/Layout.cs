namespace StaticNet;

/// <summary>In which order the user's spans hold the axes of a sample.</summary>
public enum Layout
{
    /// <summary>[channel, height, width] or [channel, length].</summary>
    ChannelsFirst,

    /// <summary>[height, width, channel] or [length, channel].</summary>
    ChannelsLast,
}
