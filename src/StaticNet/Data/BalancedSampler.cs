using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>
/// Draws every class equally often (label shuffle): an epoch has as many samples as the source, the classes share them equally
/// (to within one), and the samples of each class are repeated in random orders until its share is full.
/// </summary>
public sealed class BalancedSampler : Sampler
{
    private readonly ulong _seed;
    private readonly int[] _byClass;
    private readonly int[] _starts;
    private readonly int[] _shuffled;

    /// <summary>Makes a sampler.</summary>
    /// <param name="data">
    /// Samples whose class is the target itself if it is one number, and the index of the largest if it is several.
    /// </param>
    /// <param name="seed">The same seed produces the same samples.</param>
    /// <exception cref="ArgumentException">There are no samples, or they have no targets.</exception>
    public BalancedSampler(DataSource data, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException("Expected at least one sample; there are none.", nameof(data));
        var classes = data.ReadClasses();
        _seed = seed;
        _byClass = new int[data.Count];
        DataSource.FillOrder(_byClass);
        _byClass = [.. _byClass.OrderBy(sample => classes[sample])];
        var starts = new List<int>();
        for (var i = 0; i < _byClass.Length; i++)
        {
            if (i == 0 || !classes[_byClass[i]].Equals(classes[_byClass[i - 1]]))
                starts.Add(i);
        }
        _starts = [.. starts, _byClass.Length];
        _shuffled = new int[data.Count];
    }

    /// <inheritdoc/>
    public override int Count => _byClass.Length;

    /// <summary>The number of classes that have samples.</summary>
    public int Classes => _starts.Length - 1;

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("seed", _seed);
        settings.Add("classes", Classes);
        settings.Add<int>("samples_by_class", _byClass);
    }

    /// <inheritdoc/>
    public override void Fill(int epoch, Span<int> samples)
    {
        RequireRoom(samples);
        var random = new RandomStream(_seed, (ulong)epoch);
        var written = 0;
        // Which classes get one sample more than others changes from epoch to epoch.
        var firstClass = epoch % Classes;
        for (var k = 0; k < Classes; k++)
        {
            var index = (firstClass + k) % Classes;
            var members = _byClass.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
            var shuffled = _shuffled.AsSpan(0, members.Length);
            for (var share = (Count / Classes) + (k < Count % Classes ? 1 : 0); share > 0;)
            {
                members.CopyTo(shuffled);
                random.Shuffle(shuffled);
                var take = Math.Min(share, members.Length);
                shuffled[..take].CopyTo(samples[written..]);
                written += take;
                share -= take;
            }
        }
        random.Shuffle(samples);
    }
}
