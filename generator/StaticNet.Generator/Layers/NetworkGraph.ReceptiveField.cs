namespace StaticNet.Generator.Layers;

/// <content>How far back a step's outputs look.</content>
internal sealed partial class NetworkGraph
{
    /// <summary>The steps of a stream that the outputs of one step depend on, this step included; null: all since the stream began.</summary>
    public long? ReceptiveField
    {
        get
        {
            var reach = new long?[_nodes.Count];
            for (var index = 0; index < _nodes.Count; index++)
            {
                var node = _nodes[index];
                reach[index] = node.Inputs.Select(Of).Aggregate((long?)0, Further) + InSteps(node);
            }

            return Outputs.Select(output => Of(output.Node)).Aggregate((long?)0, Further) + 1;

            long? Of(int node) => IsInput(node) ? 0 : reach[node];

            // In steps of the network's input, of which strides leave fewer.
            long? InSteps(LayerNode node)
            {
                var steps = Math.Max(node.Steps, node.Inputs.Select(StepsOf).DefaultIfEmpty(1).Max());
                return ((node.Layer.LooksBack * (long)Steps) + steps - 1) / steps;
            }

            static long? Further(long? first, long? second) => first is null || second is null ? null : Math.Max(first.Value, second.Value);
        }
    }
}
