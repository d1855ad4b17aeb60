using StaticNet.Numerics;

namespace StaticNet;

/// <summary>What every network that runs over streams can do in addition to its generated code.</summary>
public static class StreamExtensions
{
    /// <summary>The floats of a block of silence, inputs and outputs together; a step that is longer is a block of its own.</summary>
    private const int BlockLength = 1024;

    /// <summary>
    /// Begins a new stream as if silence, inputs of zero in the user's numbers, had come before it for as long as the network looks back: what
    /// follows has no transition from the zeros of a new state.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="state">The stream's state, which is reset. Afterwards, its position is the number of steps of silence.</param>
    /// <exception cref="ArgumentException">The state belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network looks back without end, as recurrent layers do, so the number of steps must be given. Or the scaling has a number for each
    /// step of a sample, so it cannot be applied to a stream.
    /// </exception>
    /// <remarks>Takes as long as the stream of that many steps. Not for a real-time thread: prepare a state elsewhere, and copy it with
    /// <see cref="StreamState.CopyFrom"/>.</remarks>
    public static void Prewarm<TNetwork>(this TNetwork network, StreamState state)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var field = TNetwork.StateTable.ReceptiveField
            ?? throw new InvalidOperationException($"The outputs of {TNetwork.Description.Name} depend on all steps of a stream: say how many steps of silence it should begin with, Prewarm(state, steps).");
        Prewarm(network, state, field - 1);
    }

    /// <summary>Begins a new stream with a number of steps of silence, inputs of zero in the user's numbers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">The stream's state, which is reset. Afterwards, its position is that number of steps.</param>
    /// <param name="steps">The number of steps, 0 or more, rounded up to a multiple of the network's total stride. Half a second settles most recurrent networks for
    /// audio.</param>
    /// <exception cref="ArgumentException">The state belongs to another network, or the number of steps is negative.</exception>
    /// <exception cref="InvalidOperationException">The scaling has a number for each step of a sample, so it cannot be applied to a stream.</exception>
    public static void Prewarm<TNetwork>(this TNetwork network, StreamState state, long steps)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        NetworkGuard.CheckState(state, TNetwork.StateTable, TNetwork.Description);
        state.Reset();
        FeedSilence(network, state, steps);
    }

    /// <summary>Continues a stream with a number of steps of silence, inputs of zero in the user's numbers: to warm a state that was loaded, for example.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">The stream's state, which advances by the steps.</param>
    /// <param name="steps">The number of steps, 0 or more, rounded up to a multiple of the network's total stride.</param>
    /// <exception cref="ArgumentException">The state belongs to another network, or the number of steps is negative.</exception>
    /// <exception cref="InvalidOperationException">The scaling has a number for each step of a sample, so it cannot be applied to a stream.</exception>
    public static void FeedSilence<TNetwork>(this TNetwork network, StreamState state, long steps)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        NetworkGuard.CheckState(state, TNetwork.StateTable, TNetwork.Description);
        var (whole, rest) = long.DivRem(steps, TNetwork.Description.TotalStride);
        var parts = rest == 0 ? whole : whole + 1;
        var block = Math.Max(1, BlockLength / (TNetwork.StreamInputLength + TNetwork.StreamOutputLength));
        var (inputs, outputs) = (new float[block * TNetwork.StreamInputLength], new float[block * TNetwork.StreamOutputLength]);
        for (var done = 0L; done < parts; done += block)
        {
            var length = (int)Math.Min(block, parts - done);
            network.ForwardSteps(state, inputs.AsSpan(0, length * TNetwork.StreamInputLength), outputs.AsSpan(0, length * TNetwork.StreamOutputLength));
        }
    }
}
