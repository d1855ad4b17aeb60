using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Generator;

namespace StaticNet.Benchmarks.Generating;

/// <summary>
/// What the generator costs in an IDE: a network of ten layers, its text changed each time, in a driver that has run before;
/// and an edit elsewhere, after which nothing is generated anew.
/// </summary>
internal static class GeneratingMode
{
    private const int Runs = 101;

    private const int LargeRuns = 5;

    public static int Run()
    {
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "StaticNet.dll"))
            .Select(path => MetadataReference.CreateFromFile(path))];
        var network = CSharpSyntaxTree.ParseText(Network(64));
        var other = CSharpSyntaxTree.ParseText("class Other { int Zero() => 0; }");
        var compilation = CSharpCompilation.Create("Ten", [network, other], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator());

        var (generated, unrelated) = (new double[Runs], new double[Runs]);
        for (var run = -20; run < Runs; run++)
        {
            var changed = compilation.ReplaceSyntaxTree(network, CSharpSyntaxTree.ParseText(Network(64 + (run & 15))));
            var first = Time(ref driver, changed);
            var edited = changed.ReplaceSyntaxTree(other, CSharpSyntaxTree.ParseText($"class Other {{ int Number() => {run + 20}; }}"));
            var second = Time(ref driver, edited);
            // The first runs warm up.
            if (run >= 0)
                (generated[run], unrelated[run]) = (first, second);
        }

        var files = driver.GetRunResult().GeneratedTrees;
        if (files.Length == 0)
            throw new InvalidOperationException("Nothing was generated.");
        Array.Sort(generated);
        Array.Sort(unrelated);
        Console.WriteLine($"A network of ten layers, {files.Length} files, {files.Sum(file => file.GetText().Lines.Count):N0} lines, in a warm driver (median of {Runs}):");
        var table = new TextTable("edit", "median");
        table.Add("of a layer", TextTable.Time(generated[Runs / 2]));
        table.Add("elsewhere", TextTable.Time(unrelated[Runs / 2]));
        Console.Write(table);
        MeasureResNet20(references);
        return 0;
    }

    /// <summary>The largest of the shared networks: its code from nothing, and the compiler's time for it.</summary>
    private static void MeasureResNet20(MetadataReference[] references)
    {
        if (Repository.Root is not { } root)
        {
            Console.WriteLine("The sources were not found: ResNet-20 is skipped.");
            return;
        }

        var source = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, "tests", "StaticNet.Networks", "ResNet20.cs")));
        var compilation = CSharpCompilation.Create(
            "ResNet20", [source], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        var (generated, compiled) = (new double[LargeRuns], new double[LargeRuns]);
        var lines = 0;
        for (var run = -1; run < LargeRuns; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _);
            var written = Stopwatch.GetTimestamp();
            using var assembly = new MemoryStream();
            var result = whole.Emit(assembly);
            if (!result.Success)
                throw new InvalidOperationException(result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
            if (run >= 0)
                (generated[run], compiled[run]) = (Stopwatch.GetElapsedTime(start, written).TotalNanoseconds, Stopwatch.GetElapsedTime(written).TotalNanoseconds);
            lines = driver.GetRunResult().GeneratedTrees.Sum(file => file.GetText().Lines.Count);
        }

        Array.Sort(generated);
        Array.Sort(compiled);
        Console.WriteLine($"ResNet-20, {lines:N0} lines (median of {LargeRuns}): generated in {TextTable.Time(generated[LargeRuns / 2])}, compiled in {TextTable.Time(compiled[LargeRuns / 2])}.");
    }

    private static double Time(ref GeneratorDriver driver, Compilation compilation)
    {
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static string Network(int width) =>
        $"using StaticNet; [Network][Input(32)]{string.Concat(Enumerable.Repeat($"[Dense({width}, Activation = Activation.Tanh)]", 9))}[Dense(10)]" +
        "[SoftmaxCrossEntropyLoss][Training(BatchSize = 32)] public sealed partial class Ten;";
}
