using System.Reflection;

namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>A network as peers are told of it: operations with their values, in the order in which they run.</summary>
/// <param name="layers">The operations, the input first; the last one's output is the network's.</param>
internal sealed class PeerGraph(IReadOnlyList<PeerLayer> layers)
{
    /// <summary>The operations.</summary>
    public IReadOnlyList<PeerLayer> Layers => layers;

    /// <summary>The shape of one input sample.</summary>
    public int[] InputShape => layers[0].Shape;

    /// <summary>The shape of one output sample.</summary>
    public int[] OutputShape => layers[^1].Shape;

    /// <summary>The number of floats of one output sample.</summary>
    public int OutputLength => OutputShape.Aggregate(1, (product, size) => product * size);

    /// <summary>Reads a network from its attributes and its parameter table.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">Whose parameters are handed over.</param>
    /// <exception cref="NotSupportedException">It has a layer that peers are not told of yet.</exception>
    public static PeerGraph Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        return Of(typeof(TNetwork), Values);

        float[] Values(string name, int[] shape)
        {
            if (!TNetwork.ParameterTable.TryGet(name, out var parameter))
                throw new NotSupportedException($"{typeof(TNetwork).Name} has no parameter {name}.");
            if (!parameter.Shape.AsSpan().SequenceEqual(shape))
            {
                throw new NotSupportedException(
                    $"{name} is {string.Join("×", parameter.Shape)}; peers expect {string.Join("×", shape)}.");
            }

            var values = new float[parameter.Count];
            parameter.Unpack(network.Weights.Values, values);
            return values;
        }
    }

    /// <summary>Reads a network from its attributes.</summary>
    /// <param name="network">The class that they stand on.</param>
    /// <param name="values">Gives the values of its parameters.</param>
    /// <exception cref="NotSupportedException">It has a layer that peers are not told of yet.</exception>
    public static PeerGraph Of(Type network, PeerValues values)
    {
        var declaration = network.GetCustomAttribute<InferenceOfAttribute>()?.Network ?? network;
        var input = declaration.GetCustomAttribute<InputAttribute>()
            ?? throw new NotSupportedException($"{declaration.Name} has no [Input].");
        if (input.Layout != Layout.ChannelsFirst)
            throw new NotSupportedException($"{declaration.Name} takes channels last; peers take them first.");
        var builder = new PeerGraphBuilder(values);
        return new PeerGraph(builder.Build(input.Steps == 1 ? input.Shape : [input.Steps, .. input.Shape], input.Steps > 1, declaration));
    }
}
