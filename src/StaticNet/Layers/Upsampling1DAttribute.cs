namespace StaticNet;

/// <summary>[channel, length] to [channel, length · scale], in each channel separately.</summary>
public sealed class Upsampling1DAttribute : UpsamplingAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="scale">The factor of the length, 1 or more.</param>
    public Upsampling1DAttribute(int scale)
        : base(scale)
    {
    }
}
