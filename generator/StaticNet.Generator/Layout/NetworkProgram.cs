using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layout;

/// <summary>A network as operations on values that have their orders of axes.</summary>
/// <param name="Logical">What it computes.</param>
/// <param name="Inputs">The network's inputs.</param>
/// <param name="Operations">The forward operations in order.</param>
/// <param name="Layers">What each layer gives, in any order of axes, by node; null for a constant.</param>
/// <param name="Read">The values, in the order of the user's spans, of the layers that losses or the user read, by node.</param>
internal sealed record NetworkProgram(
    LogicalProgram Logical, IReadOnlyList<Value> Inputs, IReadOnlyList<Operation> Operations, IReadOnlyList<Value?> Layers, IReadOnlyDictionary<int, Value> Read)
{
    public NetworkGraph Graph => Logical.Graph;

    /// <summary>The parameters in the order of the layers.</summary>
    public IReadOnlyList<Parameter> Parameters => Logical.Parameters;

    /// <summary>The centres of the losses that have them, by the loss's number in the list.</summary>
    public IReadOnlyDictionary<int, Parameter> Centers => Logical.Centers;

    /// <summary>The network's outputs, in the order of the user's spans.</summary>
    public IReadOnlyList<Value> Outputs => [.. Graph.Outputs.Select(output => Read[output.Node])];

    public Value ValueOf(int node) => Read[node];
}
