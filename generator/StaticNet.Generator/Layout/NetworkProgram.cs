using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layout;

/// <summary>A network as operations, before any decision about memory or loops.</summary>
/// <param name="Graph">The layers.</param>
/// <param name="Inputs">The network's inputs.</param>
/// <param name="Operations">The forward operations in order.</param>
/// <param name="Parameters">The parameters in the order of the layers.</param>
/// <param name="Layers">What each layer gives, in any order of axes, by node.</param>
/// <param name="Read">The values, in the order of the user's spans, of the layers that losses or the user read, by node.</param>
/// <param name="Centers">The centres of the losses that have them, by the loss's number in the list.</param>
internal sealed record NetworkProgram(
    NetworkGraph Graph, IReadOnlyList<Value> Inputs, IReadOnlyList<Operation> Operations, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Value> Layers,
    IReadOnlyDictionary<int, Value> Read, IReadOnlyDictionary<int, Parameter> Centers)
{
    /// <summary>The network's outputs, in the order of the user's spans.</summary>
    public IReadOnlyList<Value> Outputs => [.. Graph.Outputs.Select(output => Read[output.Node])];

    public Value ValueOf(int node) => Read[node];
}
