using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>A value of a layer that is there after a training step, to be seen.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="IsGradient">Whether it is the gradient of the layer's output; otherwise the output itself.</param>
/// <param name="Value">The value.</param>
internal sealed record KeptValue(string Layer, bool IsGradient, Value Value)
{
    /// <summary>The output of each layer that a step computes and, where there is one, its gradient.</summary>
    public static IReadOnlyList<KeptValue> Of(NetworkProgram program, TrainingProgram training)
    {
        var computed = new HashSet<Value>(training.Forward.Select(operation => operation.Output));
        var kept = new List<KeptValue>();
        for (var index = 0; index < program.Layers.Count; index++)
        {
            var node = program.Graph.Nodes[index];
            // What gives another shape to the values before it may be in their order of axes, not in that of its own shape.
            if (program.Layers[index] is not { } output || !computed.Contains(output) || output.Producer!.Layer != node.Name || node.Layer.OnlyReshapes)
                continue;
            kept.Add(new KeptValue(node.Name, IsGradient: false, output));
            if (training.Gradients.TryGetValue(output, out var gradient))
                kept.Add(new KeptValue(node.Name, IsGradient: true, gradient));
        }

        return kept;
    }
}
