namespace StaticNet.Audio;

/// <summary>Runs a capture at any sample rate: the signal is resampled to the capture's rate, and what comes out of it back again.</summary>
/// <typeparam name="TNetwork">A network of one input and one output per step.</typeparam>
/// <remarks>Allocates nothing after construction, for blocks of up to the length that it was made for. For one thread at a time.</remarks>
public sealed class ResampledStream<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly Resampler _before;
    private readonly Resampler _after;
    private readonly float[] _inner;
    private readonly float[] _outputs;
    private int _waiting;

    /// <summary>Begins a stream.</summary>
    /// <param name="network">The network; any number of streams may share it, one call at a time.</param>
    /// <param name="networkRate">The samples per second of the capture, 1,000 to 1,000,000.</param>
    /// <param name="rate">The samples per second of the signal, 1,000 to 1,000,000.</param>
    /// <param name="longestBlock">The most samples that one call of <see cref="Process"/> takes, 1 to 1,048,576.</param>
    /// <exception cref="ArgumentException">The network has several inputs or outputs, a number is out of its range, or the rates have no ratio
    /// of numbers up to 4,096.</exception>
    public ResampledStream(TNetwork network, int networkRate, int rate, int longestBlock)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (TNetwork.StreamInputLength != 1 || TNetwork.StreamOutputLength != 1)
            throw new ArgumentException($"Expected a network of one input and one output at a time, but {TNetwork.Description.Name} has {TNetwork.StreamInputLength} and {TNetwork.StreamOutputLength}.", nameof(network));
        RequireRate(networkRate, nameof(networkRate));
        RequireRate(rate, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfLessThan(longestBlock, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longestBlock, Limits.MostSteps);
        (_network, LongestBlock) = (network, longestBlock);
        var inner = Resampler.MostOutputs(rate, networkRate, longestBlock);
        _before = new Resampler(rate, networkRate, longestBlock);
        _after = new Resampler(networkRate, rate, inner);
        _inner = new float[inner];
        _outputs = new float[Resampler.MostOutputs(networkRate, rate, inner) + 4];
        Latency = _before.Delay + ((double)_after.Delay * rate / networkRate);
        State = TNetwork.CreateState();
    }

    /// <summary>The most samples that one call of <see cref="Process"/> takes.</summary>
    public int LongestBlock { get; }

    /// <summary>How many samples of the signal later a sound comes out.</summary>
    public double Latency { get; }

    /// <summary>The network's state, at its own sample rate: to warm or load it before the stream begins.</summary>
    public StreamState State { get; }

    /// <summary>Begins a new stream with a new state. Allocates nothing.</summary>
    public void Reset()
    {
        State.Reset();
        _before.Reset();
        _after.Reset();
        _waiting = 0;
    }

    /// <summary>Computes the outputs of a block of samples. Allocates nothing.</summary>
    /// <param name="inputs">At most <see cref="LongestBlock"/> samples.</param>
    /// <param name="outputs">As many samples, written; it may be the same span as the inputs.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or have more than <see cref="LongestBlock"/> samples.</exception>
    public void Process(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        if (inputs.Length != outputs.Length || inputs.Length > LongestBlock)
            throw new ArgumentException($"Expected inputs and outputs of the same length, up to {LongestBlock} samples, but got {inputs.Length} and {outputs.Length}.");
        var inner = _inner.AsSpan(0, _before.Process(inputs, _inner));
        _network.ForwardSteps(State, inner, inner);
        // Both ways, an output is written as soon as the first input after it is there, so there are never fewer than inputs.
        _waiting += _after.Process(inner, _outputs.AsSpan(_waiting));
        _outputs.AsSpan(0, outputs.Length).CopyTo(outputs);
        _waiting -= outputs.Length;
        _outputs.AsSpan(outputs.Length, _waiting).CopyTo(_outputs);
    }

    private static void RequireRate(int rate, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1000, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 1_000_000, name);
    }
}
