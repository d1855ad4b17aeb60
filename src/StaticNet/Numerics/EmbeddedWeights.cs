using System.ComponentModel;

namespace StaticNet.Numerics;

/// <summary>Loads the weights that the build has put into an assembly. For generated code.</summary>
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
        ArgumentNullException.ThrowIfNull(type);
        using var stream = type.Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(
            $"The assembly of {TNetwork.Description.Name} does not contain its weights, the resource '{resource}': the project must be built with StaticNet.targets, which is part of the package.");
        try
        {
            network.LoadSafetensors(stream);
        }
        catch (Exception exception) when (exception is ArgumentException or Serialization.SafetensorsException)
        {
            throw new InvalidOperationException($"The weights '{resource}' that the assembly holds cannot be used: {exception.Message}", exception);
        }
    }
}
