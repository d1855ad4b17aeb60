using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>What a network must be beyond fitting shapes: trainable where it trains, and what its author is likely to mean.</summary>
internal static class NetworkRules
{
    /// <summary>Checks what needs no graph.</summary>
    public static void CheckTraining(NetworkSpec spec, IGraphErrors errors)
    {
        if (spec.BatchSize is not { } batchSize)
            return;
        if (batchSize is < 1 or > Limits.LargestBatch)
            errors.Report(Place.Training, Rules.Argument, "Training", "BatchSize", "1 to 65,536", Invariant.Text(batchSize));
        var steps = spec.Inputs.Count == 0 ? 1 : spec.Inputs[0].Steps;
        if (spec.TimeSteps < 0 || spec.TimeSteps > steps || (spec.TimeSteps > 0 && steps == 1))
            errors.Report(Place.Training, Rules.Argument, "Training", "TimeSteps", steps == 1 ? "left out where the input has no Steps" : $"1 to {Invariant.Grouped(steps)}, the steps of the input", Invariant.Text(spec.TimeSteps));
        if (spec.Losses.Count == 0)
            errors.Report(Place.Training, Rules.NoLoss, spec.Target.Name);
        if (spec.Losses.Count > Limits.MostLosses)
            errors.Report(Place.Loss(Limits.MostLosses), Rules.TooLargeInTotal, spec.Target.Name, spec.Losses.Count, "losses", Limits.MostLosses);
    }

    /// <summary>Checks the resolved network.</summary>
    public static void Check(NetworkSpec spec, NetworkGraph graph, IGraphErrors errors)
    {
        var places = PlacesOf(spec).ToArray();
        CheckUse(graph, places, errors);
        CheckChannels(graph, errors);
        if (spec.Layout == Vocabulary.Layout.ChannelsLast)
            CheckLastAxis(graph, places, errors);
        if (spec.BatchSize is not null && spec.TimeSteps % graph.TotalStride != 0)
            errors.Report(Place.Training, Rules.Argument, "Training", "TimeSteps", $"a multiple of {Invariant.Text(graph.TotalStride)}, the steps that belong together because of strides", Invariant.Text(spec.TimeSteps));
        if (spec.BatchSize is not null)
            CheckGradients(spec, graph, places, errors);
    }

    /// <summary>The attribute of each of the graph's nodes.</summary>
    public static IEnumerable<Place> PlacesOf(NetworkSpec spec) => spec.Layers.SelectMany((layer, index) => Enumerable.Repeat(Place.Layer(index), Leaves(layer)));

    /// <summary>Images of one, three or four channels are the most, and of so few pixels in a row there are hardly any.</summary>
    private static void CheckChannels(NetworkGraph graph, IGraphErrors errors)
    {
        const int fewestPixels = 8;
        for (var index = 0; index < graph.Inputs.Count; index++)
        {
            var (shape, input) = (graph.Inputs[index].Type.Shape, -1 - index);
            var isSpatial = graph.Nodes.Any(node => node.Inputs.Contains(input) && node.Layer is not (Flatten or Reshape or Permute or Dense));
            if (shape.Count == 3 && shape[0] >= fewestPixels && shape[1] >= fewestPixels && shape[2] is 1 or 3 or 4 && isSpatial)
                errors.Report(Place.Input(index), Rules.LooksChannelsLast, shape[0], shape[1], shape[2]);
        }
    }

    private static void CheckUse(NetworkGraph graph, Place[] places, IGraphErrors errors)
    {
        var used = new HashSet<int>(graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Losses.Select(loss => loss.From)).Concat(graph.Outputs.Select(output => output.Node)));
        for (var node = 0; node < places.Length; node++)
        {
            if (!used.Contains(node))
                errors.Report(places[node], Rules.UnusedLayer, graph.Nodes[node].Name);
        }

        for (var index = 0; index < graph.Inputs.Count; index++)
        {
            if (!used.Contains(-1 - index))
                errors.Report(Place.Input(index), Rules.UnusedInput, graph.Inputs[index].Name);
        }
    }

    /// <summary>
    /// Who holds images with their channels last expects the last axis to be the channels, as in Keras. Where axes have been named or
    /// reshaped, the last axis was chosen.
    /// </summary>
    private static void CheckLastAxis(NetworkGraph graph, Place[] places, IGraphErrors errors)
    {
        var isChosen = new bool[places.Length];
        for (var index = 0; index < places.Length; index++)
        {
            var node = graph.Nodes[index];
            if (node.Layer is ConstantLayer)
                continue;
            isChosen[index] = node.Layer is Permute or Reshape || node.Inputs.Any(input => !NetworkGraph.IsInput(input) && isChosen[input]);
            var input = graph.TypeOf(node.Inputs[0]);
            var (what, type) = node.Layer switch
            {
                Dense or Maxout => (node.Layer.Title, input),
                LayerNorm norm when norm.NormalizedAxes(input.Rank) < input.Rank => (norm.Title, input),
                { FinalActivation: Activation.Softmax or Activation.LogSoftmax } => ($"The softmax of {node.Name}", node.Output),
                _ => ("", input),
            };
            if (what.Length == 0 || type.Rank == 1 || isChosen[index])
                continue;
            var (axis, before, behind) = type.Rank == 2 ? ("length", "1, 0", "1, 0") : ("width", "1, 2, 0", "2, 0, 1");
            errors.Report(places[index], Rules.LastAxis, what, type, axis, before, behind);
        }
    }

    private static void CheckGradients(NetworkSpec spec, NetworkGraph graph, Place[] places, IGraphErrors errors)
    {
        var steps = Enumerable.Range(0, places.Length).Where(node => LossRules.ActivationOf(graph.Nodes[node].Layer) == Activation.Step).ToArray();
        foreach (var node in steps)
            errors.Report(places[node], Rules.StepTrains, graph.Nodes[node].Name);

        if (graph.Losses.Count > 0 && !FeedLosses(graph).Any(node => node.Trainable && node.Layer.Trains))
            errors.Report(Place.Training, Rules.NothingTrains, spec.Target.Name);
    }

    /// <summary>The nodes that a loss depends on.</summary>
    private static IEnumerable<LayerNode> FeedLosses(NetworkGraph graph)
    {
        var feeds = new HashSet<int>(graph.Losses.Select(loss => loss.From));
        for (var node = graph.Last; node >= 0; node--)
        {
            if (!feeds.Contains(node))
                continue;
            feeds.UnionWith(graph.Nodes[node].Inputs);
            yield return graph.Nodes[node];
        }
    }

    private static int Leaves(LayerSpec spec) => spec.Layer is Block block ? block.Layers.Sum(Leaves) : 1;
}
