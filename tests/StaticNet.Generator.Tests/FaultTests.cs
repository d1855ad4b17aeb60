using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Emit;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Tests;

/// <summary>The generator's own faults: an error that names the network, never a crash.</summary>
public class FaultTests
{
    private const string Source = "using StaticNet; [Network][Input(4)][Dense(3)] partial class Bad; [Network][Input(4)][Dense(3)] partial class Good;";

    [Fact]
    public void A_fault_in_one_network_is_told_and_leaves_the_others_their_code()
    {
        var result = Run((spec, _) => spec.Target.Name == "Bad" ? throw new InvalidOperationException("No such tile.") : [new GeneratedFile("Good.g.cs", "")]);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("SN0024", diagnostic.Id);
        Assert.Equal("The generator failed on Bad. This is a fault of the generator, not of your code; please report it: No such tile.", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Network", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Equal("Good.g.cs", Assert.Single(result.GeneratedSources).HintName);
        Assert.Null(result.Exception);
    }

    [Fact]
    public void A_network_that_fails_halfway_gets_no_file()
    {
        static IEnumerable<GeneratedFile> Halfway(NetworkSpec spec, CodeBudget budget)
        {
            yield return new GeneratedFile(spec.Target.HintName + ".g.cs", "");
            throw new InvalidOperationException("No such tile.");
        }

        var result = Run(Halfway);

        Assert.Empty(result.GeneratedSources);
        Assert.Equal(["SN0024", "SN0024"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Cancellation_passes_through()
    {
        using var cancellation = new CancellationTokenSource();
        var driver = Driver((_, _) =>
        {
            cancellation.Cancel();
            throw new OperationCanceledException(cancellation.Token);
        });

        Assert.Throws<OperationCanceledException>(() => driver.RunGenerators(GeneratorHarness.Compile(Source), cancellation.Token));
    }

    private static GeneratorRunResult Run(Func<NetworkSpec, CodeBudget, IEnumerable<GeneratedFile>> emit) =>
        Driver(emit).RunGenerators(GeneratorHarness.Compile(Source)).GetRunResult().Results.Single();

    private static CSharpGeneratorDriver Driver(Func<NetworkSpec, CodeBudget, IEnumerable<GeneratedFile>> emit) =>
        CSharpGeneratorDriver.Create([new NetworkGenerator((spec, budget) => new NetworkCode(emit(spec, budget))).AsSourceGenerator()], parseOptions: GeneratorHarness.ParseOptions);
}
