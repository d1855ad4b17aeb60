namespace StaticNet;

/// <summary>[channel, height, width] to [channel, height · scale, width · scale], in each channel separately.</summary>
public sealed class Upsampling2DAttribute : UpsamplingAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="scale">The factor of height and width, 1 or more.</param>
    public Upsampling2DAttribute(int scale)
        : base(scale)
    {
    }

    /// <summary>The factor of the height, 1 or more. Default: 0, which means <see cref="UpsamplingAttribute.Scale"/>.</summary>
    public int ScaleHeight { get; set; }

    /// <summary>The factor of the width, 1 or more. Default: 0, which means <see cref="UpsamplingAttribute.Scale"/>.</summary>
    public int ScaleWidth { get; set; }
}
