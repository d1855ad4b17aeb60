using StaticNet.Generator.Layers;
using static StaticNet.Exporting.PyTorch.PythonText;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.PyTorch;

/// <summary>Writes the losses of a network as a function of what its module returns in training, and of targets.</summary>
internal static class LossText
{
    /// <summary>The values that a module returns in training: its outputs, and what else the losses are computed from.</summary>
    public static int[] Returned(NetworkGraph graph) => [.. graph.Outputs.Select(output => output.Node), .. graph.Losses.Select(loss => loss.From).Except(graph.Outputs.Select(output => output.Node))];

    /// <summary>Writes the function.</summary>
    /// <param name="graph">A network with losses.</param>
    /// <param name="problems">Takes what PyTorch lacks.</param>
    public static string Write(NetworkGraph graph, List<string> problems)
    {
        var returned = Returned(graph);
        var terms = new List<string>();
        for (var index = 0; index < graph.Losses.Count; index++)
        {
            var (loss, type, from) = (graph.Losses[index].Loss, graph.Losses[index].Type, graph.TargetOffsetOf(index));
            var output = returned.Length == 1 ? "outputs" : $"outputs[{Number(Array.IndexOf(returned, graph.Losses[index].From))}]";
            var target = loss.TargetIsIndex ? $"targets[:, {Number(from)}].long()" : $"targets[:, {Number(from)}:{Number(from + loss.TargetLength(type))}]";
            if (Term(loss, type.Length, $"{output}.reshape(-1, {Number(type.Length)})", target) is { } term)
                terms.Add(loss.Weight == 1 ? term : $"{Number(loss.Weight)} * {term}");
            else
                problems.Add($"{loss.Title}: PyTorch has no such loss.");
        }

        var count = graph.Losses.Any(node => node.Loss.Sum) ? "    count = len(targets)\n" : "";
        return $""""
            def loss(outputs, targets):
                """The mean over samples of what training minimises."""
            {count}    targets = targets.reshape(-1, {Number(graph.Losses.Sum(node => node.Loss.TargetLength(node.Type)))})
                return {string.Join(" + ", terms)}
            """".ReplaceLineEndings("\n");
    }

    private static string? Term(Words.LossSpec loss, int length, string output, string target)
    {
        string Function(string name, string more = "") => loss.Sum ? $"F.{name}({output}, {target}{more}, reduction=\"sum\") / count" : $"F.{name}({output}, {target}{more})";
        string Mean(string terms) => loss.Sum ? $"({terms}).sum() / count" : $"({terms}).mean()";
        return loss.Kind switch
        {
            Words.LossKind.MeanSquaredError => Function("mse_loss"),
            Words.LossKind.HalfSquaredError => Mean($"0.5 * ({output} - {target}).square()"),
            Words.LossKind.MeanAbsoluteError => Function("l1_loss"),
            Words.LossKind.Huber => Function("huber_loss", $", delta={Number(loss.Parameter)}"),
            Words.LossKind.BinaryCrossEntropy => Function("binary_cross_entropy"),
            Words.LossKind.BinaryCrossEntropyWithLogits => Function("binary_cross_entropy_with_logits"),
            Words.LossKind.SoftmaxCrossEntropy => Function("cross_entropy", loss.LabelSmoothing == 0 ? "" : $", label_smoothing={Number(loss.LabelSmoothing)}"),
            Words.LossKind.Hinge => Mean($"F.relu(1 - {target} * {output})"),
            Words.LossKind.SquaredHinge => Mean($"F.relu(1 - {target} * {output}).square()"),
            // PyTorch divides by the number of classes, also if terms are summed.
            Words.LossKind.MultiClassHinge => Function("multi_margin_loss", $", margin={Number(loss.Parameter)}") + (loss.Sum ? $" * {Number(length)}" : ""),
            _ => null,
        };
    }
}
