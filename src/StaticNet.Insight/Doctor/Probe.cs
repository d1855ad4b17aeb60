using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Insight;

/// <summary>Some samples of a source, spread over all of it, at which a network is looked at. Samples of weight 0 are not among them.</summary>
internal sealed class Probe
{
    /// <summary>The numbers that inputs, targets or outputs have at most, 64 MB.</summary>
    private const int MostNumbers = 1 << 24;

    private readonly DataSource _samples;
    private readonly NetworkDescription _network;
    private readonly int[] _labels = [];
    private float[]? _inputs;

    private Probe(DataSource data, int[] samples, NetworkDescription network)
    {
        (All, _samples, _network) = (data, data.Subset(samples), network);
        var order = new int[Count];
        DataSource.FillOrder(order);
        Targets = new float[Count * TargetLength];
        _samples.GatherTargets(order, Targets);
        Lengths = new int[_samples.SequenceSteps > 0 ? Count : 0];
        if (Lengths.Length > 0)
            _samples.GatherSequenceLengths(order, Lengths);
        if (Classes(network) is { } classes)
            _labels = _samples.ReadClassIndices(classes.ClassCount);
    }

    /// <summary>The source that the samples are from.</summary>
    public DataSource All { get; }

    public int Count => _samples.Count;

    public int InputLength => _samples.InputLength;

    public int TargetLength => _samples.TargetLength;

    /// <summary>In the user's numbers.</summary>
    public float[] Inputs => _inputs ??= ReadInputs();

    /// <summary>In the user's numbers.</summary>
    public float[] Targets { get; }

    /// <summary>The steps that each sequence has; none if the samples have no lengths.</summary>
    public int[] Lengths { get; }

    /// <summary>Takes samples: all, or as many as are asked for.</summary>
    /// <param name="data">The samples, in the user's numbers.</param>
    /// <param name="network">The network that they are for.</param>
    /// <param name="most">How many at most; fewer where they have many numbers.</param>
    /// <param name="name">What the samples are called in messages.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, a label is none of its classes, or no sample counts.</exception>
    public static Probe Of(DataSource data, NetworkDescription network, int most, string name)
    {
        if (data.Count == 0 || data.InputLength != network.InputLength || data.TargetLength != network.TargetLength)
        {
            throw new ArgumentException(
                $"Expected samples with {network.InputLength} inputs and {network.TargetLength} targets for {network.Name}; there are {data.Count} with {data.InputLength} and {data.TargetLength}.", name);
        }

        NetworkGuard.CheckSteps(data, network, name);
        var counted = Counted(data);
        var (count, longest) = (counted?.Length ?? data.Count, Math.Max(Math.Max(data.InputLength, data.TargetLength), network.OutputLength));
        if (count == 0)
            throw new ArgumentException($"Expected samples with a weight above 0; all of {data.Count} have the weight 0.", name);
        var samples = new int[Math.Min(count, Math.Clamp(MostNumbers / longest, 1, most))];
        var random = new RandomStream(seed: 0);
        for (var part = 0; part < samples.Length; part++)
        {
            // One of each part, at random: spread over all, though not in step with an order that samples are in.
            var (begin, end) = ((int)((long)part * count / samples.Length), (int)((part + 1L) * count / samples.Length));
            var place = begin + random.NextInt32(end - begin);
            samples[part] = counted?[place] ?? place;
        }

        return new Probe(data, samples, network);
    }

    /// <summary>How the source names a sample.</summary>
    public string PlaceOf(int sample) => _samples.PlaceOf(sample);

    /// <summary>The input of a sample, in the user's numbers.</summary>
    public float[] Input(int sample)
    {
        var input = new float[InputLength];
        _samples.GatherInputs([sample], input);
        return input;
    }

    /// <summary>The class of a sample, if the network chooses among classes.</summary>
    public int Label(int sample) => _labels[sample];

    /// <summary>The weight of each sample, above 0.</summary>
    public double[] Weights()
    {
        var (order, weights) = (new int[Count], new float[Count]);
        DataSource.FillOrder(order);
        _samples.GatherSampleWeights(order, weights);
        return [.. weights.Select(weight => (double)weight)];
    }

    /// <summary>Whether a number of a sample's targets is of a step that its sequence has.</summary>
    public bool HasTarget(int sample, int target) =>
        _network.OutputSteps == 1 || Lengths.Length == 0 || target / (TargetLength / _network.OutputSteps) < _network.OutputStepsOf(Lengths[sample]);

    /// <summary>The targets as the network learns them.</summary>
    public float[] ScaledTargets(Trainer trainer)
    {
        var targets = (float[])Targets.Clone();
        trainer.Weights.Scaling.Targets?.Apply(targets);
        return targets;
    }

    /// <summary>The inputs as the network gets them.</summary>
    public float[] ScaledInputs(Trainer trainer)
    {
        var inputs = (float[])Inputs.Clone();
        trainer.Weights.Scaling.Inputs?.Apply(inputs);
        return inputs;
    }

    /// <summary>What the network computes for them, in the user's numbers.</summary>
    public float[] Outputs(Trainer trainer) => trainer.Predict(_samples);

    /// <summary>The loss that chooses among classes, if the network has it alone.</summary>
    public static ClassDecision? Classes(NetworkDescription description) =>
        description.Losses is [var loss] && loss.OutputOffset == 0 && loss.OutputLength == description.OutputLength && description.OutputSteps == 1
        && ClassDecision.Of(loss) is { IsBinary: false } decision ? decision : null;

    /// <summary>The loss over numbers, if the network has it alone.</summary>
    public static LossDescription? Numbers(NetworkDescription description) =>
        description.Losses is [var loss] && loss.OutputOffset == 0 && loss.OutputLength == description.OutputLength
        && loss.Kind is LossKind.MeanSquaredError or LossKind.HalfSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber ? loss : null;

    private float[] ReadInputs()
    {
        var order = new int[Count];
        DataSource.FillOrder(order);
        var inputs = new float[Count * InputLength];
        _samples.GatherInputs(order, inputs);
        return inputs;
    }

    /// <returns>The samples with a weight above 0; null for all.</returns>
    private static int[]? Counted(DataSource data)
    {
        if (!data.HasSampleWeights)
            return null;
        var (order, weights) = (new int[data.Count], new float[data.Count]);
        DataSource.FillOrder(order);
        data.GatherSampleWeights(order, weights);
        return [.. order.Where(sample => weights[sample] > 0)];
    }
}
