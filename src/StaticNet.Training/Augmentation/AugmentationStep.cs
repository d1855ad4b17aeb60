using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>One random change of training samples; see <see cref="AugmentationPipeline"/>. It holds no state.</summary>
public abstract class AugmentationStep : IDescribed
{
    /// <summary>Checks that the step suits the images and targets.</summary>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="targetLength">Numbers per target.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public virtual void Check(ImageShape shape, int targetLength)
    {
    }

    /// <inheritdoc/>
    /// <remarks>A step with its own settings overrides it and adds them.</remarks>
    public virtual void Describe(SettingList settings) => ArgumentNullException.ThrowIfNull(settings);

    /// <summary>Changes a batch in place, without allocating.</summary>
    /// <param name="batch">The batch.</param>
    public abstract void Apply(AugmentedBatch batch);

    /// <summary>Checks a probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    private protected static float RequireProbability(float probability) => probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "Expected a probability from 0 to 1.");

    /// <summary>Checks how far a draw may go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to <paramref name="largest"/>.</exception>
    private protected static float RequireAmount(float amount, string name, float largest = float.MaxValue) =>
        amount >= 0 && amount <= largest
            ? amount
            : throw new ArgumentOutOfRangeException(name, amount, $"Expected an amount from 0 to {largest}.");

    /// <summary>A uniform number between two.</summary>
    private protected static float Uniform(ref RandomStream random, float lower, float upper) =>
        lower + ((upper - lower) * random.NextSingle());
}

/// <summary>A random change of each image separately.</summary>
public abstract class ImageAugmentation : AugmentationStep
{
    /// <inheritdoc/>
    public sealed override void Apply(AugmentedBatch batch)
    {
        var scratch = batch.InputScratch[..batch.Shape.Length];
        for (var i = 0; i < batch.Count; i++)
        {
            var random = batch.Random(i);
            Apply(batch.Shape, batch.Image(i), scratch, ref random);
        }
    }

    /// <summary>Changes one image in place, without allocating.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="image">The image.</param>
    /// <param name="scratch">Memory for an image, with undefined content.</param>
    /// <param name="random">The random numbers from which the change is drawn.</param>
    public abstract void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random);
}
