namespace StaticNet;

/// <summary>The positions of [channel, height, width] without those at the edges, in each channel; some must remain.</summary>
public sealed class Cropping2DAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="cropping">The number of positions that are cut off at all four sides, 0 or more.</param>
    public Cropping2DAttribute(int cropping) => Cropping = cropping;

    /// <summary>The number of positions that are cut off at all four sides.</summary>
    public int Cropping { get; }

    /// <summary>The positions cut off at the top, 0 or more. Default: −1, which means <see cref="Cropping"/>.</summary>
    public int CroppingTop { get; set; } = Defaults.AsAll;

    /// <summary>The positions cut off at the bottom, 0 or more. Default: −1, which means <see cref="Cropping"/>.</summary>
    public int CroppingBottom { get; set; } = Defaults.AsAll;

    /// <summary>The positions cut off on the left, 0 or more. Default: −1, which means <see cref="Cropping"/>.</summary>
    public int CroppingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The positions cut off on the right, 0 or more. Default: −1, which means <see cref="Cropping"/>.</summary>
    public int CroppingRight { get; set; } = Defaults.AsAll;
}
