namespace StaticNet;

/// <summary>
/// Inverted dropout: in training, each element is zero with probability <see cref="Rate"/> and scaled by 1 / (1 − rate)
/// otherwise; at inference it is the identity. Which elements are dropped depends only on the network's seed, the layer and
/// the sample's number, so a run can be repeated with any number of threads.
/// </summary>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="rate">The probability that an element is dropped, at least 0 and less than 1.</param>
    public DropoutAttribute(double rate) => Rate = rate;

    /// <summary>The probability that an element is dropped.</summary>
    public double Rate { get; }
}
