namespace StaticNet;

/// <summary>The positions of [channel, length] without those at the ends, in each channel; some must remain.</summary>
public sealed class Cropping1DAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="cropping">The number of positions that are cut off at both ends, 0 or more.</param>
    public Cropping1DAttribute(int cropping) => Cropping = cropping;

    /// <summary>The number of positions that are cut off at both ends.</summary>
    public int Cropping { get; }

    /// <summary>The positions cut off at the start, 0 or more. Default: −1, which means <see cref="Cropping"/>.</summary>
    public int CroppingLeft { get; set; } = Defaults.AsAll;

    /// <summary>The positions cut off at the end, 0 or more. Default: −1, which means <see cref="Cropping"/>.</summary>
    public int CroppingRight { get; set; } = Defaults.AsAll;
}
