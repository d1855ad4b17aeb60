namespace StaticNet.Audio;

/// <summary>
/// Runs a capture at a whole multiple of its sample rate without changing it: each layer sees its own past at the distance of one sample of the
/// capture, so states are delayed and dilations multiplied. This is how recurrent captures run at 96 kHz that were made at 48 kHz.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <remarks>
/// A factor of n keeps n states and gives each of them every n-th sample, which is the same as a state that is n samples old. The cost per sample
/// is that of the network. Allocates nothing after construction, for blocks of up to the length that it was made for. For one thread at a time.
/// </remarks>
public sealed class InterleavedStream<TNetwork>
    where TNetwork : class, IStreamingNetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly StreamState[] _states;
    private readonly float[] _inputs;
    private readonly float[] _outputs;
    private int _next;

    /// <summary>Begins a stream.</summary>
    /// <param name="network">The network; any number of streams may share it, one call at a time.</param>
    /// <param name="factor">The sample rate as a multiple of the capture's, 1 to 16.</param>
    /// <param name="longestBlock">The most samples that one call of <see cref="Process"/> takes, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The network has strides in time: its streams take several steps at once.</exception>
    public InterleavedStream(TNetwork network, int factor, int longestBlock)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, Limits.MostOversampling);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestBlock, 1);
        if (TNetwork.StreamInputLength != TNetwork.StepInputLength || TNetwork.StreamOutputLength != TNetwork.StepOutputLength)
            throw new ArgumentException($"Expected a network without strides in time, but {TNetwork.Description.Name} takes {TNetwork.StreamInputLength} inputs and makes {TNetwork.StreamOutputLength} outputs at a time.", nameof(network));
        _network = network;
        _states = new StreamState[factor];
        for (var phase = 0; phase < factor; phase++)
            _states[phase] = TNetwork.CreateState();
        LongestBlock = longestBlock;
        var longest = (longestBlock + factor - 1) / factor;
        (_inputs, _outputs) = (new float[longest * TNetwork.StepInputLength], new float[longest * TNetwork.StepOutputLength]);
    }

    /// <summary>The most samples that one call of <see cref="Process"/> takes.</summary>
    public int LongestBlock { get; }

    /// <summary>The sample rate as a multiple of the capture's.</summary>
    public int Factor => _states.Length;

    /// <summary>Begins again with a state: zeros, or one that was warmed or loaded.</summary>
    /// <param name="state">The state, which is copied; null: a new one.</param>
    /// <exception cref="ArgumentException">The state belongs to another network.</exception>
    public void Reset(StreamState? state = null)
    {
        foreach (var own in _states)
        {
            if (state is null)
                own.Reset();
            else
                own.CopyFrom(state);
        }

        _next = 0;
    }

    /// <summary>Computes the outputs of a block of samples. Allocates nothing.</summary>
    /// <param name="inputs">[samples, StepInputLength], at most <see cref="LongestBlock"/> samples.</param>
    /// <param name="outputs">[samples, StepOutputLength], written; it may be the same span as the inputs if both lengths are the same.</param>
    /// <exception cref="ArgumentException">The spans do not hold the same number of whole samples, there are more than <see cref="LongestBlock"/>, or
    /// the spans overlap otherwise.</exception>
    public void Process(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var (input, output) = (TNetwork.StepInputLength, TNetwork.StepOutputLength);
        var samples = inputs.Length / input;
        if (samples * input != inputs.Length || outputs.Length != samples * output || samples > LongestBlock)
            throw new ArgumentException($"Expected up to {LongestBlock} samples, each with {input} inputs and {output} outputs, but got {inputs.Length} inputs and {outputs.Length} outputs.");
        // A phase is read and written as a whole, so its outputs may take the place of its own inputs, but not of those of other phases.
        if (inputs.Overlaps(outputs, out var offset) && (offset != 0 || input != output))
            throw new ArgumentException("Expected outputs that are apart from the inputs or in their place, but they overlap otherwise.");
        for (var phase = 0; phase < Math.Min(Factor, samples); phase++)
        {
            var count = (samples - phase + Factor - 1) / Factor;
            for (var sample = 0; sample < count; sample++)
                inputs.Slice((phase + (sample * Factor)) * input, input).CopyTo(_inputs.AsSpan(sample * input));
            _network.ForwardSteps(_states[(_next + phase) % Factor], _inputs.AsSpan(0, count * input), _outputs.AsSpan(0, count * output));
            for (var sample = 0; sample < count; sample++)
                _outputs.AsSpan(sample * output, output).CopyTo(outputs[((phase + (sample * Factor)) * output)..]);
        }

        _next = (_next + samples) % Factor;
    }
}
