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

namespace StaticNet.Generator;

/// <summary>Writes the code of the classes that carry [Network] or [InferenceOf].</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    private readonly Func<NetworkSpec, IEnumerable<GeneratedFile>> _emit;

    /// <summary>Makes the generator.</summary>
    public NetworkGenerator()
        : this(NetworkEmitter.Emit)
    {
    }

    /// <summary>Makes a generator that writes something else, for tests.</summary>
    internal NetworkGenerator(Func<NetworkSpec, IEnumerable<GeneratedFile>> emit) => _emit = emit;

    /// <summary>The names of the pipeline's steps.</summary>
    internal const string ParsedStep = "Parsed", ModelStep = "Model", OptionStep = "VectorBits", NetworkStep = "Network";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var vectorBits = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => VectorBits(options)).WithTrackingName(OptionStep);

        var unmarked = context.SyntaxProvider.ForAttributeWithMetadataName("StaticNet.TrainingAttribute", static (node, _) => node is TypeDeclarationSyntax, NetworkParser.CheckMarked);
        context.RegisterSourceOutput(unmarked.Where(static diagnostic => diagnostic is not null), static (output, diagnostic) => output.ReportDiagnostic(diagnostic!));

        foreach (var attribute in new[] { "StaticNet.NetworkAttribute", "StaticNet.InferenceOfAttribute" })
        {
            var parsed = context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, NetworkParser.Parse).WithTrackingName(ParsedStep);
            context.RegisterSourceOutput(parsed.SelectMany(static (result, _) => result.Diagnostics), static (output, diagnostic) => output.ReportDiagnostic(diagnostic));

            // From here on only models flow, which are equal by value: nothing re-runs until a network changes.
            var models = parsed.Select(static (result, _) => result.Model).Where(static model => model is not null).WithTrackingName(ModelStep);
            var networks = models.Combine(vectorBits).Select(static (pair, _) => pair.Left! with { VectorBits = pair.Right }).WithTrackingName(NetworkStep);
            context.RegisterSourceOutput(networks, Emit);
        }
    }

    private void Emit(SourceProductionContext output, NetworkSpec network)
    {
        try
        {
            foreach (var file in _emit(network).ToArray())
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            output.ReportDiagnostic(Diagnostic.Create(Rules.GeneratorFault, Location.None, network.Target.Name, exception.Message));
        }
    }

    /// <summary>The vector width that tests force; 0 otherwise.</summary>
    private static int VectorBits(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.StaticNetVectorBits", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
        && bits is 128 or 256 or 512 ? bits : 0;
}
