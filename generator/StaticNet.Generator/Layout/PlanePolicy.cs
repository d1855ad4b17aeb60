using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>
/// Which values stand in planes, with the pixels of a row as lanes, rather than with their channels last: those of so few
/// channels that most lanes would be empty, where what reads them knows planes.
/// </summary>
internal sealed class PlanePolicy
{
    private readonly NetworkGraph _graph;
    private readonly bool _isLast;
    private readonly ILookup<int, int> _readers;
    private readonly HashSet<LayerNode> _nodes;

    public PlanePolicy(NetworkGraph graph, Vocabulary.Layout layout)
    {
        _graph = graph;
        _isLast = layout == Vocabulary.Layout.ChannelsLast;
        _readers = Enumerable.Range(0, graph.Nodes.Count)
            .SelectMany(node => graph.Nodes[node].Inputs.Select(input => (Input: input, Node: node)))
            .ToLookup(pair => pair.Input, pair => pair.Node);
        _nodes = new HashSet<LayerNode>(Enumerable.Range(0, graph.Nodes.Count).Where(Gives).Select(node => graph.Nodes[node]));
    }

    /// <summary>Whether a layer's result is to stand in planes.</summary>
    public bool HasPlanes(LayerNode node) => _nodes.Contains(node);

    private bool Gives(int node)
    {
        // Winograd's algorithm, where it is asked for, has channels last.
        if (_graph.Nodes[node].Layer is not ConvolutionLayer { Groups: 1, Table.Count: 0, WeightNorm: false, Algorithm: not ConvolutionAlgorithm.Winograd } convolution)
            return false;
        // A slope a channel is a vector of lanes where channels stand last only.
        if (convolution.Activation.Kind is Activation.PReLU or Activation.Softmax or Activation.LogSoftmax)
            return false;
        var windows = _graph.Nodes[node].Shape.Windows;
        if (!PlaneSum.HasGradient(windows) || windows.All(window => window.IsIdentity))
            return false;
        // Half again as many full lanes pay for the frame. Kernels take filters of one panel.
        var (filters, width) = (convolution.Filters, windows[windows.Count - 1].Output);
        return filters <= Lanes.Panel && 2L * Lanes.Pad(filters) * width >= 3L * Lanes.Pad(width) * filters && ReadersTakePlanes(node);
    }

    private bool ReadersTakePlanes(int node) => _readers[node].All(reader => _graph.Nodes[reader].Layer switch
    {
        PoolingLayer => PlaneRules.Pools(_graph.Nodes[reader].Shape.Windows),
        ConvolutionLayer { Groups: 1, Table.Count: 0, Algorithm: not ConvolutionAlgorithm.Winograd } convolution => convolution.Windows.Any(window => window.Kernel > 1) && (_graph.Nodes[node].Output.Shape[0] <= PlaneRules.FewChannels || Gives(reader)),
        ActivationLayer { Function.Kind: not Activation.PReLU, Layouts: LayoutUse.Any } => ReadersTakePlanes(reader),
        var other => other.Layouts == LayoutUse.ChannelsFirst,
    }) && !(_isLast && IsRead(node));

    /// <summary>Whether the user or a loss reads what a node gives.</summary>
    private bool IsRead(int node) => _graph.Outputs.Any(output => output.Node == node) || _graph.Losses.Any(loss => loss.From == node);
}
