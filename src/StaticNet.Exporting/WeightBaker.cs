using System.Collections.Immutable;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;

namespace StaticNet.Exporting;

/// <summary>Writes weights in the layout in which the kernels of a declared network read them.</summary>
/// <remarks>The generator's own plan decides the layout, so that the file and the generated code cannot disagree.</remarks>
public static class WeightBaker
{
    /// <summary>Writes a file that <see cref="NetworkExtensions.LoadBaked{TNetwork}(TNetwork, string)"/> reads, and that an inference twin can name for
    /// its weights.</summary>
    /// <param name="network">The declaration of the class that will have the weights.</param>
    /// <param name="weights">Its parameters by their names, as <see cref="NetworkExtensions.ToStateDict"/> returns them and files of weights have them;
    /// a scaling and a schema come along.</param>
    /// <param name="path">The file, usually <c>.baked</c>. After a crash, it has either the old content or the new.</param>
    /// <exception cref="ExportException">Parameters are missing, have other shapes, or hold a number that is not finite, or the network is larger
    /// than code is written for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <example><code>
    /// WeightBaker.Save(NetworkReader.Read("MyApp.csproj", "DigitsModel"), Safetensors.Load("digits.safetensors"), "digits.baked");
    /// </code></example>
    public static void Save(DeclaredNetwork network, StateDict weights, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            BakedFile.Save(path, TableOf(network), weights);
        }
        catch (ArgumentException e)
        {
            throw new ExportException($"{network.Name}: {e.Message}");
        }
        catch (NetworkTooLargeException e)
        {
            throw new ExportException(FormattableString.Invariant($"{network.Name} has {e.Count:N0} {e.What}, which is more than code is written for."));
        }
    }

    private static ParameterTable TableOf(DeclaredNetwork network)
    {
        // What a class without training code leaves out, as the generator does.
        var spec = network.Spec.BatchSize is null
            ? network.Spec with { Losses = default, Graph = new Derived<NetworkGraph>(network.Graph.WithoutLosses()) }
            : network.Spec with { Graph = new Derived<NetworkGraph>(network.Graph) };
        var layout = new NetworkPlan(spec).Parameters;
        return new ParameterTable([.. layout.Parameters.Select(parameter => InfoOf(parameter, layout.OffsetOf(parameter)))]);
    }

    private static ParameterInfo InfoOf(Parameter parameter, int offset) => new(
        parameter.FullName, parameter.Layer, (ParameterKind)(int)parameter.Role, [.. parameter.Shape], (ParameterPacking)(int)parameter.Packing, offset,
        (Initializer)(int)parameter.Initialization.Kind, parameter.Initialization.Value, parameter.Trainable, parameter.PackedChannels, parameter.Connections.Groups,
        parameter.Connections.Table.Count > 0 ? [.. parameter.Connections.Table] : default(ImmutableArray<string>), Gates: parameter.Gates);
}
