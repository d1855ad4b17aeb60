using System.Globalization;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Emit;

/// <summary>The layers with their shapes and costs.</summary>
internal sealed class LayerTable
{
    public LayerTable(NetworkPlan plan)
    {
        // As is usual, taps that meet padding count.
        var products = plan.Program.Operations.Where(operation => operation is Contraction or Convolution or TransposedConvolution or DepthwiseConvolution).ToLookup(operation => operation.Layer);
        var parameters = plan.Program.Parameters.Where(parameter => parameter.Role != ParameterRole.Statistic).ToLookup(parameter => parameter.Layer);
        Rows = plan.Graph.Nodes.Select(node => new Row(
            node.Name,
            node.Layer.Title,
            node.Output,
            parameters[node.Name].Sum(parameter => (long)parameter.Count),
            products[node.Name].Sum(operation => (long)operation.Output.Type.Length * operation.Parameters.First().Products))).ToArray();
    }

    /// <summary>One layer.</summary>
    public sealed record Row(string Name, string Title, TensorType Output, long Parameters, long MultiplyAdds);

    public IReadOnlyList<Row> Rows { get; }

    public long Parameters => Rows.Sum(row => row.Parameters);

    public long MultiplyAdds => Rows.Sum(row => row.MultiplyAdds);

    /// <summary>The table as aligned lines.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            var cells = Rows.Select(row => new[] { row.Name, row.Title, row.Output.ToString(), Number(row.Parameters), Number(row.MultiplyAdds) })
                .Prepend(["layer", "kind", "output", "parameters", "multiply-adds"]).ToArray();
            var widths = Enumerable.Range(0, 5).Select(column => cells.Max(row => row[column].Length)).ToArray();
            return cells.Select(row => string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
