using System.Buffers;
using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>What every network can do beyond its generated code: store and load parameters, scale its numbers, predict.</summary>
public static class NetworkExtensions
{
    /// <summary>Copies the parameters in their logical layout, which is PyTorch's, and the scaling.</summary>
    /// <param name="network">The network.</param>
    /// <returns>
    /// One tensor a parameter, <c>dense1.weight</c>, in the order of the parameter table, and then the scaling's.
    /// </returns>
    public static StateDict ToStateDict<TNetwork>(this TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var state = new StateDict();
        Unpack(TNetwork.ParameterTable.Parameters.AsSpan(), network.Weights.Span, state);
        network.Weights.Scaling.ToStateDict(state);
        return state;
    }

    /// <summary>Copies the gradients of the trainable parameters, under the names and in the layout of the parameters.</summary>
    /// <param name="network">The network.</param>
    /// <returns>One tensor a trainable parameter.</returns>
    public static StateDict GradientsToStateDict<TNetwork>(this TNetwork network)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var state = new StateDict();
        var trainable = TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Trainable).ToArray();
        Unpack(trainable, network.Gradients, state);
        return state;
    }

    /// <summary>Takes parameters and scaling from a state dict: all of them, or on an error none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Tensors in the parameters' logical layout.</param>
    /// <param name="strict">
    /// True (the default) asks for exactly the network's tensors, and takes the scaling as it is stored: none, where none is.
    /// False takes what is there and leaves the rest as it was; tensors of other names are passed over. A network without losses
    /// passes over what losses keep in any case.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Tensors are missing or unexpected (when strict), or a tensor has another shape, or the scaling is not valid; the message
    /// names them all, with both shapes.
    /// </exception>
    public static void LoadStateDict<TNetwork>(this TNetwork network, StateDict state, bool strict = true)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        var parameters = TNetwork.ParameterTable.Parameters;
        var problems = StateDictProblems.Find(parameters.Select(parameter => (parameter.Name, parameter.Shape)), state);
        problems.Unexpected.RemoveAll(Scaling.IsReserved);
        if (TNetwork.Description.Losses.IsEmpty)
            problems.Unexpected.RemoveAll(IsOfLoss);
        problems.ThrowIfAny(strict, TNetwork.Description.Name);
        var stored = Scaling.FromStateDict(state);
        var old = network.Weights.Scaling;
        var scaling = strict ? stored : new Scaling(stored.Inputs ?? old.Inputs, stored.Targets ?? old.Targets);
        scaling.Check(TNetwork.Description);

        foreach (var parameter in parameters)
        {
            if (state.TryGet(parameter.Name, out var tensor))
                parameter.Pack(tensor.Values, network.Weights.Span);
        }

        network.Weights.Scaling = scaling;
    }

    /// <summary>Writes parameters and scaling to a safetensors file; a crash leaves the old file or the new one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveSafetensors<TNetwork>(this TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork> => Safetensors.Save(path, network.ToStateDict());

    /// <summary>Takes parameters and scaling from a safetensors file: all of them, or on an error none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">As in <see cref="LoadStateDict"/>.</param>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="SafetensorsException">The file is not valid.</exception>
    /// <exception cref="ArgumentException">The file is of another network.</exception>
    public static void LoadSafetensors<TNetwork>(this TNetwork network, string path, bool strict = true)
        where TNetwork : class, INetwork<TNetwork> => network.LoadStateDict(Safetensors.Load(path), strict);

    /// <summary>Takes parameters and scaling from a stream in the safetensors format, from its position to its end.</summary>
    /// <inheritdoc cref="LoadSafetensors{TNetwork}(TNetwork, string, bool)"/>
    public static void LoadSafetensors<TNetwork>(this TNetwork network, Stream stream, bool strict = true)
        where TNetwork : class, INetwork<TNetwork> => network.LoadStateDict(Safetensors.Read(stream), strict);

    /// <summary>Takes parameters and scaling from bytes in the safetensors format, such as an embedded resource's.</summary>
    /// <inheritdoc cref="LoadSafetensors{TNetwork}(TNetwork, string, bool)"/>
    public static void LoadSafetensors<TNetwork>(this TNetwork network, ReadOnlySpan<byte> bytes, bool strict = true)
        where TNetwork : class, INetwork<TNetwork> => network.LoadStateDict(Safetensors.Read(bytes), strict);

    /// <summary>Sets how inputs and targets are scaled from now on: in training, evaluation and <see cref="Predict"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The scaler of inputs, of as many features as an input or of 1 for all alike; null for none.</param>
    /// <param name="targets">The scaler of targets, undone on predictions, likewise; null for none.</param>
    /// <exception cref="ArgumentException">A scaler has another length, or the targets are indices of classes.</exception>
    /// <example><code>network.SetScaling(inputs: Scaler.Standard(train.Inputs, train.InputLength));</code></example>
    public static void SetScaling<TNetwork>(this TNetwork network, Scaler? inputs = null, Scaler? targets = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var scaling = new Scaling(inputs, targets);
        scaling.Check(TNetwork.Description);
        network.Weights.Scaling = scaling;
    }

    /// <summary>
    /// Computes the outputs of any number of samples, inputs scaled and the targets' scaling undone. Nothing allocates.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[count × InputLength], in the user's numbers.</param>
    /// <param name="outputs">[count × OutputLength], written, in the user's numbers.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of samples, or the outputs do not fit them.</exception>
    public static void Predict<TNetwork>(this TNetwork network, ReadOnlySpan<float> inputs, Span<float> outputs)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var (inputLength, outputLength) = (TNetwork.InputLength, TNetwork.OutputLength);
        var count = inputs.Length / inputLength;
        if (inputs.Length % inputLength != 0)
            throw new ArgumentException($"Expected inputs of {inputLength} numbers each; {inputs.Length} numbers are not a multiple.", nameof(inputs));
        if (outputs.Length != (long)count * outputLength)
            throw new ArgumentException($"Expected outputs of {outputLength} numbers for each of {count} samples; there is room for {outputs.Length}.", nameof(outputs));

        var scaling = network.Weights.Scaling;
        if (scaling.Inputs is { } scaler)
            ForwardScaled(network, scaler, inputs, outputs, inputLength, outputLength);
        else
            network.ForwardBatch(inputs, outputs, count);
        scaling.Targets?.Undo(outputs);
    }

    /// <summary>Scales on the way: as many samples at a time as a small block of the stack holds.</summary>
    private static void ForwardScaled<TNetwork>(
        TNetwork network, Scaler scaler, ReadOnlySpan<float> inputs, Span<float> outputs, int inputLength, int outputLength)
        where TNetwork : class, INetwork<TNetwork>
    {
        // No more of the stack than the samples need: clearing it would cost more than a small network's forward pass.
        const int StackFloats = 2048;
        var rented = inputLength > StackFloats ? ArrayPool<float>.Shared.Rent(inputLength) : null;
        var block = rented is null ? stackalloc float[Math.Max(inputLength, Math.Min(StackFloats, inputs.Length))] : rented.AsSpan(0, inputLength);
        var capacity = block.Length / inputLength;
        while (!inputs.IsEmpty)
        {
            var count = Math.Min(capacity, inputs.Length / inputLength);
            var scaled = block[..(count * inputLength)];
            inputs[..scaled.Length].CopyTo(scaled);
            scaler.Apply(scaled);
            network.ForwardBatch(scaled, outputs[..(count * outputLength)], count);
            inputs = inputs[scaled.Length..];
            outputs = outputs[(count * outputLength)..];
        }

        if (rented is not null)
            ArrayPool<float>.Shared.Return(rented);
    }

    private static void Unpack(ReadOnlySpan<ParameterInfo> parameters, ReadOnlySpan<float> packed, StateDict state)
    {
        foreach (var parameter in parameters)
        {
            var values = new float[parameter.Count];
            parameter.Unpack(packed, values);
            state.AddOwned(parameter.Name, parameter.Shape, values);
        }
    }

    /// <summary>Whether a tensor is kept for a loss, as the centres <c>loss2.centers</c> are.</summary>
    private static bool IsOfLoss(string name) =>
        name.StartsWith("loss", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 4 and var end && name.AsSpan(4, end - 4).ContainsAnyExceptInRange('0', '9') == false;
}
