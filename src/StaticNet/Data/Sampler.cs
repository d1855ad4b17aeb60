using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>
/// Chooses the samples of an epoch and their order: as many as there are, but some may be repeated and others missing. The choice
/// depends only on its seed and the epoch.
/// </summary>
/// <remarks>A sampler may use its own memory: create a separate one for each loader.</remarks>
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

    /// <summary>Checks the span for the numbers.</summary>
    /// <param name="samples">The span passed to <see cref="Fill"/>.</param>
    /// <exception cref="ArgumentException">The span does not have the exact length.</exception>
    protected void RequireRoom(ReadOnlySpan<int> samples)
    {
        if (samples.Length != Count)
            throw new ArgumentException($"Expected room for {Count} numbers; there is room for {samples.Length}.", nameof(samples));
    }
}
