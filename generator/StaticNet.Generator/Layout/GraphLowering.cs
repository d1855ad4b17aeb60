using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>Writes a graph of layers as logical operations.</summary>
internal static class GraphLowering
{
    /// <summary>Writes a resolved graph as logical operations.</summary>
    public static LogicalProgram Lower(NetworkGraph graph)
    {
        var lowering = new Lowering(graph.Steps / graph.TotalStride);
        var inputs = graph.Inputs.Select(input => new LogicalValue(input.Type)).ToArray();
        var layers = new List<LogicalValue>();
        foreach (var node in graph.Nodes)
        {
            lowering.Begin(node.Name, node.Trainable, node.Steps);
            layers.Add(node.Layer.Lower(lowering, node.Inputs.Select(input => NetworkGraph.IsInput(input) ? inputs[-1 - input] : layers[input]).ToArray(), node.Shape));
        }

        var centers = CentersOf(graph, lowering);
        return new LogicalProgram(graph, inputs, lowering.Operations, lowering.Parameters, layers, centers);
    }

    /// <summary>
    /// The centres of the losses that have them, by the loss's number in the list: [class, feature], each feature a lane.
    /// </summary>
    private static Dictionary<int, Parameter> CentersOf(NetworkGraph graph, Lowering lowering)
    {
        var centers = new Dictionary<int, Parameter>();
        for (var index = 0; index < graph.Losses.Count; index++)
        {
            var node = graph.Losses[index];
            if (node.Loss.Kind != LossKind.Center)
                continue;
            int[] shape = [graph.Losses[node.ClassOf].Type.Length, node.Type.Length];
            var layer = Loss.LayerOf(index + 1);
            centers[index] = lowering.Add(
                new Parameter(layer, "centers", ParameterKind.Statistic, shape.ToEquatableArray(), Initialization.Zeros, trainable: false, isTransposed: true)
                {
                    IsPacked = true,
                });
        }

        return centers;
    }
}
