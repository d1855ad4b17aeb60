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

    public static int Run()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "StaticNet.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
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
        return 0;
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
