using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>What comes of writing a network: its files, or why there are none. Equal by value.</summary>
/// <param name="HintName">The network, by the beginning of its files' names.</param>
/// <param name="Files">The files; none where there is a fault.</param>
/// <param name="Fault">What went wrong, or null.</param>
internal sealed record Emission(string HintName, EquatableArray<GeneratedFile> Files, EmissionFault? Fault)
{
    /// <summary>Writes a network; no exception but cancellation comes out of it.</summary>
    public static Emission Of(NetworkSpec spec, Func<NetworkSpec, CodeBudget, IEnumerable<GeneratedFile>> emit)
    {
        var budget = new CodeBudget();
        try
        {
            var files = emit(spec, budget).ToEquatableArray();
            // Kernels were counted while they were written; what stands around them counts too.
            if (files.Sum(file => (long)CodeBudget.LinesIn(file.Text)) > CodeBudget.MostLines)
                throw new CodeTooLongException();
            return new Emission(spec.Target.HintName, files, null);
        }
        catch (CodeTooLongException)
        {
            var layers = budget.Layers.Take(3).ToArray();
            return Faulty(spec, new EmissionFault(Rules.TooLong.Id, layers.Select(pair => pair.Key).FirstOrDefault(), new[] { spec.Target.Name, Invariant.Grouped(CodeBudget.MostLines), Shares(layers) }.ToEquatableArray()));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Faulty(spec, new EmissionFault(Rules.GeneratorFault.Id, null, new[] { spec.Target.Name, exception.Message }.ToEquatableArray()));
        }
    }

    private static Emission Faulty(NetworkSpec spec, EmissionFault fault) => new(spec.Target.HintName, default, fault);

    private static string Shares(KeyValuePair<string, int>[] layers) => layers.Length == 0
        ? "more than its layers by themselves"
        : string.Join(", ", layers.Select((pair, index) => $"{Invariant.Grouped(pair.Value)}{(index == 0 ? " or more of them" : "")} for {pair.Key}"));
}
