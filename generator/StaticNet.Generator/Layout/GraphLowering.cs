using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>Writes a graph of layers as operations, and decides in which order of axes each value stands.</summary>
internal static class GraphLowering
{
    /// <summary>Writes a resolved graph as operations.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layout">The order of axes of the user's spans.</param>
    public static NetworkProgram Lower(NetworkGraph graph, Vocabulary.Layout layout)
    {
        var lowering = new Lowering();
        var planes = new PlanePolicy(graph, layout);
        var isLast = layout == Vocabulary.Layout.ChannelsLast;
        var networkInputs = graph.Inputs.Select(input => new Value(input.Name, isLast ? input.Type.ChannelsLast : input.Type, null) { Steps = graph.Steps }).ToArray();
        var outputs = new List<Value>();
        Value ValueOf(int node) => NetworkGraph.IsInput(node) ? networkInputs[-1 - node] : outputs[node];

        foreach (var node in graph.Nodes)
        {
            lowering.Begin(node.Name, node.Trainable, planes.HasPlanes(node));
            var first = lowering.Operations.Count;
            var inputs = lowering.Ordered(node.Inputs.Select(ValueOf).ToArray(), node.Layer.Layouts);
            var output = node.Layer.Lower(lowering, inputs, node.Shape);
            // What the layer gives carries the layer's name; what it makes on the way, the operation's besides.
            foreach (var operation in lowering.Operations.Skip(first))
            {
                if (operation.Output != output && operation.Output.Name == node.Name)
                    operation.Output.Name = $"{node.Name}.{(operation is Product ? "linear" : operation.Verb)}";
            }

            outputs.Add(output);
        }

        // What leaves the network, and what meets targets, is in the order of the user's spans.
        var read = graph.Losses.Select(loss => loss.From).Concat(graph.Outputs.Select(output => output.Node)).Distinct().ToDictionary(node => node, node =>
        {
            if (!NetworkGraph.IsInput(node))
                lowering.Begin(graph.Nodes[node].Name, graph.Nodes[node].Trainable, givesPlanes: false);
            var value = ValueOf(node);
            return isLast && !lowering.IsFlattened(value) ? lowering.ChannelsLast(value) : lowering.ChannelsFirst(value);
        });
        var centers = CentersOf(graph, lowering);
        return new NetworkProgram(graph, networkInputs, lowering.Operations, lowering.Parameters, outputs, read, centers);
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
                new Parameter(layer, "centers", ParameterKind.Statistic, shape.ToEquatableArray(), Initialization.Zeros, Trainable: false, IsTransposed: true)
                {
                    IsPacked = true,
                });
        }

        return centers;
    }
}
