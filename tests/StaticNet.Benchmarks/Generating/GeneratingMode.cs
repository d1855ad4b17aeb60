using System.Diagnostics;
using System.Globalization;
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

    private const int ColdRuns = 3;

    public static int Run()
    {
        var references = References();
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

    /// <summary>The largest of the shared networks: its code from nothing, and the compiler's time for it, warm and in fresh processes.</summary>
    private static void MeasureResNet20(MetadataReference[] references)
    {
        if (Repository.Root is not { } root)
        {
            Console.WriteLine("The sources were not found: ResNet-20 is skipped.");
            return;
        }

        var path = Path.Combine(root, "tests", "StaticNet.Networks", "ResNet20.cs");
        Console.WriteLine($"ResNet-20: warm (median of {LargeRuns}), and the first time in a fresh process (median of {ColdRuns}; processor time):");
        var table = new TextTable("widths", "lines", "generated", "compiled", "cold: generated", "cold: compiled");
        foreach (var widths in new[] { "256", "256;512", "128;256;512" })
        {
            var warm = Enumerable.Range(0, LargeRuns + 1).Select(_ => Compile(path, widths, references)).Skip(1).ToArray();
            var cold = Enumerable.Range(0, ColdRuns).Select(_ => ColdCompilation.Start(path, widths)).ToArray();
            table.Add(
                widths,
                warm[0].Lines.ToString("N0", CultureInfo.InvariantCulture),
                TextTable.Time(Median(warm, run => run.Generated)),
                TextTable.Time(Median(warm, run => run.Compiled)),
                TextTable.Time(Median(cold, run => run.Generated)),
                TextTable.Time(Median(cold, run => run.Compiled)));
        }

        Console.Write(table);
    }

    /// <summary>The command that <see cref="ColdCompilation"/> starts: writes what one compilation takes.</summary>
    /// <param name="path">The network's source.</param>
    /// <param name="widths">The widths of vectors.</param>
    public static int RunCold(string path, string widths)
    {
        Console.WriteLine(Compile(path, widths, References()).ToString());
        return 0;
    }

    private static CompilationTimes Compile(string path, string widths, MetadataReference[] references)
    {
        var compilation = CSharpCompilation.Create(
            "ResNet20", [CSharpSyntaxTree.ParseText(File.ReadAllText(path))], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        var (start, startOfProcessor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], optionsProvider: new WidthOptions(widths)).RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _);
        var (written, writtenOfProcessor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        using var assembly = new MemoryStream();
        var result = whole.Emit(assembly);
        if (!result.Success)
            throw new InvalidOperationException(result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
        return new CompilationTimes(
            driver.GetRunResult().GeneratedTrees.Sum(file => file.GetText().Lines.Count),
            Stopwatch.GetElapsedTime(start, written).TotalNanoseconds,
            Stopwatch.GetElapsedTime(written).TotalNanoseconds,
            (writtenOfProcessor - startOfProcessor).TotalNanoseconds,
            (Environment.CpuUsage.TotalTime - writtenOfProcessor).TotalNanoseconds);
    }

    private static double Median(CompilationTimes[] runs, Func<CompilationTimes, double> time) => runs.Select(time).Order().ElementAt(runs.Length / 2);

    public static MetadataReference[] References() => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "StaticNet.dll"))
        .Select(path => MetadataReference.CreateFromFile(path))];

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
