using System.Buffers;
using System.ComponentModel;

namespace StaticNet.Numerics;

/// <summary>Inference in the user's numbers, of a network that has a scaling. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScaledForward
{
    // No more of the stack than the samples need: clearing it would cost more than a small network's forward pass.
    private const int StackFloats = 2048;

    /// <summary>Computes the output of one sample; see <see cref="INetwork{TSelf}.Forward"/>.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public static void Run<TNetwork>(TNetwork network, ReadOnlySpan<float> input, Span<float> output)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (input.Length != TNetwork.InputLength || output.Length != TNetwork.OutputLength)
            NetworkGuard.ThrowSample(TNetwork.InputLength, input.Length, TNetwork.OutputLength, output.Length);
        var scaling = network.Weights.Scaling;
        if (scaling.Inputs is { } scaler)
        {
            var rented = input.Length > StackFloats ? ArrayPool<float>.Shared.Rent(input.Length) : null;
            var scaled = rented is null ? stackalloc float[input.Length] : rented.AsSpan(0, input.Length);
            input.CopyTo(scaled);
            scaler.Apply(scaled);
            network.ForwardRaw(scaled, output);
            if (rented is not null)
                ArrayPool<float>.Shared.Return(rented);
        }
        else
        {
            network.ForwardRaw(input, output);
        }

        scaling.Targets?.Undo(output);
    }

    /// <summary>Computes the output of one step of a stream; see <see cref="IStreamingNetwork{TSelf}.ForwardStep"/>.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="state">The stream's state.</param>
    /// <param name="input">StreamInputLength floats.</param>
    /// <param name="output">StreamOutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length, or the state is of another network.</exception>
    /// <exception cref="InvalidOperationException">The scaling has a number for each step of a sample.</exception>
    public static void RunStep<TNetwork>(TNetwork network, StreamState state, ReadOnlySpan<float> input, Span<float> output)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (input.Length != TNetwork.StreamInputLength || output.Length != TNetwork.StreamOutputLength)
            NetworkGuard.ThrowStep(TNetwork.StreamInputLength, input.Length, TNetwork.StreamOutputLength, output.Length);
        var scaling = network.Weights.Scaling;
        CheckStep(scaling.Inputs, input.Length, "inputs");
        CheckStep(scaling.Targets, output.Length, "targets");
        if (scaling.Inputs is { } scaler)
        {
            var rented = input.Length > StackFloats ? ArrayPool<float>.Shared.Rent(input.Length) : null;
            var scaled = rented is null ? stackalloc float[input.Length] : rented.AsSpan(0, input.Length);
            input.CopyTo(scaled);
            scaler.Apply(scaled);
            network.ForwardStepRaw(state, scaled, output);
            if (rented is not null)
                ArrayPool<float>.Shared.Return(rented);
        }
        else
        {
            network.ForwardStepRaw(state, input, output);
        }

        scaling.Targets?.Undo(output);
    }

    /// <summary>Computes the outputs of a block of steps of a stream; see <see cref="IStreamingNetwork{TSelf}.ForwardSteps"/>.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="state">The stream's state.</param>
    /// <param name="inputs">[steps, StreamInputLength].</param>
    /// <param name="outputs">[steps, StreamOutputLength], written; they may be in the place of the inputs where both lengths are the same.</param>
    /// <exception cref="ArgumentException">The spans do not hold the same number of whole steps, or overlap otherwise, or the state is of another network.</exception>
    /// <exception cref="InvalidOperationException">The scaling has a number for each step of a sample.</exception>
    public static void RunSteps<TNetwork>(TNetwork network, StreamState state, ReadOnlySpan<float> inputs, Span<float> outputs)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var steps = NetworkGuard.CheckSteps(inputs, TNetwork.StreamInputLength, outputs, TNetwork.StreamOutputLength);
        NetworkGuard.CheckState(state, TNetwork.StateTable, TNetwork.Description);
        var (inputLength, outputLength) = (TNetwork.StreamInputLength, TNetwork.StreamOutputLength);
        var scaling = network.Weights.Scaling;
        CheckStep(scaling.Inputs, inputLength, "inputs");
        CheckStep(scaling.Targets, outputLength, "targets");
        if (scaling.Inputs is not { } scaler)
        {
            network.ForwardStepsRaw(state, inputs, outputs);
            scaling.Targets?.Undo(outputs);
            return;
        }

        // As many steps at a time as a small block of the stack holds. Outputs in the place of inputs follow them.
        var rented = inputLength > StackFloats ? ArrayPool<float>.Shared.Rent(inputLength) : null;
        var block = rented is null ? stackalloc float[Math.Max(inputLength, Math.Min(StackFloats, inputs.Length))] : rented.AsSpan(0, inputLength);
        var capacity = block.Length / inputLength;
        for (var begin = 0; begin < steps; begin += capacity)
        {
            var count = Math.Min(capacity, steps - begin);
            var scaled = block[..(count * inputLength)];
            var results = outputs.Slice(begin * outputLength, count * outputLength);
            inputs.Slice(begin * inputLength, scaled.Length).CopyTo(scaled);
            scaler.Apply(scaled);
            network.ForwardStepsRaw(state, scaled, results);
            scaling.Targets?.Undo(results);
        }

        if (rented is not null)
            ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Whether the steps of a stream can be scaled as the network's samples are.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    internal static bool TakesSteps<TNetwork>(TNetwork network)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var scaling = network.Weights.Scaling;
        return Suits(scaling.Inputs, TNetwork.StreamInputLength) && Suits(scaling.Targets, TNetwork.StreamOutputLength);
    }

    private static bool Suits(Data.Scaler? scaler, int length) => scaler is null || length % scaler.Length == 0;

    private static void CheckStep(Data.Scaler? scaler, int length, string what)
    {
        if (scaler is not null && !Suits(scaler, length))
            throw new InvalidOperationException($"A stream takes a scaler of 1 or {length} {what}, the same for every step; the network's has {scaler.Length}.");
    }

    /// <summary>Computes the outputs of any number of samples; see <see cref="INetwork{TSelf}.ForwardBatch(ReadOnlySpan{float}, Span{float}, int)"/>.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <param name="sequenceLengths">The steps of each sequence; empty: all have all steps.</param>
    /// <exception cref="ArgumentException">A span has another length, outputs and inputs overlap, or a sequence's length is outside its range.</exception>
    public static void RunBatch<TNetwork>(TNetwork network, ReadOnlySpan<float> inputs, Span<float> outputs, int count, ReadOnlySpan<int> sequenceLengths = default)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkGuard.CheckSamples(TNetwork.InputLength, inputs.Length, TNetwork.OutputLength, outputs.Length, count);
        NetworkGuard.CheckApart(inputs, outputs);
        NetworkGuard.CheckSequenceLengths(sequenceLengths, count, TNetwork.Description);
        var scaling = network.Weights.Scaling;
        if (scaling.Inputs is { } scaler)
            ForwardScaled(network, scaler, inputs, outputs, sequenceLengths);
        else
            network.ForwardRawBatch(inputs, outputs, count, sequenceLengths);
        scaling.Targets?.Undo(outputs);
    }

    /// <summary>Scales on the way: as many samples at a time as a small block of the stack holds.</summary>
    private static void ForwardScaled<TNetwork>(TNetwork network, Data.Scaler scaler, ReadOnlySpan<float> inputs, Span<float> outputs, ReadOnlySpan<int> sequenceLengths)
        where TNetwork : class, INetwork<TNetwork>
    {
        var (inputLength, outputLength) = (TNetwork.InputLength, TNetwork.OutputLength);
        var rented = inputLength > StackFloats ? ArrayPool<float>.Shared.Rent(inputLength) : null;
        var block = rented is null ? stackalloc float[Math.Max(inputLength, Math.Min(StackFloats, inputs.Length))] : rented.AsSpan(0, inputLength);
        var capacity = block.Length / inputLength;
        while (!inputs.IsEmpty)
        {
            var count = Math.Min(capacity, inputs.Length / inputLength);
            var scaled = block[..(count * inputLength)];
            inputs[..scaled.Length].CopyTo(scaled);
            scaler.Apply(scaled);
            network.ForwardRawBatch(scaled, outputs[..(count * outputLength)], count, sequenceLengths.IsEmpty ? default : sequenceLengths[..count]);
            inputs = inputs[scaled.Length..];
            outputs = outputs[(count * outputLength)..];
            sequenceLengths = sequenceLengths.IsEmpty ? default : sequenceLengths[count..];
        }

        if (rented is not null)
            ArrayPool<float>.Shared.Return(rented);
    }
}
