using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>The layers with their shapes and costs.</summary>
internal sealed class LayerTable
{
    public LayerTable(NetworkPlan plan)
    {
        var operations = plan.Program.Operations.ToLookup(operation => operation.Layer);
        var parameters = plan.Program.Parameters.Where(parameter => parameter.IsLearned).ToLookup(parameter => parameter.Layer);
        Rows = plan.Graph.Nodes.Select(node => new Row(
            node.Name,
            node.Layer.Title,
            node.Output,
            parameters[node.Name].Sum(parameter => (long)parameter.Learned),
            operations[node.Name].Sum(operation => operation.MultiplyAdds) * UsesOf(plan.Graph, node))).ToArray();
        Unconnected = plan.Program.Parameters.Sum(parameter => (long)parameter.Count - parameter.Learned);
    }

    /// <summary>How often a layer multiplies by its weights while the steps that belong together go through the network: of two numbers of steps, for each of the fewer.</summary>
    private static int UsesOf(NetworkGraph graph, LayerNode node)
    {
        var given = node.Inputs.Select(graph.StepsOf).DefaultIfEmpty(1).First();
        return graph.StepsOfStride(node.Layer.EndsSequence ? given : Math.Min(given, node.Steps));
    }

    /// <summary>One layer.</summary>
    public sealed record Row(string Name, string Title, TensorType Output, long Parameters, long MultiplyAdds);

    public IReadOnlyList<Row> Rows { get; }

    public long Parameters => Rows.Sum(row => row.Parameters);

    /// <summary>The zeros that are in memory and in files where a table of connections leaves weights out.</summary>
    public long Unconnected { get; }

    public long MultiplyAdds => Rows.Sum(row => row.MultiplyAdds);

    /// <summary>The table as aligned lines.</summary>
    /// <param name="most">The most layers: of more, those in the middle are left out.</param>
    public IEnumerable<string> Lines(int most)
    {
        var leftOut = Rows.Count > most ? Rows.Count - most : 0;
        var first = leftOut == 0 ? Rows.Count : most / 2;
        var shown = Rows.Take(first).Concat(Rows.Skip(first + leftOut));
        var cells = shown.Select(row => new[] { row.Name, row.Title, row.Output.ToString(), Invariant.Grouped(row.Parameters), Invariant.Grouped(row.MultiplyAdds) })
            .Prepend(["layer", "kind", "output", "parameters", "multiply-adds"]).ToArray();
        var widths = Enumerable.Range(0, 5).Select(column => cells.Max(row => row[column].Length)).ToArray();
        var lines = cells.Select(row => string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd()).ToList();
        if (leftOut > 0)
            lines.Insert(first + 1, $"… and {Invariant.Grouped(leftOut)} more: Description lists them all");
        return lines;
    }
}
