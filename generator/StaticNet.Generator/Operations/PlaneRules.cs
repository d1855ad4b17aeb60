using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>What operations do with planes, which have the pixels of a row as lanes.</summary>
internal static class PlaneRules
{
    /// <summary>Up to this many channels in planes are read pixel by pixel, as they are.</summary>
    public const int FewChannels = 8;

    /// <summary>Whether pooling works on planes: windows of two columns, taken apart in registers.</summary>
    public static bool Pools(IReadOnlyList<WindowedAxis> axes) => axes.All(axis => axis is { Kernel: 2, Stride: 2, Dilation: 1, IsInside: true });

    /// <summary>Whether lanes are better filled with pixels of a row than with channels.</summary>
    public static bool FillsLanes(TensorType type) => (long)Lanes.Pad(type.Channels) * type.Pixels[type.Pixels.Count - 1] > (long)Lanes.Pad(type.Pixels[type.Pixels.Count - 1]) * type.Channels;
}
