using System.Collections.Immutable;
using StaticNet.Serialization;

namespace StaticNet;

/// <summary>
/// How the tensors of another framework's file become a network's parameters: which name becomes which, and how Keras' layouts
/// become those of PyTorch, which are the network's.
/// </summary>
/// <remarks>
/// <para>An entry is a full name (<c>features.0.weight</c> to <c>conv1.weight</c>), a layer or module (<c>features.0</c> to
/// <c>conv1</c>, for all tensors below it), or a pattern with one <c>*</c> on each side, which matches the same text of one
/// character or more (<c>module.*</c> to <c>*</c>). Null in place of the new name leaves the tensors out. A full name takes
/// precedence over a module, a longer module over a shorter one, and patterns come last, in their order. Names that match no
/// entry stay unchanged; an entry that matches no name is an error.</para>
/// <para><c>num_batches_tracked</c> of batch norms may be missing: Keras does not store it, nor did early versions of PyTorch. It
/// is then unchanged, 0 in a new network.</para>
/// </remarks>
/// <example><code>
/// network.LoadSafetensors("cnn.safetensors", WeightMap.PyTorch(
///     ("features.0", "conv1"), ("features.1", "batchNorm1"), ("classifier", "dense1")));
/// </code></example>
public sealed class WeightMap
{
    private readonly TensorNames _names;
    private readonly KerasTensors? _keras;
    private readonly bool _byShape;

    private WeightMap(TensorNames names, KerasTensors? keras, bool byShape)
    {
        _names = names;
        _keras = keras;
        _byShape = byShape;
    }

    /// <summary>A map of names for files whose tensors are laid out as PyTorch's, which are taken as they are.</summary>
    /// <param name="names">Names, modules or patterns of the file, and what they are in the network; null to leave them
    /// out.</param>
    /// <returns>The map. Without entries, all names stay unchanged, apart from those of recurrent modules.</returns>
    /// <remarks>The tensors of a recurrent module end in the number of a layer in its stack. That of the first is dropped,
    /// <c>gru.weight_ih_l0</c> is <c>gru.weight_ih</c>; those above it count as modules of their own, <c>gru.weight_ih_l1</c> is
    /// <c>gru.l1.weight_ih</c>, so that <c>("gru", "gru1"), ("gru.l1", "gru2")</c> maps a stack of two.</remarks>
    /// <exception cref="ArgumentException">An entry is empty, comes twice, or has a <c>*</c> too many.</exception>
    public static WeightMap PyTorch(params (string From, string? To)[] names) => new(new TensorNames(names, TorchNames.WithoutNumber), null, byShape: false);

    /// <summary>The same with the entries of a dictionary, none of them null.</summary>
    /// <inheritdoc cref="PyTorch(ValueTuple{string, string}[])"/>
    public static WeightMap PyTorch(IReadOnlyDictionary<string, string> names) => PyTorch(Entries(names));

    /// <summary>
    /// A map of names for files from Keras: <c>kernel</c> becomes <c>weight</c>, transposed from [inputs, outputs], or from
    /// [height, width, inputs, outputs] for a convolution; <c>gamma</c> and <c>beta</c> become <c>weight</c> and <c>bias</c>,
    /// <c>moving_mean</c> and <c>moving_variance</c> the running statistics, <c>alpha</c> a slope.
    /// </summary>
    /// <param name="names">
    /// Layers, names or patterns of the file, and what they are in the network; null to leave them out. A <c>/</c> is read as a
    /// dot, and a <c>:0</c> at the end is dropped, in the file's names and here.
    /// </param>
    /// <returns>The map. Without entries layers keep their names.</returns>
    /// <remarks>
    /// <para>A dense layer after a flattened image has its rows in the order [height, width, channel] in Keras and [channel,
    /// height, width] here. They are reordered if the layers before it in the network determine the image's shape, which
    /// <see cref="LoadedParameters.Reordered"/> lists; if they do not, use <see cref="Flattened"/>.</para>
    /// <para>Settings that are not in the file must agree in the declaration: Keras' batch norm has <c>Epsilon = 1e-3f</c> and
    /// <c>Momentum = 0.01f</c> by default.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">An entry is empty, comes twice, or has a <c>*</c> too many.</exception>
    public static WeightMap Keras(params (string From, string? To)[] names) => new(new TensorNames(names, KerasTensors.Dotted), new KerasTensors(), byShape: false);

    /// <summary>The same with the entries of a dictionary, none of them null.</summary>
    /// <inheritdoc cref="Keras(ValueTuple{string, string}[])"/>
    public static WeightMap Keras(IReadOnlyDictionary<string, string> names) => Keras(Entries(names));

    /// <summary>
    /// The same map, which finds what the names do not by shapes: a layer of the network and a module of the file belong together
    /// where the shapes of all their tensors agree and no other pairing does. Where layers fit in several ways the load is
    /// refused with the candidates; entries for them decide.
    /// </summary>
    /// <returns>A new map.</returns>
    public WeightMap ByShape() => new(_names, _keras, byShape: true);

    /// <summary>
    /// The same map of Keras, in which a dense layer's inputs are a flattened image of Keras' order [height, width, channel], or
    /// [length, channel].
    /// </summary>
    /// <param name="layer">The network's layer, <c>dense1</c>.</param>
    /// <param name="channels">The image's channels; 1 where the inputs are in order already, which keeps them as they
    /// are.</param>
    /// <returns>A new map.</returns>
    /// <exception cref="InvalidOperationException">The map is not one of Keras.</exception>
    public WeightMap Flattened(string layer, int channels)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (_keras is null)
            throw new InvalidOperationException("Expected a map of Keras: PyTorch flattens in the network's own order.");
        return new WeightMap(_names, _keras.WithFlattened(layer, channels), _byShape);
    }

    /// <summary>Names and layouts as the network has them.</summary>
    /// <param name="state">The file's tensors.</param>
    /// <param name="table">The network's parameters.</param>
    /// <param name="description">The network.</param>
    /// <param name="what">Where the tensors are from, for messages.</param>
    /// <exception cref="ArgumentException">An entry fits nothing, two tensors get one name, or shapes fit in several
    /// ways.</exception>
    internal MappedState Apply(StateDict state, ParameterTable table, NetworkDescription description, string what)
    {
        var names = _names.Rename(state.Select(tensor => tensor.Name), what);
        if (_byShape)
            new ShapeMatch(state, table, description, _keras, what).Complete(names);
        var mapped = new MappedState();
        foreach (var tensor in state)
        {
            if (!names.TryGetValue(tensor.Name, out var name) || name is null)
            {
                mapped.LeftOut.Add(tensor.Name);
                continue;
            }

            var converted = Scaling.IsReserved(name) ? new KerasTensor(name, tensor.Shape, tensor.Owned, null) : Convert(tensor, name, table, description);
            mapped.Add(tensor.Name, converted);
        }

        foreach (var (key, value) in state.Metadata)
            mapped.State.Metadata.Add(key, value);
        return mapped;
    }

    private KerasTensor Convert(StateTensor tensor, string name, ParameterTable table, NetworkDescription description) =>
        _keras?.Convert(tensor, name, table, description) ?? new KerasTensor(name, tensor.Shape, tensor.Owned, null);

    private static (string From, string? To)[] Entries(IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(entry => (entry.Key, entry.Value))];
    }
}
