using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;

namespace StaticNet.Generator.Tests;

/// <summary>
/// The generated code compiles without a warning wherever it lands: checked arithmetic, nullable, documentation, C# 12 and
/// names that hide the framework's own.
/// </summary>
public class GeneratedCodeTests
{
    private const string Network = "[global::StaticNet.Network][global::StaticNet.Input(4)][global::StaticNet.Dense(8, Activation = global::StaticNet.Activation.PReLU)][global::StaticNet.Dropout(0.5)][global::StaticNet.Dense(3)][global::StaticNet.SoftmaxCrossEntropyLoss][global::StaticNet.Training(BatchSize = 4, KeepValues = true)]";

    private const string Twin = "[global::StaticNet.InferenceOf(typeof(Net))]";

    private const string Documented = "/// <summary>Public, so that it needs documentation.</summary>\n";

    public static TheoryData<string> Surroundings => new()
    {
        $"{Network} partial class Net;",
        $"/// <summary>Public, so that its members need documentation.</summary>\n{Network} public sealed partial class Net;",
        $"{Network} partial class Net; {Twin} partial class Twin;",
        $"namespace A.System.Collections {{ {Network} partial class Net; }}",
        $"namespace A.StaticNet.System {{ {Network} partial class Net; }}",
        $"namespace StaticNet.Numerics.Mine {{ {Network} partial class Net; }}",
        $"namespace System.Runtime.Mine {{ {Network} partial class Net; }}",
        $"using Vector256 = System.String; using Span = System.Int32; using Unsafe = System.Object; using System = System.Text; namespace A {{ {Network} partial class Net; }}",
        $"namespace A {{ {Network} partial class System; {Network} partial class StaticNet; }}",
        $"namespace A {{ class System; class StaticNet; class Span; class ReadOnlySpan; class Vector256; class Vector128; class Unsafe; class MemoryMarshal; class Math; class MathF; class Single; class Int32; class ArgumentException; class ArgumentNullException; class ILayerTrace; class IStepTrace; class StepValue; class ValueLayout; class MethodImpl; class FastMath; class NetworkWeights; class Batch; {Network} partial class Net; }}",
        $"{Network} partial class Vector256; {Network} partial class Span;",
        $"class Span; class Vector256; {Network} partial class Net;",
        $"{Network} partial class @float; {Network} partial class @class;",
        $"namespace @namespace.@class {{ {Network} partial class @event; }}",
        $"{Network} partial class Net<T>; {Network} partial class Net<T, U> where T : struct where U : class, new();",
        $"partial class Outer<T> {{ partial struct Middle<U> {{ partial interface IInner {{ {Network} partial class Net<V>; }} }} }}",
        $"partial record Outer {{ partial record struct Inner {{ {Network} private partial class Net; }} }}",
        $"static partial class Outer {{ ref partial struct Inner {{ {Network} internal sealed partial class Net; }} }}",
        $"class Parent {{ protected int Other() => 1; void Forward() {{ }} }} {Network} partial class Net : Parent, global::System.IDisposable {{ public void Dispose() {{ }} }}",
        $"{Network} partial class Net {{ public Net(string path) : this(5UL) {{ }} static Net() {{ }} int _count = 3; int Count => _count; }}",
        $"namespace A {{ {Network} partial class Net; }} namespace B {{ {Network} partial class Net; }} {Network} partial class Net;",
        $"namespace A {{ {Network} partial class Net; {Network} partial class NET; }} namespace a {{ {Network} partial class Net; }}",
        $"#pragma warning disable CS8981\n{Network} partial class net; partial class outer {{ {Network} partial class inner<item>; }}",
        $"#pragma warning disable CS0693\npartial class Outer<T> {{ {Network} partial class Net<T>; }}",
        $"[global::System.Obsolete] {Network} partial class Net; [global::System.Obsolete(\"Old.\", true)] {Network} partial class Gone;",
        $"[global::System.Obsolete] partial class Outer {{ {Network} partial class Net; {Twin} partial class Twin; }}",
        $"[global::System.Diagnostics.CodeAnalysis.Experimental(\"MINE1\")] {Network} partial class Net;",
        $"[assembly: global::System.CLSCompliant(true)] {Documented}{Network} public partial class Net; {Documented}public partial class Outer {{ {Documented}{Network} public partial class Net; }}",
        $"[assembly: global::System.CLSCompliant(true)] namespace CLSCompliant {{ {Documented}{Network} public partial class Net; }}",
        $"[assembly: global::System.CLSCompliant(true)] {Documented}[global::System.CLSCompliant(false)] {Network} public partial class Net; {Documented}[global::System.CLSCompliant(false)] public partial class Outer {{ {Documented}{Network} public partial class Net; }}",
        $"[assembly: global::System.CLSCompliant(true)] #pragma warning disable CS3005, CS3008\n{Documented}{Network} public partial class Net; {Documented}{Network} public partial class NET; {Documented}{Network} public partial class _Net;".Replace("(true)] #", "(true)]\n#", StringComparison.Ordinal),
        "using StaticNet; [Network][Input(4)][Dense(4, Name = \"input1\")][Dense(4, Name = \"output\")][Dense(4, Name = \"parameters\")][Dense(4, Name = \"class\")][Dense(4, Name = \"Forward\")][Dense(4, Name = \"weights\")][Dense(4, Name = \"Net\")][Dense(4, Name = \"batch\")][HingeLoss][Training] partial class Net;",
        "using StaticNet; [Network][Input(4)][Dense(4, Name = \"a\")][Dense(4, Name = \"a_b\")][Dense(4, Name = \"aB\")][Dense(4, Name = \"a1\")][Dense(4, Name = \"größe\")][HingeLoss][Training] partial class Net;",
    };

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void The_code_compiles_without_a_warning(string source)
    {
        var run = GeneratorHarness.Run(source);
        var assembly = run.Load();

        Assert.NotEmpty(run.Files);
        Assert.Equal(Specs.Of(run).Count, assembly.GetTypes().Count(IsNetwork));
    }

    [Theory]
    [MemberData(nameof(BaselineTests.Networks), MemberType = typeof(BaselineTests))]
    public void The_code_is_the_same_in_every_run(string network)
    {
        var source = "using StaticNet;\n" + BaselineNetworks.All[network];
        var usual = GeneratorHarness.Run(source).Files;

        Assert.NotEmpty(usual);
        Assert.Equal(usual, GeneratorHarness.Run(source).Files);
    }

    [Theory]
    [MemberData(nameof(BaselineTests.Networks), MemberType = typeof(BaselineTests))]
    public void Every_vector_width_compiles(string network)
    {
        foreach (var widths in new[] { "128", "256", "512", "128;256", "128;512", "256;512" })
        {
            // Internal: the classes have no documentation of their own.
            var source = "using StaticNet;\n" + BaselineNetworks.All[network].Replace("public ", "internal ", StringComparison.Ordinal);
            Assert.Contains(GeneratorHarness.Run(GeneratorHarness.Compile(source), widths).Load().GetTypes(), IsNetwork);
        }
    }

    [Theory]
    [MemberData(nameof(BaselineTests.Networks), MemberType = typeof(BaselineTests))]
    public void Every_generated_name_is_kept_from_the_users_members(string network)
    {
        var run = GeneratorHarness.Run("using StaticNet;\n" + BaselineNetworks.All[network]);

        Assert.All(Specs.Of(run), spec =>
        {
            var graph = NetworkGraph.Resolve(spec, new NoFaults());
            var type = Assert.Single(run.Compilation.GetSymbolsWithName(spec.Target.Name, SymbolFilter.Type).OfType<INamedTypeSymbol>());
            var names = type.GetMembers()
                .Where(member => !member.IsImplicitlyDeclared && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } && !member.Name.Contains('.', StringComparison.Ordinal))
                .Select(member => member.Name);

            Assert.All(names, name => Assert.True(MemberRules.IsGenerated(name, spec, graph), $"{name} is generated, but not in MemberRules."));
        });
    }

    private sealed class NoFaults : IGraphErrors
    {
        public void Report(Place place, DiagnosticDescriptor rule, params object[] arguments) => Assert.Fail(rule.Id);
    }

    private static bool IsNetwork(Type type) => type.GetInterfaces().Any(face => face.Name == "INetwork`1");
}
