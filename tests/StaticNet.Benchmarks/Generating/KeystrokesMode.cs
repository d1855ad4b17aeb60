using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Generator;
using StaticNet.Generator.Analyzers;

namespace StaticNet.Benchmarks.Generating;

/// <summary>
/// What a keystroke costs in an editor with 30 networks in the project, each in a file of its own: the time of the generator and what it
/// allocates, beside a generator that only looks for the attributes, and the time of the analyzers.
/// </summary>
internal static class KeystrokesMode
{
    private const int Networks = 30, WarmUps = 10, Runs = 41;

    public static int Run()
    {
        var networks = Enumerable.Range(0, Networks).Select(number => CSharpSyntaxTree.ParseText(Network(number, 64), path: $"Network{number}.cs")).ToArray();
        var other = CSharpSyntaxTree.ParseText(Other("0", ""), path: "Other.cs");
        var compilation = CSharpCompilation.Create("Thirty", [.. networks, other], GeneratingMode.References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        Console.WriteLine($"{Networks} networks of ten layers, a warm driver; the least of {Runs} edits, and the same of a generator that only looks for the attributes:");
        var table = new TextTable("edit", "time", "allocated", "only looking: time", "allocated");
        Add("in a method of another file", edit => compilation.ReplaceSyntaxTree(other, CSharpSyntaxTree.ParseText(Other(edit.ToString(CultureInfo.InvariantCulture), ""), path: "Other.cs")));
        Add("a new member in another file", edit => compilation.ReplaceSyntaxTree(other, CSharpSyntaxTree.ParseText(Other("0", $"int Member{edit};"), path: "Other.cs")));
        Add("of a layer of one network", edit => compilation.ReplaceSyntaxTree(networks[0], CSharpSyntaxTree.ParseText(Network(0, 64 + (edit & 15)), path: "Network0.cs")));
        Console.Write(table);

        ReportAdvice(compilation).GetAwaiter().GetResult();
        return 0;

        void Add(string name, Func<int, Compilation> edit)
        {
            var (time, bytes) = Measure(new NetworkGenerator(), edit);
            var (least, fewest) = Measure(new LookingGenerator(), edit);
            table.Add(name, TextTable.Time(time), Megabytes(bytes), TextTable.Time(least), Megabytes(fewest));
        }
    }

    private static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F2} MB");

    /// <summary>The least time, in nanoseconds, and the fewest bytes.</summary>
    private static (double Time, double Bytes) Measure(IIncrementalGenerator generator, Func<int, Compilation> edit)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(generator);
        var (times, bytes) = (new List<double>(), new List<double>());
        for (var run = -WarmUps; run < Runs; run++)
        {
            var compilation = edit(run + WarmUps);
            var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            driver = driver.RunGenerators(compilation);
            if (run < 0)
                continue;
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        return (times.Min(), bytes.Min());
    }

    /// <summary>What all rules together take for all networks, once and again.</summary>
    private static async Task ReportAdvice(CSharpCompilation compilation)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            // A new compilation each time, which has bound no attribute yet.
            DiagnosticAnalyzer analyzer = new AdviceAnalyzer();
            var analysis = compilation.Clone().WithAnalyzers([analyzer]);
            await analysis.GetAnalyzerDiagnosticsAsync();
            times.Add((await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime.TotalNanoseconds);
        }

        var rules = new AdviceAnalyzer().SupportedDiagnostics.Length;
        Console.WriteLine($"The advice, {rules} rules: {TextTable.Time(times.Min() / Networks)} for a network, {TextTable.Time(times.Min() / Networks / rules)} for a rule (the least of {Runs} runs).");
    }

    private static string Other(string value, string member) => $"class Other {{ {member} int Zero() => {value}; }}";

    private static string Network(int number, int width) =>
        $"using StaticNet; [Network][Input(32)]{string.Concat(Enumerable.Repeat($"[Dense({width}, Activation = Activation.Tanh)]", 9))}[Dense(10)]" +
        $"[SoftmaxCrossEntropyLoss][Training(BatchSize = 32)] public sealed partial class Network{number};";

    /// <summary>A generator that does what any must that serves an attribute, and no more.</summary>
    private sealed class LookingGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            foreach (var attribute in new[] { "StaticNet.NetworkAttribute", "StaticNet.InferenceOfAttribute", "StaticNet.TrainingAttribute" })
                context.RegisterSourceOutput(context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (_, _) => true, static (found, _) => found.TargetSymbol.Name), static (_, _) => { });
        }
    }
}
