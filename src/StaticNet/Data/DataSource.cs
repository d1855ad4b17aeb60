using System.Globalization;
using System.Numerics.Tensors;

namespace StaticNet.Data;

/// <summary>
/// Samples that can be accessed by number, wherever they are: in memory (<see cref="DataSet"/>), in mapped files
/// (<see cref="MappedSource"/>), or a source of your own.
/// </summary>
/// <remarks>
/// A source must not change, and gathering must not allocate. A <see cref="DataLoader"/> that prefetches gathers on a separate
/// thread, so a source that several loaders use at the same time must allow that, as all sources of this library do.
/// </remarks>
public abstract class DataSource
{
    private const int Chunk = 1024;

    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Numbers per input, 1 or more.</summary>
    public abstract int InputLength { get; }

    /// <summary>Numbers per target; 1 for a class index, 0 if there are no targets.</summary>
    public abstract int TargetLength { get; }

    /// <summary>Whether the samples have weights.</summary>
    public virtual bool HasSampleWeights => false;

    /// <summary>How messages name a sample: where it is in the user's own data.</summary>
    /// <param name="sample">Its number, 0 to <see cref="Count"/> − 1.</param>
    /// <returns>A phrase such as <c>sample 4</c>, <c>line 6 of iris.csv</c> or the path of an image. Sources that are made from
    /// others return the place there.</returns>
    public virtual string PlaceOf(int sample) => string.Create(CultureInfo.InvariantCulture, $"sample {sample}");

    /// <summary>Copies the inputs of samples, one after the other.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1; a number may be repeated.</param>
    /// <param name="inputs">[samples, <see cref="InputLength"/>], written.</param>
    /// <exception cref="ArgumentException">A number is not allowed, or the span does not have the exact length.</exception>
    public abstract void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs);

    /// <summary>Copies the targets of samples, one after the other.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1; a number may be repeated.</param>
    /// <param name="targets">[samples, <see cref="TargetLength"/>], written.</param>
    /// <exception cref="ArgumentException">A number is not allowed, or the span does not have the exact length.</exception>
    public abstract void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets);

    /// <summary>Copies the weights of samples; 1 for each if the source has none.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1; a number may be repeated.</param>
    /// <param name="weights">[samples], written.</param>
    /// <exception cref="ArgumentException">A number is not allowed, or the span does not have the exact length.</exception>
    public virtual void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
    {
        Require(samples, 1, weights);
        weights.Fill(1f);
    }

    /// <summary>
    /// The steps for which a sample has room, if the samples are sequences of different lengths (<see cref="GatherSequenceLengths"/>);
    /// 0 (the default) if no lengths are given.
    /// </summary>
    public virtual int SequenceSteps => 0;

    /// <summary>Copies the numbers of steps of sequences.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1; a number may be repeated.</param>
    /// <param name="lengths">[samples], written: 1 to <see cref="SequenceSteps"/> each.</param>
    /// <exception cref="ArgumentException">A number is not allowed, or the span does not have the exact length.</exception>
    /// <exception cref="InvalidOperationException">The samples have no sequence lengths: <see cref="SequenceSteps"/> is 0.</exception>
    public virtual void GatherSequenceLengths(ReadOnlySpan<int> samples, Span<int> lengths) =>
        throw new InvalidOperationException("Expected samples that are sequences of different lengths; these have no lengths. WithSequenceLengths sets them.");

    /// <summary>Copies inputs, targets and, if the source has them, weights of samples.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1; a number may be repeated.</param>
    /// <param name="inputs">[samples, <see cref="InputLength"/>], written.</param>
    /// <param name="targets">[samples, <see cref="TargetLength"/>], written.</param>
    /// <param name="weights">[samples], written; ignored if the source has none.</param>
    /// <exception cref="ArgumentException">A number is not allowed, or the span does not have the exact length.</exception>
    public void Gather(ReadOnlySpan<int> samples, Span<float> inputs, Span<float> targets, Span<float> weights)
    {
        GatherInputs(samples, inputs);
        GatherTargets(samples, targets);
        if (HasSampleWeights)
            GatherSampleWeights(samples, weights);
    }

    /// <summary>The samples of those numbers, in that order; a number may be repeated.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1.</param>
    /// <returns>A source that reads this one.</returns>
    /// <exception cref="ArgumentException">A number is not from 0 to <see cref="Count"/> − 1, or there are too many.</exception>
    public virtual DataSource Subset(ReadOnlySpan<int> samples) => new SubsetSource(this, samples);

    /// <summary>The samples of several sources, one source after the other.</summary>
    /// <param name="sources">One or more, with inputs and targets of the same lengths. If some sources have weights, those
    /// without them have 1 for each sample; likewise for the lengths of sequences and all steps.</param>
    /// <returns>A source that reads them.</returns>
    /// <exception cref="ArgumentException">There is no source, lengths differ, or there are too many samples.</exception>
    public static DataSource Concat(params ReadOnlySpan<DataSource> sources) => new ConcatenatedSource(sources);

    /// <summary>
    /// Sources side by side, for a network with several inputs or losses: sample i has the inputs of sample i of each source, one
    /// after the other, and likewise its targets.
    /// </summary>
    /// <param name="sources">One or more with the same number of samples, in the order of the network's inputs; those without
    /// targets add none. At most one has weights.</param>
    /// <returns>A source that reads them.</returns>
    /// <exception cref="ArgumentException">There is no source, the numbers of samples differ, or several have
    /// weights.</exception>
    public static DataSource Zip(params ReadOnlySpan<DataSource> sources) => new ZippedSource(sources);

    /// <summary>
    /// The same samples, with the weight 0 where the target is a certain number, which means that it is unknown. Such a sample
    /// does not count in training and metrics, whatever its target, but is one of the samples over which a loss is averaged;
    /// <see cref="Subset"/> removes it altogether.
    /// </summary>
    /// <param name="target">The number, −1 or −100 in most data; PyTorch's <c>ignore_index</c>.</param>
    /// <returns>A source with weights.</returns>
    /// <exception cref="ArgumentException">Targets are not one number.</exception>
    public DataSource WithIgnoredTarget(float target)
    {
        if (TargetLength != 1)
            throw new ArgumentException($"Expected targets of one number, one of which is ignored; they have {TargetLength} numbers.", nameof(target));
        var (order, weights) = (new int[Count], new float[Count]);
        FillOrder(order);
        GatherSampleWeights(order, weights);
        var targets = ReadClasses();
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i].Equals(target))
                weights[i] = 0;
        }

        return WithSampleWeights(weights);
    }

    /// <summary>The same samples with inputs that <paramref name="scaler"/> is applied to.</summary>
    /// <param name="scaler">A scaler whose rows divide an input.</param>
    /// <returns>A source that scales as it gathers.</returns>
    /// <exception cref="ArgumentException">The scaler is for another number of features.</exception>
    public virtual DataSource ScaleInputs(Scaler scaler) => new ScaledSource(this, scaler, null);

    /// <summary>The same samples with targets that <paramref name="scaler"/> is applied to.</summary>
    /// <param name="scaler">A scaler whose rows divide a target.</param>
    /// <returns>A source that scales as it gathers.</returns>
    /// <exception cref="ArgumentException">The scaler is for another number of features.</exception>
    public virtual DataSource ScaleTargets(Scaler scaler) => new ScaledSource(this, null, scaler);

    /// <summary>The same samples with these weights instead of any that they have.</summary>
    /// <param name="sampleWeights">A weight for each sample, finite and 0 or more.</param>
    /// <returns>A source with weights.</returns>
    /// <exception cref="ArgumentException">There is not one for each sample, or one is not allowed.</exception>
    public virtual DataSource WithSampleWeights(ReadOnlySpan<float> sampleWeights) => new WeightedSource(this, sampleWeights);

    /// <summary>The same samples as sequences of different lengths, instead of any lengths that they have.</summary>
    /// <param name="sequenceLengths">The steps of each sample's sequence, 1 to <paramref name="steps"/>. Steps after the last one do not count:
    /// inputs there are read as zeros, and targets there can be any finite numbers.</param>
    /// <param name="steps">The steps for which each sample has room: those of the network.</param>
    /// <returns>A source with sequence lengths; see <see cref="Batch.SequenceLengths"/> for what they mean.</returns>
    /// <exception cref="ArgumentException">There is not one length for each sample, a length is outside its range, or inputs are not that
    /// many steps of the same number of numbers.</exception>
    /// <example><code>var data = new DataSet(200 * 9, 1, inputs, classes).WithSequenceLengths(lengths, steps: 200);</code></example>
    public virtual DataSource WithSequenceLengths(ReadOnlySpan<int> sequenceLengths, int steps) => new SequenceSource(this, sequenceLengths, steps);

    /// <summary>The same samples, with the weight of each multiplied by that of its class; see
    /// <see cref="ClassWeights"/>.</summary>
    /// <param name="classWeights">A weight for each class, finite and 0 or more.</param>
    /// <returns>A source with weights.</returns>
    /// <exception cref="ArgumentException">A target is not one of those classes, or a weight is not allowed.</exception>
    public virtual DataSource WithClassWeights(ReadOnlySpan<float> classWeights) =>
        WithSampleWeights(ClassWeights.ForSamples(this, classWeights));

    /// <summary>The same samples with a target of 0 and 1 for each class instead of the class index.</summary>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <returns>A source with targets of <paramref name="classes"/> numbers.</returns>
    /// <exception cref="ArgumentException">A target is not one index from 0 to <paramref name="classes"/> − 1.</exception>
    public virtual DataSource ToOneHot(int classes) => new OneHotSource(this, classes);

    /// <summary>Writes 0, 1, 2, …</summary>
    internal static void FillOrder(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
    }

    /// <summary>
    /// The class of each sample: the target itself where it is one number, the index of the largest where it is several.
    /// </summary>
    internal float[] ReadClasses()
    {
        if (TargetLength == 0)
            throw new ArgumentException("Expected targets that are class indices; these samples have no targets.");
        var classes = new float[Count];
        var samples = new int[Math.Min(Count, Chunk)];
        var targets = new float[samples.Length * TargetLength];
        for (var start = 0; start < Count; start += Chunk)
        {
            var chunk = samples.AsSpan(0, Math.Min(Chunk, Count - start));
            for (var i = 0; i < chunk.Length; i++)
                chunk[i] = start + i;
            var rows = targets.AsSpan(0, chunk.Length * TargetLength);
            GatherTargets(chunk, rows);
            for (var i = 0; i < chunk.Length; i++)
                classes[start + i] = TargetLength == 1 ? rows[i] : TensorPrimitives.IndexOfMax<float>(rows.Slice(i * TargetLength, TargetLength));
        }
        return classes;
    }

    /// <summary>The class of each sample as an index; −1 where a sample of weight 0 has none of them.</summary>
    /// <exception cref="ArgumentException">A target is not an index from 0 to <paramref name="classes"/> − 1.</exception>
    internal int[] ReadClassIndices(int classes)
    {
        var values = ReadClasses();
        var indices = new int[values.Length];
        var weight = new float[1];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0 && values[i] < classes && values[i] == MathF.Floor(values[i]))
            {
                indices[i] = (int)values[i];
                continue;
            }

            GatherSampleWeights([i], weight);
            if (weight[0] != 0)
                throw new ArgumentException(
                    $"Expected targets that are indices of {classes} classes, 0 to {classes - 1}; that of {PlaceOf(i)} is {values[i]}.");
            indices[i] = -1;
        }
        return indices;
    }

    /// <summary>Checks the arguments of a gathering method.</summary>
    /// <param name="samples">The numbers of samples.</param>
    /// <param name="length">Numbers per sample.</param>
    /// <param name="destination">The span that they are copied to.</param>
    /// <exception cref="ArgumentException">A number is not from 0 to <see cref="Count"/> − 1, or the room is not exactly
    /// right.</exception>
    protected void Require(ReadOnlySpan<int> samples, int length, ReadOnlySpan<float> destination)
    {
        if (destination.Length != (long)samples.Length * length)
            throw new ArgumentException(
                $"Expected room for {samples.Length} × {length} numbers; there is room for {destination.Length}.", nameof(destination));
        RequireSamples(samples);
    }

    /// <summary>Checks the arguments of <see cref="GatherSequenceLengths"/>.</summary>
    /// <param name="samples">The numbers of samples.</param>
    /// <param name="lengths">The span that their lengths are copied to.</param>
    /// <exception cref="ArgumentException">A number is not from 0 to <see cref="Count"/> − 1, or the room is not exactly
    /// right.</exception>
    protected void RequireSequences(ReadOnlySpan<int> samples, ReadOnlySpan<int> lengths)
    {
        if (lengths.Length != samples.Length)
            throw new ArgumentException($"Expected room for {samples.Length} sequence lengths; there is room for {lengths.Length}.", nameof(lengths));
        RequireSamples(samples);
    }

    /// <summary>Checks the numbers of samples.</summary>
    /// <param name="samples">The numbers of samples.</param>
    /// <exception cref="ArgumentException">A number is not from 0 to <see cref="Count"/> − 1.</exception>
    protected void RequireSamples(ReadOnlySpan<int> samples)
    {
        foreach (var sample in samples)
        {
            if ((uint)sample >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(samples), sample, $"Expected numbers of samples from 0 to {Count - 1}.");
        }
    }
}
