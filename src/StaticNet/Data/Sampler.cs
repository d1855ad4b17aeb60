using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>
/// Chooses which samples an epoch is made of, in which order: as many as there are, but some may come several times and others not at
/// all. What it chooses depends on its seed and the epoch only.
/// </summary>
/// <remarks>A sampler may compute in memory of its own: give each loader one of its own.</remarks>
public abstract class Sampler : IDescribed
{
    /// <summary>The number of samples that it chooses from, and that an epoch has.</summary>
    public abstract int Count { get; }

    /// <summary>Chooses the samples of an epoch, without allocating.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="samples">[<see cref="Count"/>], written: numbers from 0 to <see cref="Count"/> − 1.</param>
    public abstract void Fill(int epoch, Span<int> samples);

    /// <inheritdoc/>
    /// <remarks>A sampler with its own settings overrides it and adds them.</remarks>
    public virtual void Describe(SettingList settings) => ArgumentNullException.ThrowIfNull(settings);

    /// <summary>Checks where the numbers are to go.</summary>
    /// <param name="samples">What <see cref="Fill"/> was given.</param>
    /// <exception cref="ArgumentException">The room is not exactly right.</exception>
    protected void RequireRoom(ReadOnlySpan<int> samples)
    {
        if (samples.Length != Count)
            throw new ArgumentException($"Expected room for {Count} numbers; there is room for {samples.Length}.", nameof(samples));
    }
}
