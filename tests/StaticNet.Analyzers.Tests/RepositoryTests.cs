using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Parsing;

namespace StaticNet.Analyzers.Tests;

/// <summary>The networks of tests and samples: what is said of them is meant to be said.</summary>
public class RepositoryTests
{
    private const string Published = "a published network, which has the biases", Formulas = "its formulas are tested with this shape", Golden = "values of PyTorch are compared with it", Panel = "a row that is not a whole panel is tested";

    /// <summary>What is said, and why it is left as it is.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["SN1001 WeightNormalization"] = Golden,
        ["SN1006 Conv2DActivations"] = Golden,
        ["SN1006 DenseOverLastAxis"] = Golden,
        ["SN1006 ThreePorts"] = Formulas,
        ["SN1009 PiecewiseActivationLayers"] = Golden,
        ["SN1011 DropoutProbe"] = "dropout itself is measured at the output",
        ["SN1012 DsCnnTraining"] = "a published network, which drops before its blocks",
        ["SN1013 ActorCritic"] = Golden,
        ["SN1013 AdAutoencoder"] = Published,
        ["SN1013 ChannelsLastPorts"] = Formulas,
        ["SN1013 DsCnnTraining"] = Published,
        ["SN1013 Film"] = Golden,
        ["SN1013 MobileNetV1x025Training"] = Published,
        ["SN1013 ResNet8Training"] = Published,
        ["SN1013 TorchCnn"] = "a file of PyTorch is loaded, which has the bias",
        ["SN1014 BatchNorm1D"] = Golden,
        ["SN1014 Twinned"] = Formulas,
        ["SN1015 AveragePool2DOptions"] = Golden,
        ["SN1015 Conv2DKernels"] = Golden,
        ["SN1015 MaxPool2DOptions"] = Golden,
        ["SN1015 SmallDenseNetwork"] = Golden,
        ["SN1020 Saliency"] = "an image of few pixels keeps its test fast",
        ["SN1023 SmoothActivationLayers"] = Golden,
        ["SN1024 GroupAndInstanceNorms"] = Golden,
        ["SN1024 LayerNorms"] = Golden,
        ["SN1024 RMSNorms"] = Golden,
        ["SN1025 Softmaxes"] = Golden,
        ["SN1030 CenterLossAmongOthers"] = Panel,
        ["SN1030 OddWidths"] = Panel,
        ["SN1030 RectifiedLinear"] = Panel,
        ["SN1030 WeightNormProbe"] = Panel,
    };

    [Fact]
    public async Task Each_finding_in_tests_and_samples_has_its_reason()
    {
        var sources = new[] { "tests/StaticNet.Networks", "tests/StaticNet.Benchmarks", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split('/', '\\').Any(part => part is "obj" or "bin" or "generated"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText);
        var imports = "global using System; global using System.Linq; global using System.Collections.Generic; global using StaticNet;";

        var compilation = Advised.Compile([imports, .. sources]);
        var networks = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Where(DeclaredNetwork.IsNetwork).ToArray();
        var diagnostics = await Advised.Of(compilation);

        // All that there were when this was written, however their attributes are laid out, and those since.
        Assert.Empty(networks.Where(network => DeclaredNetwork.Read(network, CancellationToken.None) is null).Select(network => network.Name));
        Assert.InRange(networks.Length, 230, int.MaxValue);
        Assert.Equal(Reasons.Keys.Order(StringComparer.Ordinal), diagnostics.Select(diagnostic => $"{diagnostic.Id} {ClassOf(diagnostic)}").Distinct().Order(StringComparer.Ordinal));
    }

    private static string ClassOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.ValueText;
}
