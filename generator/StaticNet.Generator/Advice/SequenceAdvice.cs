using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about sequences.</summary>
internal static class SequenceAdvice
{
    /// <summary>The steps through which a simple cell still learns.</summary>
    private const int MostSimpleSteps = 50;

    /// <summary>The last step of layers that do not look back to the first.</summary>
    public static IEnumerable<Finding> ForgottenSteps(NetworkView network)
    {
        var steps = network.Graph.Steps;
        if (network.Graph.ReceptiveField is { } field && field < steps)
        {
            foreach (var (node, _) in network.Of<LastStepLayer>())
                yield return network.At(node, network.Nodes[node].Name, Invariant.Text(field), Invariant.Text(steps), Invariant.Text(steps - field));
        }
    }

    /// <summary>Simple recurrent layers over long sequences.</summary>
    public static IEnumerable<Finding> LongRecurrence(NetworkView network)
    {
        foreach (var (node, layer) in network.Of<RecurrentLayer>().Where(pair => pair.Layer is { Cell: CellKind.Simple, Trainable: true }))
        {
            // Strides before the layer leave it fewer steps than the input has.
            var steps = network.Graph.StepsOf(network.Nodes[node].Inputs[0]);
            if (steps <= MostSimpleSteps)
                continue;
            var finding = network.At(node, network.Nodes[node].Name, Invariant.Text(steps));
            var isCalled = network.IsCalled(layer.Kind) || network.IsCalled((layer with { Cell = CellKind.Lstm }).Kind);
            yield return isCalled ? finding : finding.With("Use an LSTM", Edit.Rename(network.PlaceOf(node), "LSTM"));
        }
    }

    /// <summary>Forget gates that begin half open.</summary>
    public static IEnumerable<Finding> Forgetful(NetworkView network) => network.Of<RecurrentLayer>()
        .Where(pair => pair.Layer is { Cell: CellKind.Lstm, Trainable: true, Bias: true, BiasValue: 0, ForgetBias: 0 })
        .Select(pair => network.At(pair.Node, network.Nodes[pair.Node].Name).With("Leave out ForgetBias", Edit.Unset(network.PlaceOf(pair.Node), "ForgetBias")));
}
