using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layout;

/// <summary>A network as operations, before any decision about memory or loops.</summary>
/// <param name="Graph">The layers.</param>
/// <param name="Input">The network's input.</param>
/// <param name="Operations">The forward operations in order.</param>
/// <param name="Parameters">The parameters in the order of the layers.</param>
/// <param name="Outputs">What each layer gives, in any order of axes, by node.</param>
/// <param name="Read">The values, in the order of the user's spans, of the layers that losses or the user read, by node.</param>
/// <param name="Centers">The centres of the losses that have them, by the loss's number in the list.</param>
internal sealed record NetworkProgram(
    NetworkGraph Graph, Value Input, IReadOnlyList<Operation> Operations, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Value> Outputs,
    IReadOnlyDictionary<int, Value> Read, IReadOnlyDictionary<int, Parameter> Centers)
{
    public Value Output => Read[Graph.Output];

    public Value ValueOf(int node) => Read[node];
}
