using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Emit;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator;

/// <summary>Writes the code of the classes that carry [Network] or [InferenceOf].</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    private readonly Func<NetworkSpec, CodeBudget, NetworkCode> _emit;

    /// <summary>Makes the generator.</summary>
    public NetworkGenerator()
        : this(NetworkEmitter.Emit)
    {
    }

    /// <summary>Makes a generator that writes something else, for tests.</summary>
    internal NetworkGenerator(Func<NetworkSpec, CodeBudget, NetworkCode> emit) => _emit = emit;

    /// <summary>The names of the pipeline's steps.</summary>
    internal const string ParsedStep = "Parsed", ModelStep = "Model", OptionStep = "VectorWidths", WeightsStep = "Weights", NetworkStep = "Network";

    /// <summary>What makes a class a network.</summary>
    private static readonly string[] Markers = ["StaticNet.NetworkAttribute", "StaticNet.InferenceOfAttribute"];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var vectorWidths = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Widths(options)).WithTrackingName(OptionStep);

        var unmarked = context.SyntaxProvider.ForAttributeWithMetadataName("StaticNet.TrainingAttribute", static (node, _) => node is TypeDeclarationSyntax, NetworkParser.CheckMarked);
        context.RegisterSourceOutput(unmarked.Where(static diagnostic => diagnostic is not null), static (output, diagnostic) => output.ReportDiagnostic(diagnostic!));

        var weights = context.AdditionalTextsProvider
            .Where(static file => WeightsFile.IsWeights(file.Path))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => Read(pair.Left.Path, pair.Right.GetOptions(pair.Left)))
            .WithTrackingName(WeightsStep)
            .Collect();

        var all = ImmutableArray.CreateBuilder<IncrementalValueProvider<ImmutableArray<ParseResult>>>();
        foreach (var attribute in Markers)
        {
            var parsed = context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, NetworkParser.Parse).WithTrackingName(ParsedStep);
            context.RegisterSourceOutput(parsed.SelectMany(static (result, _) => result.Diagnostics), static (output, diagnostic) => output.ReportDiagnostic(diagnostic));

            // Once: it is the project's fault.
            var old = parsed.Where(static result => result.OldLanguage is not null).Collect();
            context.RegisterSourceOutput(old, static (output, results) =>
            {
                if (results.Length > 0)
                    output.ReportDiagnostic(Diagnostic.Create(Rules.OldLanguage, results[0].Location, results[0].OldLanguage));
            });

            // From here on only models flow, which are equal by value: nothing re-runs until a network changes.
            var models = parsed.Select(static (result, _) => result.Model).Where(static model => model is not null).WithTrackingName(ModelStep);
            var networks = models.Combine(vectorWidths).Select(static (pair, _) => pair.Left! with { VectorWidths = pair.Right.Widths })
                .Combine(weights).Select(static (pair, _) => WithFile(pair.Left, pair.Right))
                .WithTrackingName(NetworkStep);
            var written = networks.Select((network, _) => Emission.Of(network, _emit));
            context.RegisterSourceOutput(written, static (output, emission) =>
            {
                foreach (var file in emission.Files)
                    output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
            });

            // Only in builds: these files are as long as the weights are, and an editor has no use for them.
            var baked = networks.Where(static network => network.IsBaked).Combine(weights).Combine(written.Collect());
            context.RegisterImplementationSourceOutput(baked, static (output, pair) => AddBaked(output, pair.Left.Left, pair.Left.Right, pair.Right));

            // Which parameters there are is known when the network has been written.
            var named = parsed.Where(static result => result is { Model.Weights: not null, Weights: not null }).Combine(weights).Combine(written.Collect());
            context.RegisterSourceOutput(named.SelectMany(static (pair, _) => WeightsRules.Check(
                pair.Left.Left.Model!,
                pair.Right.FirstOrDefault(emission => emission.HintName == pair.Left.Left.Model!.Target.HintName && emission.Fault is null)?.Parameters,
                pair.Left.Left.Weights!,
                pair.Left.Right)), static (output, diagnostic) => output.ReportDiagnostic(diagnostic));

            // What went wrong in writing is reported where the network is now, which the model does not know.
            var faulty = written.Where(static emission => emission.Fault is not null).Collect();
            var faults = parsed.Combine(faulty).SelectMany(static (pair, _) => pair.Right
                .Where(emission => emission.HintName == pair.Left.Model?.Target.HintName && !(emission.Fault!.IsOfSize && pair.Left.IsTwinOfOwn))
                .Select(emission => emission.Fault!.At(pair.Left.LocationOf(emission.Fault.Place, emission.Fault.Layer))));
            context.RegisterSourceOutput(faults, static (output, diagnostic) => output.ReportDiagnostic(diagnostic));
            all.Add(parsed.Where(static result => result.Model is not null).Collect());
        }

        ReportSlow(context, all[0].Combine(all[1]));
        ReportWidths(context, all[0].Combine(all[1]), vectorWidths);
    }

    /// <summary>Tells a project once that its widths of vectors are not understood.</summary>
    private static void ReportWidths(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<(ImmutableArray<ParseResult> Networks, ImmutableArray<ParseResult> Twins)> all,
        IncrementalValueProvider<(VectorWidths Widths, string? Fault)> vectorWidths) =>
        context.RegisterSourceOutput(all.Combine(vectorWidths), static (output, pair) =>
        {
            if (pair.Right.Fault is { } fault && First(pair.Left) is { } first)
                output.ReportDiagnostic(Diagnostic.Create(Rules.VectorWidths, first.Location, fault));
        });

    /// <summary>The first network of a project.</summary>
    private static ParseResult? First((ImmutableArray<ParseResult> Networks, ImmutableArray<ParseResult> Twins) all) =>
        all.Networks.Concat(all.Twins).Select(result => (ParseResult?)result).FirstOrDefault();

    /// <summary>Tells a project once that its networks are compiled without optimisation, where its build asks for that.</summary>
    private static void ReportSlow(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<(ImmutableArray<ParseResult> Networks, ImmutableArray<ParseResult> Twins)> all)
    {
        var isSlow = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => WarnsOfDebug(options))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Debug))
            .Select(static (pair, _) => pair.Left && pair.Right);
        context.RegisterSourceOutput(all.Combine(isSlow), static (output, pair) =>
        {
            var (declared, isSlow) = pair;
            if (isSlow && First(declared) is { } first)
                output.ReportDiagnostic(Diagnostic.Create(Rules.NotOptimised, first.Location, first.Model!.Target.Name));
        });
    }

    /// <summary>Reads a file of weights: the build says under which name it embeds it, nothing where it does not, or whether its numbers are baked.</summary>
    private static WeightsFile Read(string path, AnalyzerConfigOptions options)
    {
        options.TryGetValue("build_metadata.AdditionalFiles.StaticNetResource", out var resource);
        options.TryGetValue("build_metadata.AdditionalFiles.StaticNetBake", out var bake);
        return WeightsFile.Read(path, resource ?? "", string.Equals(bake, "true", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A network with the file that its declaration names, if there is exactly one.</summary>
    private static NetworkSpec WithFile(NetworkSpec network, ImmutableArray<WeightsFile> files) =>
        network.Weights is { } name && WeightsFile.Named(name, files) is { Count: 1 } found && found[0].Resource.Length > 0
            ? network with { Resource = found[0].Resource, IsBaked = found[0].IsBaked }
            : network;

    /// <summary>Writes the weights of a twin as data. Those that do not fit are reported where the twin is.</summary>
    private static void AddBaked(SourceProductionContext output, NetworkSpec network, ImmutableArray<WeightsFile> files, ImmutableArray<Emission> written)
    {
        var file = WeightsFile.Named(network.Weights!, files)[0];
        if (written.FirstOrDefault(emission => emission.HintName == network.Target.HintName && emission.Fault is null)?.Parameters is not { } parameters || file.Fault is not null || WeightsRules.Misfit(network, parameters, file) is not null)
            return;
        WeightsContent content;
        try
        {
            content = file.Content();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            // It could be read a moment ago.
            output.ReportDiagnostic(Diagnostic.Create(Rules.WeightsNotReadable, Location.None, network.Weights, "safetensors file", exception.Message));
            return;
        }

        output.AddSource($"{network.Target.HintName}.Weights.g.cs", SourceText.From(BakedWriter.Write(network.Target, file.Name, parameters, content), Encoding.UTF8));
    }

    /// <summary>Whether a project is told that its networks are compiled without optimisation: the package asks for it.</summary>
    private static bool WarnsOfDebug(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.StaticNetDebugWarning", out var text) && string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The widths of vectors that a project asks for, all where it does not; and what is not understood of that.</summary>
    private static (VectorWidths Widths, string? Fault) Widths(AnalyzerConfigOptionsProvider options)
    {
        if (!options.GlobalOptions.TryGetValue("build_property.StaticNetVectorWidths", out var text) || text.Trim().Length == 0)
            return (VectorWidths.All, null);
        var widths = VectorWidths.None;
        foreach (var word in text.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits is not (128 or 256 or 512))
                return (VectorWidths.All, text);
            widths |= (VectorWidths)bits;
        }

        return widths == VectorWidths.None ? (VectorWidths.All, text) : (widths, null);
    }
}
