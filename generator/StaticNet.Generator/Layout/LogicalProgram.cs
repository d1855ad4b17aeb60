using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layout;

/// <summary>A network as logical operations, before any decision about memory or loops.</summary>
/// <param name="Graph">The layers.</param>
/// <param name="Inputs">The network's inputs.</param>
/// <param name="Operations">The forward operations in order.</param>
/// <param name="Parameters">The parameters in the order of the layers.</param>
/// <param name="Layers">What each layer gives, by node.</param>
/// <param name="Centers">The centres of the losses that have them, by the loss's number in the list.</param>
internal sealed record LogicalProgram(
    NetworkGraph Graph, IReadOnlyList<LogicalValue> Inputs, IReadOnlyList<LogicalOperation> Operations, IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<LogicalValue> Layers, IReadOnlyDictionary<int, Parameter> Centers)
{
    public LogicalValue ValueOf(int node) => NetworkGraph.IsInput(node) ? Inputs[-1 - node] : Layers[node];
}
