using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>What comes of writing a network: its files, or why there are none. Equal by value.</summary>
/// <param name="HintName">The network, by the beginning of its files' names.</param>
/// <param name="Files">The files; none where there is a fault.</param>
/// <param name="Fault">What went wrong, or null.</param>
/// <param name="Parameters">The network's parameters; none where there is a fault.</param>
internal sealed record Emission(string HintName, EquatableArray<GeneratedFile> Files, EmissionFault? Fault, EquatableArray<ParameterShape> Parameters = default)
{
    /// <summary>Writes a network; no exception but cancellation comes out of it.</summary>
    public static Emission Of(NetworkSpec spec, Func<NetworkSpec, CodeBudget, NetworkCode> emit)
    {
        var budget = new CodeBudget();
        try
        {
            var code = emit(spec, budget);
            var files = code.Files.ToEquatableArray();
            // Kernels were counted while they were written; the code around them counts too.
            if (files.Sum(file => (long)CodeBudget.LinesIn(file.Text)) > CodeBudget.MostLines)
                throw new CodeTooLongException();
            return new Emission(spec.Target.HintName, files, null, code.Parameters);
        }
        catch (CodeTooLongException)
        {
            var layers = budget.Layers.Take(3).ToArray();
            var (place, layer) = layers.Length > 0 ? (PlaceKind.Layer, layers[0].Key) : (PlaceKind.Network, null);
            return Faulty(spec, Rules.TooLong, place, layer, [spec.Target.Name, Invariant.Grouped(CodeBudget.MostLines), Shares(layers)]);
        }
        catch (NetworkTooLargeException tooLarge)
        {
            return Faulty(spec, Rules.TooLargeInTotal, tooLarge.Place, null, [spec.Target.Name, Invariant.Text(tooLarge.Count), tooLarge.What, Invariant.Text(Limits.MostFloats)]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Faulty(spec, Rules.GeneratorFault, PlaceKind.Network, null, [spec.Target.Name, exception.Message]);
        }
    }

    private static Emission Faulty(NetworkSpec spec, DiagnosticDescriptor rule, PlaceKind place, string? layer, string[] arguments) =>
        new(spec.Target.HintName, default, new EmissionFault(rule.Id, place, layer, arguments.ToEquatableArray()));

    private static string Shares(KeyValuePair<string, int>[] layers) => layers.Length == 0
        ? "those around its layers"
        : string.Join(", ", layers.Select((pair, index) => $"{Invariant.Grouped(pair.Value)}{(index == 0 ? " lines" : "")} for {pair.Key}"));
}
