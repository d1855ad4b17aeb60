namespace StaticNet;

/// <summary>
/// Adds normally distributed noise in training; at inference it is the identity. It is a regulariser for numeric inputs, as
/// dropout is for features. The noise depends only on the network's seed, the layer, the sample's number and the element, so a
/// run can be repeated with any number of threads; <see cref="ITrainableNetwork{TSelf}.DropoutEnabled"/> switches it off too.
/// Bishop, "Training with Noise is Equivalent to Tikhonov Regularization", 1995.
/// </summary>
public sealed class GaussianNoiseAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="deviation">The standard deviation, finite and 0 or more.</param>
    public GaussianNoiseAttribute(float deviation) => Deviation = deviation;

    /// <summary>The standard deviation.</summary>
    public float Deviation { get; }
}
