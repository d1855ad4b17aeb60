namespace StaticNet;

/// <summary>
/// Inverted dropout of whole channels (the first axis): in training, each channel is zero with probability <see cref="Rate"/> and
/// scaled by 1 / (1 − rate) otherwise; at inference it is the identity. Tompson et al., 2015.
/// </summary>
/// <remarks>
/// There is one decision per channel, drawn as <see cref="DropoutAttribute"/> draws those of elements: channel c is dropped where a
/// dropout layer in this place would drop its element c.
/// </remarks>
public sealed class SpatialDropoutAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="rate">The probability that a channel is dropped, at least 0 and less than 1.</param>
    public SpatialDropoutAttribute(double rate) => Rate = rate;

    /// <summary>The probability that a channel is dropped.</summary>
    public double Rate { get; }
}
