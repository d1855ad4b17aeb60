using System.Collections.Immutable;
using System.CommandLine;
using StaticNet.Exporting;
using StaticNet.Serialization;

namespace StaticNet.Tool;

/// <summary>The network that a command is about: where it is declared, and its weights.</summary>
internal sealed class NetworkSource
{
    private readonly Argument<string> _source = new("source") { Description = "Where the network is declared: a source file (.cs), a project (.csproj) or its folder, or a built assembly (.dll)" };
    private readonly Option<string?> _network;

    /// <summary>Makes the argument and the options.</summary>
    /// <param name="weights">What the weights are for.</param>
    /// <param name="needsWeights">Whether the command does nothing without weights.</param>
    public NetworkSource(string weights, bool needsWeights)
    {
        WeightsOption = new Option<FileInfo?>("--weights") { Description = weights, Required = needsWeights };
        _network = NetworkOption(result => result.GetValue(_source));
    }

    public Option<FileInfo?> WeightsOption { get; }

    /// <summary>The option that chooses one of several networks; shells complete their names.</summary>
    /// <param name="source">Where they are declared; null while that is not known.</param>
    public static Option<string?> NetworkOption(Func<ParseResult, string?> source)
    {
        var option = new Option<string?>("--network") { Description = "The name of the class, if there are several networks" };
        option.CompletionSources.Add(context => source(context.ParseResult) is { } path ? NamesIn(path) : []);
        return option;
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(_source);
        command.Options.Add(_network);
        command.Options.Add(WeightsOption);
    }

    /// <summary>Reads the declaration.</summary>
    public DeclaredNetwork Read(ParseResult result) => NetworkReader.Read(result.GetRequiredValue(_source), result.GetValue(_network));

    /// <summary>Reads the weights; null if there are none.</summary>
    public StateDict? Weights(ParseResult result) => result.GetValue(WeightsOption) is { } file ? Safetensors.Load(file.FullName) : null;

    /// <summary>The network, ready to run: of an assembly its own code, of sources that which the generator writes.</summary>
    public CompiledNetwork Compile(ParseResult result, DeclaredNetwork declared)
    {
        var path = result.GetRequiredValue(_source);
        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? CompiledNetwork.Load(path, declared) : NetworkCompiler.Compile(declared);
    }

    /// <summary>The networks that may be meant; none while the source is not complete.</summary>
    private static ImmutableArray<string> NamesIn(string source)
    {
        try
        {
            return NetworkReader.Names(source);
        }
        catch (Exception e) when (e is ExportException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
