using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Tests;

/// <summary>The models that the pipeline made.</summary>
internal static class Specs
{
    public static IReadOnlyList<NetworkSpec> Of(GeneratorRun run) => run.Result.TrackedSteps.TryGetValue(NetworkGenerator.NetworkStep, out var steps)
        ? [.. steps.SelectMany(step => step.Outputs).Select(output => (NetworkSpec)output.Value)]
        : [];

    public static NetworkSpec Only(params string[] sources) => Assert.Single(Of(GeneratorHarness.Run(sources)));
}
