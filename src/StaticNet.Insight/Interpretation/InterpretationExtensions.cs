using System.Collections.Immutable;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>What a network's answers depend on.</summary>
public static class InterpretationExtensions
{
    /// <summary>
    /// Measures how much the loss rises when the values of one input are exchanged between samples, so that it tells nothing any more: for tables.
    /// Breiman, "Random Forests", 2001; Fisher, Rudin and Dominici, 2019, for any model.
    /// </summary>
    /// <param name="trainer">The trainer of the network; nothing of it changes.</param>
    /// <param name="data">Samples that it was not trained with, in the user's numbers; their weights and the lengths of sequences count.</param>
    /// <param name="repeats">How often each input is exchanged, 1 or more. Default: 5.</param>
    /// <param name="seed">The seed of the orders. Default: 0.</param>
    /// <returns>The inputs, the most important first.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static ImmutableArray<FeatureImportance> PermutationImportance(this Trainer trainer, DataSet data, int repeats = 5, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var before = trainer.Evaluate(data).Loss;
        var importance = new List<FeatureImportance>();
        for (var feature = 0; feature < data.InputLength; feature++)
        {
            var random = new RandomStream(seed, (ulong)feature + 1);
            var increases = new double[repeats];
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var order = Enumerable.Range(0, data.Count).ToArray();
                random.Shuffle<int>(order);
                increases[repeat] = trainer.Evaluate(new PermutedSource(data, feature, order)).Loss - before;
            }

            var mean = increases.Average();
            importance.Add(new FeatureImportance(feature, mean, Math.Sqrt(increases.Average(increase => (increase - mean) * (increase - mean)))));
        }

        return [.. importance.OrderByDescending(item => item.Increase)];
    }

    /// <summary>
    /// The gradient of the loss with respect to each number of an input: which of them change the answer most if they change a little.
    /// Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2013.
    /// </summary>
    /// <typeparam name="TNetwork">A network declared with <c>[Training(InputGradients = true)]</c>.</typeparam>
    /// <param name="network">The network. Its gradients are overwritten, its parameters are as before.</param>
    /// <param name="input">InputLength floats, in the user's numbers.</param>
    /// <param name="target">The target that the loss is of, such as the index of the class in question; in the network's numbers.</param>
    /// <returns>InputLength gradients, with respect to the inputs in the network's numbers.</returns>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">The network has a batch norm, whose statistics a training step would change.</exception>
    public static float[] Saliency<TNetwork>(this TNetwork network, ReadOnlySpan<float> input, ReadOnlySpan<float> target)
        where TNetwork : class, IInputGradients<TNetwork>
    {
        var gradients = new float[input.Length];
        Gradients(network, Scaled(network, input, nameof(input)), target, gradients);
        return gradients;
    }

    /// <summary>
    /// Divides the change of the loss from a baseline to an input among the numbers of the input: the sum of the result is the
    /// difference of the two losses. Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks", 2017.
    /// </summary>
    /// <typeparam name="TNetwork">A network declared with <c>[Training(InputGradients = true)]</c>.</typeparam>
    /// <param name="network">The network. Its gradients are overwritten, its parameters are as before.</param>
    /// <param name="input">InputLength floats, in the user's numbers.</param>
    /// <param name="target">The target that the loss is of, in the network's numbers.</param>
    /// <param name="baseline">An input that says nothing, such as a black image, in the user's numbers; empty for zeros.</param>
    /// <param name="steps">The points on the way from one to the other, 1 or more. Default: 64.</param>
    /// <returns>InputLength shares: negative where the number lowers the loss.</returns>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">The network has a batch norm, whose statistics a training step would change.</exception>
    public static float[] IntegratedGradients<TNetwork>(
        this TNetwork network, ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> baseline = default, int steps = 64)
        where TNetwork : class, IInputGradients<TNetwork>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var to = Scaled(network, input, nameof(input));
        var from = Scaled(network, baseline.IsEmpty ? new float[input.Length] : baseline, nameof(baseline));
        var (point, gradients, sums) = (new float[to.Length], new float[to.Length], new double[to.Length]);
        for (var step = 0; step < steps; step++)
        {
            // The middle of each part of the way.
            var share = (step + 0.5f) / steps;
            for (var index = 0; index < point.Length; index++)
                point[index] = from[index] + (share * (to[index] - from[index]));
            Gradients(network, point, target, gradients);
            for (var index = 0; index < sums.Length; index++)
                sums[index] += gradients[index];
        }

        return [.. sums.Select((sum, index) => (float)(sum / steps * (to[index] - from[index])))];
    }

    private static float[] Scaled<TNetwork>(TNetwork network, ReadOnlySpan<float> input, string name)
        where TNetwork : class, IInputGradients<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (input.Length != TNetwork.InputLength)
            throw new ArgumentException($"Expected {TNetwork.InputLength} numbers, an input of {TNetwork.Description.Name}; there are {input.Length}.", name);
        if (TNetwork.Description.Layers.FirstOrDefault(layer => layer.Kind.StartsWith("BatchNorm", StringComparison.Ordinal)) is { } norm)
            throw new InvalidOperationException($"Expected a network without batch norms; {norm.Name} of {TNetwork.Description.Name} would take its statistics from the input.");
        var scaled = input.ToArray();
        network.Weights.Scaling.Inputs?.Apply(scaled);
        return scaled;
    }

    private static void Gradients<TNetwork>(TNetwork network, ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> gradients)
        where TNetwork : class, IInputGradients<TNetwork>
    {
        // A batch moves the centres of a loss, though no step is taken.
        var statistics = new StatisticsCopy(TNetwork.ParameterTable);
        statistics.Take(network.Weights.Values);
        var dropout = network.DropoutEnabled;
        network.DropoutEnabled = false;
        try
        {
            network.TrainBatch(new Batch(input, target, 1) { IsScaled = true });
            network.CopyInputGradients(gradients);
        }
        finally
        {
            network.DropoutEnabled = dropout;
            statistics.PutBack(network.Weights.Edit());
        }
    }
}
