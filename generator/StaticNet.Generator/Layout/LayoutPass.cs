using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layout;

/// <summary>
/// Gives each value of a logical program an order of axes, and each convolution a way to compute it; where operations need another order
/// than a value has, a permutation comes between.
/// </summary>
internal static class LayoutPass
{
    /// <param name="logical">The program.</param>
    /// <param name="spec">The network, which says in what order of axes the user's spans are, and in what numbers weights are kept.</param>
    public static NetworkProgram Run(LogicalProgram logical, NetworkSpec spec)
    {
        var graph = logical.Graph;
        var isLast = spec.Layout == Vocabulary.Layout.ChannelsLast;
        int[] nodesRead = [.. graph.Losses.Select(loss => loss.From).Concat(graph.Outputs.Select(output => output.Node)).Distinct()];
        var policy = new ConvolutionPolicy(logical, isLast ? new HashSet<LogicalValue>(nodesRead.Select(logical.ValueOf)) : []);
        var builder = new LayoutBuilder(policy.Choose, spec.Storage);

        var inputs = graph.Inputs.Select(input => new Value(input.Name, isLast ? input.Type.ChannelsLast : input.Type, null) { Steps = graph.Steps }).ToArray();
        for (var index = 0; index < inputs.Length; index++)
            builder.SetInput(logical.Inputs[index], inputs[index]);
        var layers = new HashSet<LogicalValue>(logical.Layers);
        foreach (var operation in logical.Operations)
            builder.Arrange(operation, layers.Contains(operation.Output));

        // What leaves the network, and what meets targets, is in the order of the user's spans.
        var read = nodesRead.ToDictionary(node => node, node => builder.InUsersOrder(builder.Of(logical.ValueOf(node)), graph.NameOf(node), isLast));
        return new NetworkProgram(logical, inputs, builder.Operations, [.. logical.Layers.Select(layer => layer.Constant is null ? builder.Of(layer) : null)], read);
    }
}
