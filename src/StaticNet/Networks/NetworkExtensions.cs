using System.Collections.Immutable;
using System.Globalization;
using System.Numerics.Tensors;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>What every network can do in addition to its generated code: store and load parameters, scale its numbers,
/// predict.</summary>
public static class NetworkExtensions
{
    /// <summary>What helps where names are missing and others came instead.</summary>
    private const string MapAdvice =
        " To load tensors that were named by PyTorch or Keras, use a map of names, such as LoadSafetensors(path, WeightMap.PyTorch((\"fc1\", \"dense1\"))), " +
        "or WeightMap.PyTorch().ByShape() if the shapes allow only one assignment (docs/from-pytorch-keras.md).";

    /// <summary>Copies the parameters in their logical layout, which is PyTorch's, the scaling and, as metadata, the schema of
    /// tables.</summary>
    /// <param name="network">The network.</param>
    /// <returns>
    /// One tensor per parameter, <c>dense1.weight</c>, in the order of the parameter table, and then the scaling's.
    /// </returns>
    /// <exception cref="InvalidOperationException">The network is an inference twin that has no weights yet.</exception>
    public static StateDict ToStateDict<TNetwork>(this TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.Weights.AreSet)
            NetworkGuard.ThrowNoWeights(TNetwork.Description.Name);
        var state = new StateDict();
        Unpack(TNetwork.ParameterTable.Parameters.AsSpan(), network.Weights.Values, state);
        network.Weights.Scaling.ToStateDict(state);
        if (network.Weights.Schema is { } schema)
            state.Metadata.Add(TableExtensions.SchemaKey, schema.ToJson());
        return state;
    }

    /// <summary>Copies the gradients of the trainable parameters, under the names and in the layout of the parameters.</summary>
    /// <param name="network">The network.</param>
    /// <returns>One tensor per trainable parameter.</returns>
    public static StateDict GradientsToStateDict<TNetwork>(this TNetwork network)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var state = new StateDict();
        var trainable = TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Trainable).ToArray();
        Unpack(trainable, network.Gradients, state);
        return state;
    }

    /// <summary>Loads parameters, scaling and schema from a state dict: all of them or, on an error, none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Tensors in the parameters' logical layout.</param>
    /// <param name="strict">True (the default) requires exactly the network's tensors, and takes the stored scaling. If there is
    /// none, a scaling that <see cref="SetScaling"/> has set is kept, and one that was loaded together with the previous
    /// parameters is removed. False takes what is there and leaves the rest unchanged; tensors with other names are ignored. A
    /// network without losses always ignores what losses keep. A schema is treated like a scaling.
    /// </param>
    /// <returns>What was loaded, what was missing, and what was left over.</returns>
    /// <exception cref="ArgumentException">Tensors are missing or unexpected (when strict), or none of them is the network's; a
    /// tensor has another shape, or a number that is NaN, infinite or beyond float32; or the scaling or the schema is not valid.
    /// The message names them all, with both shapes. An inference twin that has no weights yet does not accept only part of them.
    /// </exception>
    public static LoadedParameters LoadStateDict<TNetwork>(this TNetwork network, StateDict state, bool strict = true)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        return Load(network, state, strict, "The state dict");
    }

    /// <summary>Loads parameters from tensors that have another framework's names or layouts: all of them or, on an error,
    /// none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">The tensors.</param>
    /// <param name="map">Which of them becomes which parameter.</param>
    /// <param name="strict">As in <see cref="LoadStateDict{TNetwork}(TNetwork, StateDict, bool)"/>; what the map leaves out may
    /// be there.</param>
    /// <returns>What was loaded and from where, what was missing, and what was left over.</returns>
    /// <exception cref="ArgumentException">As in <see cref="LoadStateDict{TNetwork}(TNetwork, StateDict, bool)"/>; or an entry
    /// of the map matches no tensor, two tensors become the same parameter, or shapes match in several ways.
    /// </exception>
    public static LoadedParameters LoadStateDict<TNetwork>(this TNetwork network, StateDict state, WeightMap map, bool strict = true)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(map);
        return Load(network, state, strict, "The state dict", map);
    }

    /// <param name="network">The network.</param>
    /// <param name="came">Its parameters.</param>
    /// <param name="strict">Whether all must come and nothing else.</param>
    /// <param name="what">Where they are from, for messages.</param>
    /// <param name="map">What becomes of them; null where they are a network's of ours.</param>
    private static LoadedParameters Load<TNetwork>(TNetwork network, StateDict came, bool strict, string what, WeightMap? map = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var parameters = TNetwork.ParameterTable.Parameters;
        var mapped = map?.Apply(came, TNetwork.ParameterTable, TNetwork.Description, what);
        var state = mapped?.State ?? came;
        var problems = StateDictProblems.Find(parameters.Select(parameter => (parameter.Name, parameter.Shape)), state);
        var missing = problems.Missing.ToImmutableArray();
        problems.Unexpected.RemoveAll(Scaling.IsReserved);
        ImmutableArray<string> unused = mapped is null ? [.. problems.Unexpected] : [.. problems.Unexpected.Select(mapped.SourceOf), .. mapped.LeftOut];
        if (TNetwork.Description.Losses.IsEmpty)
            problems.Unexpected.RemoveAll(IsOfLoss);
        if (mapped is not null)
        {
            problems.Missing.RemoveAll(IsCount);
            for (var index = 0; index < problems.Unexpected.Count; index++)
                problems.Unexpected[index] = mapped.Describe(problems.Unexpected[index]);
        }

        var areNamesOther = map is null && problems is { Missing.Count: > 0, Unexpected.Count: > 0 };
        problems.ThrowIfAny(strict, TNetwork.Description.Name, what, areNamesOther ? MapAdvice : "");
        ThrowIfNothingFits(network, problems, unused, state, what, areNamesOther ? MapAdvice : "");
        ThrowIfNotFinite<TNetwork>(state, what);
        var stored = Scaling.FromStateDict(state);
        var old = network.Weights.Scaling;
        var isStored = stored is not { Inputs: null, Targets: null };
        // A loaded scaling belongs to the parameters that are replaced now; the program's own belongs to its data.
        var stays = !isStored && (!strict || network.Weights.IsScalingOfProgram);
        var scaling = stays ? old : strict ? stored : new Scaling(stored.Inputs ?? old.Inputs, stored.Targets ?? old.Targets);
        scaling.Check(TNetwork.Description);
        var storedSchema = TableExtensions.ReadSchema(came, TNetwork.Description, what);
        var keepsSchema = storedSchema is null && (!strict || network.Weights.IsSchemaOfProgram);

        foreach (var parameter in parameters)
        {
            if (state.TryGet(parameter.Name, out var tensor))
                parameter.Pack(tensor.Values, network.Weights.Edit());
        }

        network.Weights.Scaling = scaling;
        network.Weights.IsScalingOfProgram &= stays || !strict;
        if (!keepsSchema)
            (network.Weights.Schema, network.Weights.IsSchemaOfProgram) = (storedSchema, false);
        ImmutableArray<string> loaded = [.. parameters.Select(parameter => parameter.Name).Where(state.Contains)];
        return new LoadedParameters(loaded, missing, unused)
        {
            Sources = mapped is null ? loaded : [.. loaded.Select(mapped.SourceOf)],
            Reordered = mapped is null ? [] : [.. mapped.Reordered],
            KeptScaling = stays && old is not { Inputs: null, Targets: null },
        };
    }

    /// <summary>Takes all weights as kernels read them, with their scaling and schema; what the program has set itself stays where none come.</summary>
    /// <exception cref="ArgumentException">The scaling does not fit the network; nothing changes then.</exception>
    internal static void Take<TNetwork>(TNetwork network, ReadOnlySpan<float> packed, Scaling scaling, TableSchema? schema)
        where TNetwork : class, INetwork<TNetwork>
    {
        var weights = network.Weights;
        var stays = scaling is { Inputs: null, Targets: null } && weights.IsScalingOfProgram;
        if (!stays)
            scaling.Check(TNetwork.Description);
        packed.CopyTo(weights.Edit());
        if (!stays)
            (weights.Scaling, weights.IsScalingOfProgram) = (scaling, false);
        if (schema is not null || !weights.IsSchemaOfProgram)
            (weights.Schema, weights.IsSchemaOfProgram) = (schema, false);
    }

    /// <summary>Refuses what leaves a network as it was, or an inference twin without a part of its weights.</summary>
    private static void ThrowIfNothingFits<TNetwork>(TNetwork network, StateDictProblems problems, ImmutableArray<string> unused, StateDict state, string what, string advice)
        where TNetwork : class, INetwork<TNetwork>
    {
        var parameters = TNetwork.ParameterTable.Parameters;
        var name = TNetwork.Description.Name;
        // A scaling may be loaded alone; together with the parameters of another network, it belongs to that network.
        if (!parameters.Any(parameter => state.Contains(parameter.Name)) && parameters.Length > 0 && (state.Count == 0 || !unused.IsEmpty))
        {
            throw new ArgumentException(
                $"{what} does not fit {name}: none of its {state.Count} tensors is a parameter. Expected {Some(problems.Missing)}; there {(unused.Length == 1 ? "is" : "are")} {Some(unused)}.{advice}");
        }

        if (problems.Missing.Count > 0 && !network.Weights.AreSet)
            throw new ArgumentException($"{what} does not fit {name}, which has no weights yet, so that all of them must come. Tensors missing: {string.Join(", ", problems.Missing)}.");

        static string Some(IReadOnlyList<string> names) => names.Count switch
        {
            0 => "none",
            <= 8 => string.Join(", ", names),
            _ => $"{string.Join(", ", names.Take(8))} and {names.Count - 8} more",
        };
    }

    private static void ThrowIfNotFinite<TNetwork>(StateDict state, string what)
        where TNetwork : class, INetwork<TNetwork>
    {
        foreach (var parameter in TNetwork.ParameterTable.Parameters)
        {
            if (!state.TryGet(parameter.Name, out var tensor) || TensorPrimitives.IsFiniteAll<float>(tensor.Values))
                continue;
            var values = tensor.Values;
            var place = 0;
            while (float.IsFinite(values[place]))
                place++;
            throw new ArgumentException(
                $"{what}: {parameter.Name} holds a number that is NaN, infinite or beyond float32: element {place} of {values.Length} is {values[place].ToString(CultureInfo.InvariantCulture)}. " +
                $"{TNetwork.Description.Name} would not compute numbers with it.");
        }
    }

    /// <summary>Writes parameters, scaling and schema to a safetensors file; after a crash, there is either the old file or the
    /// new one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveSafetensors<TNetwork>(this TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork> => Safetensors.Save(path, network.ToStateDict());

    /// <summary>Loads parameters, scaling and schema from a safetensors file: all of them or, on an error, none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">As in <see cref="LoadStateDict{TNetwork}(TNetwork, StateDict, bool)"/>.</param>
    /// <returns>What was loaded, what was missing, and what was left over.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="SafetensorsException">The file is not valid.</exception>
    /// <exception cref="ArgumentException">The file belongs to another network, or has numbers that are not finite.</exception>
    public static LoadedParameters LoadSafetensors<TNetwork>(this TNetwork network, string path, bool strict = true)
        where TNetwork : class, INetwork<TNetwork> => Load(network, Safetensors.Load(path), strict, path);

    /// <summary>Writes parameters, scaling and schema in the layout of the kernels, for <see cref="LoadBaked{TNetwork}(TNetwork, string)"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file, usually <c>.baked</c>. After a crash, there is either the old file or the new one.</param>
    /// <remarks>The file is for this class, and for this version of StaticNet. To keep weights, use <see cref="SaveSafetensors"/>.</remarks>
    /// <exception cref="InvalidOperationException">The network is an inference twin that has no weights yet.</exception>
    /// <exception cref="ArgumentException">A parameter holds a number that is not finite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveBaked<TNetwork>(this TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork> => BakedFile.Save(path, TNetwork.ParameterTable, network.ToStateDict());

    /// <summary>Loads parameters, scaling and schema that are stored in the layout of the kernels: nothing is parsed, and each number is copied
    /// once. All of them or, on an error, none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">A file of <see cref="SaveBaked"/> or of the command <c>staticnet bake</c>.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="DataFormatException">The file is not one of baked weights, or is damaged.</exception>
    /// <exception cref="ArgumentException">The file belongs to another network, whose first tensor that differs is named, or has numbers that are
    /// not finite.</exception>
    public static void LoadBaked<TNetwork>(this TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(path);
        BakedFile.Load(network, File.ReadAllBytes(path), path);
    }

    /// <summary>Loads parameters, scaling and schema from the bytes of a file in the layout of the kernels, such as those of an embedded
    /// resource.</summary>
    /// <inheritdoc cref="LoadBaked{TNetwork}(TNetwork, string)"/>
    /// <param name="network">The network.</param>
    /// <param name="bytes">The whole file.</param>
    public static void LoadBaked<TNetwork>(this TNetwork network, ReadOnlySpan<byte> bytes)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        BakedFile.Load(network, bytes, "The file");
    }

    /// <summary>Loads parameters from a safetensors file with another framework's names or layouts: all of them or, on an error,
    /// none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="map">Which of its tensors becomes which parameter.</param>
    /// <param name="strict">As in <see cref="LoadStateDict{TNetwork}(TNetwork, StateDict, WeightMap, bool)"/>.</param>
    /// <returns>What was loaded and from where, what was missing, and what was left over.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="SafetensorsException">The file is not valid.</exception>
    /// <exception cref="ArgumentException">The file does not fit the network or has numbers that are not finite, an entry of the
    /// map matches no tensor, or shapes match in several ways.
    /// </exception>
    /// <example><code>
    /// LoadedParameters loaded = network.LoadSafetensors("cnn.safetensors", WeightMap.PyTorch(("features.0", "conv1"), ("classifier", "dense1")));
    /// </code></example>
    public static LoadedParameters LoadSafetensors<TNetwork>(this TNetwork network, string path, WeightMap map, bool strict = true)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(map);
        return Load(network, Safetensors.Load(path), strict, path, map);
    }

    /// <summary>Loads parameters, scaling and schema from a stream in the safetensors format, from its position to its
    /// end.</summary>
    /// <inheritdoc cref="LoadSafetensors{TNetwork}(TNetwork, string, bool)"/>
    public static LoadedParameters LoadSafetensors<TNetwork>(this TNetwork network, Stream stream, bool strict = true)
        where TNetwork : class, INetwork<TNetwork> => network.LoadStateDict(Safetensors.Read(stream), strict);

    /// <summary>Loads parameters, scaling and schema from bytes in the safetensors format, such as those of an embedded
    /// resource.</summary>
    /// <inheritdoc cref="LoadSafetensors{TNetwork}(TNetwork, string, bool)"/>
    public static LoadedParameters LoadSafetensors<TNetwork>(this TNetwork network, ReadOnlySpan<byte> bytes, bool strict = true)
        where TNetwork : class, INetwork<TNetwork> => network.LoadStateDict(Safetensors.Read(bytes), strict);

    /// <summary>Sets how inputs and targets are scaled from now on: by a trainer, and in <c>Forward</c>, <c>ForwardBatch</c> and <see cref="Predict"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The scaler of inputs, with as many features as an input, or 1 for all alike; null for none.</param>
    /// <param name="targets">The scaler of targets, which is reversed on predictions, likewise; null for none, or for that of the
    /// network's schema (<see cref="TableExtensions.SetSchema"/>) if it has one.</param>
    /// <exception cref="ArgumentException">A scaler has another length, or the targets are class indices.</exception>
    /// <example><code>network.SetScaling(inputs: Scaler.Standard(train.Inputs, train.InputLength));</code></example>
    public static void SetScaling<TNetwork>(this TNetwork network, Scaler? inputs = null, Scaler? targets = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        // Without its scaler of targets, a schema would give a loss numbers in the units of their columns.
        Apply(network, new Scaling(inputs, targets ?? network.Weights.Schema?.TargetScaler));
    }

    /// <summary>Computes the outputs of all given samples, in the user's numbers: <c>ForwardBatch</c> without a count. Nothing
    /// allocates.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[count × InputLength], in the user's numbers.</param>
    /// <param name="outputs">[count × OutputLength], written, in the user's numbers; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples, or the outputs do not fit or overlap them.</exception>
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
        network.ForwardBatch(inputs, outputs, count);
    }

    /// <summary>Sets how inputs and targets are scaled, whatever the schema.</summary>
    internal static void Apply<TNetwork>(TNetwork network, Scaling scaling)
        where TNetwork : class, INetwork<TNetwork>
    {
        scaling.Check(TNetwork.Description);
        network.Weights.Scaling = scaling;
        network.Weights.IsScalingOfProgram = true;
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

    private static bool IsCount(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    /// <summary>Whether a tensor is kept for a loss, as the centres <c>loss2.centers</c> are.</summary>
    internal static bool IsOfLoss(string name) =>
        name.StartsWith("loss", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 4 and var end && name.AsSpan(4, end - 4).ContainsAnyExceptInRange('0', '9') == false;
}
