using System.Reflection;

namespace StaticNet.Benchmarks.Peers;

/// <summary>One layer of a network with its values, as it is handed to a peer.</summary>
internal abstract record PeerLayer
{
    /// <summary>Reads the layers of a network from its attributes and its parameter table.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">Whose parameters are handed over.</param>
    /// <exception cref="NotSupportedException">It has a layer that peers are not told of yet.</exception>
    public static IReadOnlyList<PeerLayer> Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var attributes = typeof(TNetwork).GetCustomAttributes<LayerAttribute>(inherit: false).ToArray();
        var descriptions = TNetwork.Description.Layers;
        if (attributes.Length != descriptions.Length)
        {
            throw new NotSupportedException(
                $"{typeof(TNetwork).Name} has {attributes.Length} layer attributes and describes {descriptions.Length} layers.");
        }

        return [.. attributes.Zip(descriptions).SelectMany(pair => Of(network, pair.First, pair.Second.Name))];
    }

    private static IEnumerable<PeerLayer> Of<TNetwork>(TNetwork network, LayerAttribute attribute, string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        switch (attribute)
        {
            case DenseAttribute dense:
                var weight = Values(network, name + ".weight");
                yield return new PeerDense(
                    name, weight.Length / dense.Units, dense.Units, weight, dense.Bias ? Values(network, name + ".bias") : null);
                if (dense.Activation != Activation.Identity)
                    yield return new PeerActivation(dense.Activation);
                break;
            case ActivationAttribute activation:
                yield return new PeerActivation(activation.Function);
                break;
            default:
                throw new NotSupportedException($"{attribute.GetType().Name} has no counterpart in PeerLayer yet.");
        }
    }

    private static float[] Values<TNetwork>(TNetwork network, string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (!TNetwork.ParameterTable.TryGet(name, out var parameter))
            throw new NotSupportedException($"{typeof(TNetwork).Name} has no parameter {name}.");
        var values = new float[parameter.Count];
        parameter.Unpack(network.Weights.Span, values);
        return values;
    }
}

/// <summary>y = x·Wᵀ + b.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Units">The number of outputs.</param>
/// <param name="Weight">[units, inputs], row-major.</param>
/// <param name="Bias">[units], or null.</param>
internal sealed record PeerDense(string Name, int Inputs, int Units, float[] Weight, float[]? Bias) : PeerLayer;

/// <summary>A function of each element.</summary>
/// <param name="Function">The function, with its default α.</param>
internal sealed record PeerActivation(Activation Function) : PeerLayer;
