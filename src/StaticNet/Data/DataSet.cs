using System.Numerics.Tensors;
using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>Samples in memory, each with an input, a target and optionally a weight.</summary>
/// <remarks>A data set does not change once it is made; splitting, taking and scaling return new ones with copied rows.</remarks>
public sealed partial class DataSet : DataSource
{
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly int[] _lengths = [];
    private readonly SamplePlaces? _places;

    /// <summary>Makes a data set from arrays, which it keeps without copying; do not change them afterwards.</summary>
    /// <param name="inputLength">Numbers per input, 1 or more.</param>
    /// <param name="targetLength">Numbers per target; 1 for a class index, 0 if there are no targets.</param>
    /// <param name="inputs">count × inputLength numbers, row-major.</param>
    /// <param name="targets">count × targetLength numbers, row-major.</param>
    /// <param name="sampleWeights">count weights, finite and 0 or more; null for none.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or a weight is negative or not finite.</exception>
    public DataSet(int inputLength, int targetLength, float[] inputs, float[] targets, float[]? sampleWeights = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetLength);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var count = inputs.Length / inputLength;
        if (inputs.Length % inputLength != 0)
            throw new ArgumentException(
                $"Expected inputs of {inputLength} numbers each; {inputs.Length} numbers are not a multiple.", nameof(inputs));
        if (targets.Length != (long)count * targetLength)
            throw new ArgumentException(
                $"Expected {count} targets of {targetLength} numbers, one for each input, but got {targets.Length} numbers.", nameof(targets));
        if (sampleWeights != null)
            ClassWeights.RequireWeights(sampleWeights, count);
        InputLength = inputLength;
        TargetLength = targetLength;
        Count = count;
        _inputs = inputs;
        _targets = targets;
        _weights = sampleWeights ?? [];
        HasSampleWeights = sampleWeights != null;
    }

    private DataSet(int inputLength, int targetLength, float[] inputs, float[] targets, float[]? sampleWeights, int[] lengths, int steps, SamplePlaces? places)
        : this(inputLength, targetLength, inputs, targets, sampleWeights) => (_lengths, SequenceSteps, _places) = (lengths, steps, places);

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int InputLength { get; }

    /// <inheritdoc/>
    public override int TargetLength { get; }

    /// <inheritdoc/>
    public override bool HasSampleWeights { get; }

    /// <summary>All inputs, [<see cref="Count"/>, <see cref="InputLength"/>] row-major.</summary>
    public ReadOnlySpan<float> Inputs => _inputs;

    /// <summary>All targets, [<see cref="Count"/>, <see cref="TargetLength"/>] row-major.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>All sample weights; empty if there are none.</summary>
    public ReadOnlySpan<float> SampleWeights => _weights;

    /// <inheritdoc/>
    public override int SequenceSteps { get; }

    /// <summary>The steps of each sample's sequence; empty if no lengths are given.</summary>
    public ReadOnlySpan<int> SequenceLengths => _lengths;

    /// <summary>The input of one sample.</summary>
    /// <param name="sample">Its number, 0 to <see cref="Count"/> − 1.</param>
    /// <returns><see cref="InputLength"/> numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> Input(int sample) => (uint)sample < (uint)Count
        ? Inputs.Slice(sample * InputLength, InputLength)
        : throw NoSuchSample(nameof(sample), sample);

    /// <summary>The target of one sample.</summary>
    /// <param name="sample">Its number, 0 to <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TargetLength"/> numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> Target(int sample) => (uint)sample < (uint)Count
        ? Targets.Slice(sample * TargetLength, TargetLength)
        : throw NoSuchSample(nameof(sample), sample);

    /// <inheritdoc/>
    public override string PlaceOf(int sample)
    {
        RequireSamples([sample]);
        return _places?.Of(sample) ?? base.PlaceOf(sample);
    }

    /// <summary>The same data set with your own names for samples in messages, such as the lines of a file or the keys of a
    /// database.</summary>
    /// <param name="placeOf">Returns the phrase for the number of a sample, such as <c>line 6 of iris.csv</c>.</param>
    /// <returns>A data set with the same arrays. Data sets made from it, such as the parts of a split, keep the names.</returns>
    public DataSet WithPlaces(Func<int, string> placeOf)
    {
        ArgumentNullException.ThrowIfNull(placeOf);
        return With(_inputs, TargetLength, _targets, HasSampleWeights ? _weights : null, new SamplePlaces(placeOf, null));
    }

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        Require(samples, InputLength, inputs);
        CopyRows(_inputs, InputLength, samples, inputs);
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, TargetLength, targets);
        CopyRows(_targets, TargetLength, samples, targets);
    }

    /// <inheritdoc/>
    public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
    {
        if (!HasSampleWeights)
        {
            base.GatherSampleWeights(samples, weights);
            return;
        }
        Require(samples, 1, weights);
        CopyRows(_weights, 1, samples, weights);
    }

    /// <inheritdoc/>
    public override void GatherSequenceLengths(ReadOnlySpan<int> samples, Span<int> lengths)
    {
        if (SequenceSteps == 0)
        {
            base.GatherSequenceLengths(samples, lengths);
            return;
        }

        RequireSequences(samples, lengths);
        for (var i = 0; i < samples.Length; i++)
            lengths[i] = _lengths[samples[i]];
    }

    /// <summary>The samples of those numbers, in that order; a number may be repeated.</summary>
    /// <param name="samples">Numbers from 0 to <see cref="Count"/> − 1.</param>
    /// <returns>A data set of copies.</returns>
    /// <exception cref="ArgumentException">The result would be larger than an array can be.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not from 0 to <see cref="Count"/> − 1.</exception>
    public override DataSet Subset(ReadOnlySpan<int> samples)
    {
        if ((long)samples.Length * Math.Max(InputLength, TargetLength) > Array.MaxLength)
        {
            throw new ArgumentException(
                $"Expected at most {Array.MaxLength} numbers in a data set; {samples.Length} samples have more.", nameof(samples));
        }
        RequireSamples(samples);
        var inputs = new float[samples.Length * InputLength];
        var targets = new float[samples.Length * TargetLength];
        var weights = HasSampleWeights ? new float[samples.Length] : null;
        var lengths = new int[SequenceSteps > 0 ? samples.Length : 0];
        Gather(samples, inputs, targets, weights);
        if (SequenceSteps > 0)
            GatherSequenceLengths(samples, lengths);
        return new(InputLength, TargetLength, inputs, targets, weights, lengths, SequenceSteps, (_places ?? new SamplePlaces(base.PlaceOf, null)).Subset(samples));
    }

    /// <summary>The first <paramref name="count"/> samples, or all if there are fewer.</summary>
    /// <param name="count">0 or more.</param>
    /// <returns>A data set of copies.</returns>
    public DataSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[Math.Min(count, Count)];
        FillOrder(order);
        return Subset(order);
    }

    /// <summary>Divides the samples at random into two data sets.</summary>
    /// <param name="firstFraction">The fraction of the first, 0 to 1; its count is rounded to the nearest number.</param>
    /// <param name="seed">The same seed produces the same division.</param>
    /// <param name="stratified">Whether every class is divided in the same proportion (to within one sample). The class
    /// is the target itself if it is one number, and the index of the largest number if it is several.</param>
    /// <returns>Two data sets of copies, each in random order.</returns>
    /// <exception cref="ArgumentException">The fraction is not from 0 to 1, or stratified without targets.</exception>
    public (DataSet First, DataSet Second) Split(double firstFraction, ulong seed, bool stratified = false)
    {
        if (!(firstFraction >= 0 && firstFraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(firstFraction), firstFraction, "Expected a fraction from 0 to 1.");
        var parts = DataSplit.Divide(this, [firstFraction], seed, stratified);
        return (Subset(parts[0].AsSpan()), Subset(parts[1].AsSpan()));
    }

    /// <summary>Divides the samples at random into three data sets; the third gets what the others leave.</summary>
    /// <param name="trainFraction">The fraction of the first, 0 to 1.</param>
    /// <param name="validationFraction">The fraction of the second, 0 to 1 − <paramref name="trainFraction"/>.</param>
    /// <param name="seed">The same seed produces the same division.</param>
    /// <param name="stratified">Whether every class is divided in the same proportions; see <see cref="DataSplit"/>.</param>
    /// <returns>Three data sets of copies, each in random order.</returns>
    /// <exception cref="ArgumentException">A fraction is not allowed, or stratified without targets.</exception>
    public (DataSet Train, DataSet Validation, DataSet Test) Split(
        double trainFraction, double validationFraction, ulong seed, bool stratified = false)
    {
        var parts = DataSplit.Divide(this, [trainFraction, validationFraction], seed, stratified);
        return (Subset(parts[0].AsSpan()), Subset(parts[1].AsSpan()), Subset(parts[2].AsSpan()));
    }

    /// <summary>The same samples with inputs that <paramref name="scaler"/> has been applied to.</summary>
    /// <param name="scaler">A scaler of <see cref="InputLength"/> features, or of one.</param>
    /// <returns>A data set whose inputs are copies.</returns>
    /// <exception cref="ArgumentException">The scaler is for another number of features.</exception>
    public override DataSet ScaleInputs(Scaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        scaler.RequireRow(InputLength);
        var scaled = Inputs.ToArray();
        scaler.Apply(scaled);
        return With(scaled, TargetLength, _targets, HasSampleWeights ? _weights : null, _places);
    }

    /// <summary>The same samples with targets that <paramref name="scaler"/> has been applied to.</summary>
    /// <param name="scaler">A scaler of <see cref="TargetLength"/> features, or of one.</param>
    /// <returns>A data set whose targets are copies.</returns>
    /// <exception cref="ArgumentException">The scaler is for another number of features.</exception>
    public override DataSet ScaleTargets(Scaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        scaler.RequireRow(TargetLength);
        var scaled = Targets.ToArray();
        scaler.Apply(scaled);
        return With(_inputs, TargetLength, scaled, HasSampleWeights ? _weights : null, _places);
    }

    /// <inheritdoc/>
    public override DataSet WithSampleWeights(ReadOnlySpan<float> sampleWeights) =>
        With(_inputs, TargetLength, _targets, sampleWeights.ToArray(), _places);

    /// <inheritdoc/>
    public override DataSet WithClassWeights(ReadOnlySpan<float> classWeights) =>
        With(_inputs, TargetLength, _targets, ClassWeights.ForSamples(this, classWeights), _places);

    /// <inheritdoc/>
    public override DataSet ToOneHot(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var indices = OneHotSource.IndicesOf(this, classes);
        if ((long)Count * classes > Array.MaxLength)
            throw new ArgumentException(
                $"Expected targets of at most {Array.MaxLength} numbers; {Count} samples of {classes} classes have more.", nameof(classes));
        var targets = new float[Count * classes];
        for (var i = 0; i < indices.Length; i++)
        {
            // Of an ignored sample, no class.
            if (indices[i] >= 0)
                targets[(i * classes) + indices[i]] = 1f;
        }

        return With(_inputs, classes, targets, HasSampleWeights ? _weights : null, _places);
    }

    private DataSet With(float[] inputs, int targetLength, float[] targets, float[]? weights, SamplePlaces? places) =>
        new(InputLength, targetLength, inputs, targets, weights, _lengths, SequenceSteps, places);

    private static void CopyRows(float[] rows, int length, ReadOnlySpan<int> samples, Span<float> destination)
    {
        for (var i = 0; i < samples.Length; i++)
            rows.AsSpan(samples[i] * length, length).CopyTo(destination[(i * length)..]);
    }

    private ArgumentOutOfRangeException NoSuchSample(string parameter, int sample) =>
        new(parameter, sample, $"Expected numbers of samples from 0 to {Count - 1}.");
}
