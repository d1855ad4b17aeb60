namespace StaticNet;

/// <summary>x · scale + <see cref="Offset"/>, element by element, with two fixed numbers.</summary>
public sealed class RescalingAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="scale">The factor, any finite number: 1f / 255 scales pixels to 0 … 1.</param>
    public RescalingAttribute(float scale) => Scale = scale;

    /// <summary>The factor.</summary>
    public float Scale { get; }

    /// <summary>What is added after scaling, any finite number. Default: 0.</summary>
    public float Offset { get; set; }
}
