using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Names that users give to anything, drawn from those that generated code itself uses: none changes what the code means, and none
/// breaks it.
/// </summary>
public class NameTests
{
    private const int Draws = 6;

    private const string Layers =
        "[global::StaticNet.Network][global::StaticNet.Input(2, 4, 4)][global::StaticNet.BatchNorm][global::StaticNet.MaxPool2D(2)][global::StaticNet.Upsampling2D(2)]"
        + "[global::StaticNet.GaussianNoise(0.1f)][global::StaticNet.Flatten][global::StaticNet.Dense(4, Activation = global::StaticNet.Activation.Tanh)][global::StaticNet.Dropout(0.5)][global::StaticNet.Dense(3)]"
        + "[global::StaticNet.SoftmaxCrossEntropyLoss][global::StaticNet.Training(BatchSize = 4)]";

    // Networks with what the other one lacks: sequences, several inputs and outputs, losses of one's own, gradients of inputs, a center loss.
    private static readonly string[] Hostile =
    [
        $"{Layers} partial class Net",
        "[Network][Input(3, Steps = 4, Name = \"one\")][Input(2, Steps = 4, Name = \"two\")][Concat(\"one\")][Delay(2, Name = \"late\")][Dense(4, Activation = Activation.GELU)][Output(From = \"late\", Name = \"kept\")][Output(Name = \"last\")][MeanSquaredErrorLoss][Training(InputGradients = true, KeepValues = true)] partial class Net",
    ];

    private static readonly string[] Sources =
    [
        $"{Layers} partial class Net;",
        .. BaselineNetworks.All.Values.Select(source => "using StaticNet;\n" + source),
        .. Enumerable.Range(1, 3).Select(seed => RandomSource.Blocks + "\n" + string.Join("\n", Enumerable.Range(0, 20).Select(number => new RandomSource((seed * 100) + number).Class($"Net{number}")))),
    ];

    // Other widths of vectors have no names of their own that the baselines do not have.
    private static readonly Lazy<Compilation[]> Generated = new(() =>
        [.. Sources.Select((source, index) => GeneratorHarness.Run(GeneratorHarness.Compile(source), index <= BaselineNetworks.All.Count ? null : "256").Compilation)]);

    /// <summary>Every identifier of the generated code, in an order that is random and always the same.</summary>
    private static readonly Lazy<string[]> Identifiers = new(() =>
    {
        var names = Generated.Value.SelectMany(GeneratedTrees).SelectMany(tree => tree.GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)
            .Where(name => name is not ("var" or "nameof")).Distinct().Order(StringComparer.Ordinal).ToArray();
        new Random(7).Shuffle(names);
        return names;
    });

    public static TheoryData<string> Surroundings => new()
    {
        "namespace Batch;",
        "namespace Math.Trading;",
        "namespace Span.Unsafe;",
        "namespace Mine; class MethodImplAttribute : global::System.Attribute;",
        "namespace Mine; class MethodImpl : global::System.Attribute;",
        "namespace Mine; static class Resampling; static class Interleaving; static class NormalDeviates;",
        "namespace Mine; static class Extensions { public static void StoreUnsafe<T>(this global::System.Runtime.Intrinsics.Vector256<T> vector, ref T place) => throw new global::System.InvalidOperationException(); }",
        "namespace Mine; static class Extensions { public static int StoreUnsafe<T>(this T vector, ref float place) => throw new global::System.InvalidOperationException(); public static T AsSingle<T>(this T vector) => throw new global::System.InvalidOperationException(); }",
    };

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void A_name_of_the_surroundings_is_the_users_alone(string surroundings) => AssertCompiles($"{surroundings}\n{Layers} partial class Net;");

    [Fact]
    public void A_layer_may_be_named_like_a_value_of_a_stream() => AssertCompiles(
        "using StaticNet; [Network][Training][Input(3, Steps = 4)][CausalConv1D(4, Activation = Activation.Tanh, Name = \"tap\")][Dense(2, Name = \"tapStep\")][Dense(2, Name = \"tapStepResult\")]" +
        "[LSTM(2, Name = \"cell\")][Dense(2, Name = \"cellCell\")][Dense(2, Name = \"cellMemory\")][Delay(1, Name = \"tapPast\")][Dense(1)][MeanSquaredErrorLoss] partial class Net;");

    [Fact]
    public void Layers_may_be_named_like_the_parts_of_a_batch() => AssertCompiles(
        "using StaticNet; [Network][Input(4)][Dense(32, Name = \"gradients\")][Dense(16, Name = \"losses\")][Dense(16, Name = \"part\")][Dense(4, Name = \"partLength\")][MeanSquaredErrorLoss][Training(BatchSize = 4096)] partial class Net;");

    [Fact]
    public void A_recurrent_layer_may_be_called_after_the_outputs_whose_steps_are_counted() =>
        AssertCompiles("[StaticNet.Network][StaticNet.Input(2, Steps = 8)][StaticNet.CausalConv1D(4, Stride = 2)][StaticNet.GRU(3, Name = \"output\")] partial class Net;");

    [Theory]
    [InlineData("Batch")]
    [InlineData("Span, Vector256")]
    [InlineData("MethodImpl, Math")]
    [InlineData("T, NetworkWeights")]
    public void A_type_parameter_may_be_named_like_a_type_of_the_code(string parameters) =>
        AssertCompiles($"{Layers} partial class Net<{parameters}>; partial class Outer<{parameters}> {{ {Layers} partial class Inner; }}");

    [Theory]
    [InlineData("namespace MathF { class A; }")]
    [InlineData("namespace Unsafe { class A; }")]
    [InlineData("namespace Vector256.Mine { class A; }")]
    [InlineData("namespace Mine.Vector256 { class A; }")]
    [InlineData("namespace Mine { class System; class StaticNet; }")]
    public void A_namespace_beside_the_network_may_be_named_like_a_type_of_the_code(string beside) =>
        AssertCompiles($"{beside} namespace Mine {{ {Layers} partial class Net; }} {Layers} partial class Net;");

    [Fact]
    public void All_names_of_the_code_may_be_types_around_the_network() =>
        AssertCompiles($"namespace Mine {{ {Layers} partial class TheNetwork; {string.Concat(Identifiers.Value.Where(name => name is not ("TheNetwork" or "Mine")).Select(name => $"class @{name};\n"))} }}");

    [Fact]
    public void Names_of_the_code_may_be_extension_methods() =>
        AssertCompiles($"namespace Mine {{ {Layers} partial class Net; static class Extensions {{ {string.Concat(Identifiers.Value.Where(name => name is not ("Extensions" or "Equals" or "ToString" or "GetHashCode" or "Finalize" or "MemberwiseClone" or "ReferenceEquals" or "GetType")).Select(name => $"public static int @{name}<TOne>(this TOne one, params object[] others) => 0; public static int @{name}<TOne>(this TOne one, ref float place) => 0; public static int @{name}<TOne>(this TOne one, ref float place, nuint offset) => 0;\n"))} }} }}");

    [Fact]
    public void Names_of_the_code_may_be_namespaces()
    {
        foreach (var name in Identifiers.Value.Take(Draws))
            AssertCompiles($"namespace @{name}.Mine {{ {Layers} partial class Net; }}");
    }

    [Fact]
    public void Names_of_the_code_may_be_type_parameters_or_are_refused()
    {
        foreach (var name in Identifiers.Value.Take(Draws))
            AssertCompiles($"namespace Mine {{ {Layers} partial class Net<@{name}>; }}", mayBeRefused: "SN0014");
    }

    [Fact]
    public void Names_of_the_code_may_be_the_networks_own_or_are_refused()
    {
        foreach (var name in Identifiers.Value.Skip(Draws).Take(Draws))
            AssertCompiles($"namespace Mine {{ {Layers} partial class @{name}; }}", mayBeRefused: "SN0014");
    }

    [Fact]
    public void Names_of_the_code_may_be_layers()
    {
        // Two names may be one in the code, or that of a layer's kind: those are told as such.
        foreach (var names in Identifiers.Value.Chunk(9).Take(Draws))
        {
            string Name(int index) => $"Name = \"{names[index % names.Length]}{(index < names.Length ? "" : index)}\"";
            AssertCompiles(
                $"using StaticNet; [Network][Input(2, 3, 3)][Conv2D(4, Kernel = 2, {Name(0)})][BatchNorm({Name(1)})][MaxPool2D(2, {Name(2)})][Flatten({Name(3)})]"
                + $"[Dense(5, Activation = Activation.GELU, {Name(4)})][Dropout(0.5, {Name(5)})][Dense(5, WeightNorm = true, {Name(6)})][LayerNorm({Name(7)})][Dense(3, {Name(8)})][SoftmaxCrossEntropyLoss][Training(BatchSize = 4)] partial class Net;",
                mayBeRefused: "SN0006");
        }
    }

    [Theory]
    [InlineData("stem", "stemBias")]
    [InlineData("stem", "stemWeight")]
    [InlineData("stem", "stemWeightTransposed")]
    [InlineData("stemWeight", "stem")]
    [InlineData("stem", "stemLinear")]
    [InlineData("stem", "stemBiasGradient")]
    [InlineData("mean", "meanValue")]
    [InlineData("lanes", "taken")]
    [InlineData("meanBefore", "unbiasedBefore")]
    [InlineData("loss1", "stemGradient")]
    [InlineData("stem", "stemLanes")]
    [InlineData("block", "many")]
    [InlineData("stem", "stemMemory")]
    public void Layers_may_be_named_like_each_others_parts(string first, string second)
    {
        foreach (var (one, two) in new[] { (first, second), (second, first) })
        {
            AssertCompiles($"using StaticNet; [Network][Input(2, 3, 3)][Conv2D(4, Kernel = 2, Name = \"{one}\")][BatchNorm(Name = \"{two}\", Activation = Activation.PReLU)][Flatten][Dense(3)][SoftmaxCrossEntropyLoss][Training] partial class Net;");
            AssertCompiles($"using StaticNet; [Network][Input(6)][Dense(4, Name = \"{one}\", Activation = Activation.SiLU)][BatchNorm(Name = \"{two}\")][Dense(3)][Dropout(0.2)][SoftmaxCrossEntropyLoss][Training(KeepValues = true)] partial class Net;");
            AssertCompiles($"using StaticNet; [Network][Input(6)][Dense(4, Name = \"{one}\")][Dense(4, Name = \"{two}\", WeightNorm = true)][Dense(3)][SoftmaxCrossEntropyLoss][Training] partial class Net;");
            AssertCompiles($"using StaticNet; [Network][Input(6, Steps = 4)][Dense(8, Name = \"{one}\")][GRU(8, Name = \"{two}\")][CausalConv1D(4)][Dense(3)] partial class Net;");
        }
    }

    [Theory]
    [InlineData("Equals")]
    [InlineData("Finalize")]
    [InlineData("GetHashCode")]
    [InlineData("GetType")]
    [InlineData("MemberwiseClone")]
    [InlineData("ReferenceEquals")]
    [InlineData("ToString")]
    public void A_layer_may_be_named_like_what_every_class_inherits(string name)
    {
        AssertCompiles($"using StaticNet; [Network][Input(4, 8, 8)][Conv2D(4, Padding = 1, WeightNorm = true, Name = \"{name}\")][BatchNorm][Flatten][Dense(2)][MeanSquaredErrorLoss][Training] partial class Net;");
        AssertCompiles($"using StaticNet; [Network][Input(6)][Dense(4)][BatchNorm(Name = \"{name}\")][Dense(4, Name = \"{char.ToLowerInvariant(name[0])}{name[1..]}2\")][MeanSquaredErrorLoss][Training(KeepValues = true)] partial class Net;");
    }

    [Theory]
    [InlineData("ab", "a\\u00ADb")]
    [InlineData("a\\u200Db", "ab")]
    [InlineData("\\u00DF", "\\u1E9E")]
    [InlineData("k", "\\u212A")]
    [InlineData("dense", "Dense")]
    public void Layers_whose_names_are_one_in_the_code_are_refused(string first, string second)
    {
        var run = GeneratorHarness.Run($"using StaticNet; [Network][Input(6)][Dense(4, Name = \"{first}\")][Dense(4, Name = \"{second}\")] partial class Net;");

        Assert.Equal("SN0006", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Files);
    }

    /// <summary>A type that the code named without having recorded it would be the user's here.</summary>
    [Fact]
    public void The_class_may_have_members_named_like_every_type_of_the_code()
    {
        var types = Generated.Value.SelectMany(compilation => GeneratedTrees(compilation).SelectMany(tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            return tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>().Select(name => TypeOf(model.GetSymbolInfo(name).Symbol))
                .Where(type => type is { TypeKind: not TypeKind.TypeParameter, SpecialType: SpecialType.None or SpecialType.System_UIntPtr, ContainingType: null } && type.Locations.All(location => !location.IsInSource))
                .Select(type => type!.Name);
        })).Concat(Types.All.SelectMany(type => type.LookedUp)).Distinct().Order(StringComparer.Ordinal).ToArray();
        // These are called like members of every network, or of every network over sequences.
        types = [.. types.Except(["ParameterTable", "StateTable"])];

        Assert.True(types.Length > 40, string.Join(", ", types));
        string[] members = [.. types.Select(name => $"private class @{name};")], properties = [.. types.Select(name => $"private static int @{name} => 0;")];
        foreach (var source in Hostile)
        {
            AssertCompiles($"using global::StaticNet; {source} {{ {string.Join(" ", members)} }}");
            AssertCompiles($"using global::StaticNet; {source} {{ {string.Join(" ", properties)} }}");
        }
    }

    [Fact]
    public void No_extension_method_is_called_as_one()
    {
        var found = Generated.Value.SelectMany(compilation => GeneratedTrees(compilation).SelectMany(tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            return tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(call => model.GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: MethodKind.ReducedExtension })
                .Select(call => call.Expression is MemberAccessExpressionSyntax access ? access.Name.ToString() : call.ToString());
        })).Distinct();

        Assert.Empty(found);
    }

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        ITypeSymbol type => type,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
        _ => null,
    };

    private static IEnumerable<SyntaxTree> GeneratedTrees(Compilation compilation) => compilation.SyntaxTrees.Where(IsGenerated);

    private static bool IsGenerated(SyntaxTree? tree) => tree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static GeneratorRun AssertCompiles(string source, string? mayBeRefused = null)
    {
        var run = GeneratorHarness.Run(GeneratorHarness.Compile(source), vectorWidths: "256");
        if (run.Diagnostics.Length > 0 && run.Diagnostics.All(diagnostic => diagnostic.Id == mayBeRefused))
            return run;

        Assert.Empty(run.Diagnostics);
        Assert.NotEmpty(run.Files);
        // What the user's own odd names make the compiler warn of is not ours: all that counts is in generated files, or an error.
        var ours = run.CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || IsGenerated(diagnostic.Location.SourceTree)).ToArray();
        Assert.True(ours.Length == 0, string.Join("\n", ours.Take(3)) + "\n" + source);
        return run;
    }
}
