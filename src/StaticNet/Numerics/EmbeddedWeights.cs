using System.ComponentModel;
using System.Runtime.InteropServices;
using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Numerics;

/// <summary>Takes the weights that the build has put into an assembly. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddedWeights
{
    /// <summary>Takes parameters and scaling from a resource.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="type">A type of the assembly that holds the resource.</param>
    /// <param name="resource">The resource's name.</param>
    /// <exception cref="InvalidOperationException">The assembly has no such resource, or it does not fit the network.</exception>
    public static void Load<TNetwork>(TNetwork network, Type type, string resource)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        using var stream = Open<TNetwork>(type, resource);
        try
        {
            network.LoadSafetensors(stream);
        }
        catch (Exception exception) when (exception is ArgumentException or SafetensorsException)
        {
            throw Unusable(resource, exception);
        }
    }

    /// <summary>Takes parameters, scaling and schema from a resource in the layout of the kernels.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="type">A type of the assembly that holds the resource.</param>
    /// <param name="resource">The resource's name.</param>
    /// <exception cref="InvalidOperationException">The assembly has no such resource, or it does not fit the network.</exception>
    public static unsafe void LoadBaked<TNetwork>(TNetwork network, Type type, string resource)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        using var stream = Open<TNetwork>(type, resource);
        try
        {
            // Resources of an assembly are in memory: they are read where they are.
            if (stream is UnmanagedMemoryStream memory)
            {
                BakedFile.Load(network, new ReadOnlySpan<byte>(memory.PositionPointer, checked((int)memory.Length)), "The resource");
                return;
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            BakedFile.Load(network, bytes, "The resource");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Unusable(resource, exception);
        }
    }

    /// <summary>Takes parameters that are data of the program, in the layout of the kernels.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="packed">All parameters, two floats in each number.</param>
    /// <param name="scaling">Their scaling; null for none.</param>
    /// <exception cref="InvalidOperationException">They are not as many as the network's, or the scaling does not fit it.</exception>
    public static void Take<TNetwork>(TNetwork network, ReadOnlySpan<ulong> packed, Scaling? scaling = null)
        where TNetwork : class, INetwork<TNetwork> => Take(network, MemoryMarshal.Cast<ulong, float>(packed), scaling);

    /// <summary>Takes parameters that are a text of the program, in the layout of the kernels.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="packed">All parameters, two characters for each float.</param>
    /// <param name="scaling">Their scaling; null for none.</param>
    /// <exception cref="InvalidOperationException">They are not as many as the network's, or the scaling does not fit it.</exception>
    public static void Take<TNetwork>(TNetwork network, string packed, Scaling? scaling = null)
        where TNetwork : class, INetwork<TNetwork> => Take(network, MemoryMarshal.Cast<char, float>(packed), scaling);

    /// <summary>Takes the schema of tables that came with parameters.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="schema">The schema as JSON.</param>
    /// <exception cref="InvalidOperationException">It does not fit the network.</exception>
    public static void TakeSchema<TNetwork>(TNetwork network, string schema)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            network.Weights.Schema = TableExtensions.ReadSchema(schema, TNetwork.Description, "The program");
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }

    private static void Take<TNetwork>(TNetwork network, ReadOnlySpan<float> packed, Scaling? scaling)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (packed.Length != TNetwork.ParameterTable.Length)
            throw new InvalidOperationException($"Expected {TNetwork.ParameterTable.Length} floats of {TNetwork.Description.Name}; the program holds {packed.Length}.");
        try
        {
            NetworkExtensions.Take(network, packed, scaling ?? Scaling.None, schema: null);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"The weights of {TNetwork.Description.Name} that the program holds cannot be used: {exception.Message}", exception);
        }
    }

    private static Stream Open<TNetwork>(Type type, string resource)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(
            $"The assembly of {TNetwork.Description.Name} does not contain its weights, the resource '{resource}': the project must be built with StaticNet.targets, which is part of the package.");
    }

    private static InvalidOperationException Unusable(string resource, Exception exception) =>
        new($"The weights '{resource}' that the assembly holds cannot be used: {exception.Message}", exception);
}
