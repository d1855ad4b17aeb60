using StaticNet.Data;

namespace StaticNet;

/// <summary>What every network that trains can do beyond its generated code.</summary>
public static class TrainingExtensions
{
    /// <summary>
    /// Computes the running statistics of batch norms anew: the average over the batches of some data, all alike, as the
    /// original text has it. Worth a pass after training, where the moving averages lag behind the last steps, and after
    /// parameters were averaged. Only statistics change; gradients are overwritten. A last batch of one sample is left out, where there are
    /// others, for it has no variance. Ioffe and Szegedy, 2015.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data, in the user's numbers: the network's <see cref="Scaling"/> is applied. At least one sample.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, or is empty.</exception>
    public static void RecalibrateStatistics<TNetwork>(this TNetwork network, DataSource data)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException("Expected at least one sample; the data is empty.", nameof(data));

        var layers = TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic).GroupBy(parameter => parameter.Layer).ToArray();
        var old = network.Weights.Values.ToArray();
        foreach (var parameter in layers.Where(layer => layer.Any(IsCount)).SelectMany(layer => layer))
            network.Weights.Span.Slice(parameter.Offset, parameter.PackedLength).Clear();

        var (scaling, before) = (network.Weights.Scaling, network.CumulativeStatistics);
        var scaled = scaling.Targets is { } targets ? data.ScaleTargets(targets) : data;
        using var loader = new DataLoader(scaled, TNetwork.BatchSize, shuffle: false, inputScaler: scaling.Inputs);
        network.CumulativeStatistics = true;
        try
        {
            foreach (var batch in loader.Epoch(0))
            {
                // One sample of features has no variance, and a variance of 0 is no part of an average of variances.
                if (batch.Count > 1 || data.Count == 1 || TNetwork.BatchSize == 1)
                    network.TrainBatch(new Batch(batch.Inputs, batch.Targets, batch.Count));
            }
        }
        finally
        {
            network.CumulativeStatistics = before;
        }

        // A frozen layer has counted no batch, and centres of a loss count none: they keep what they had.
        foreach (var layer in layers)
        {
            if (layer.FirstOrDefault(IsCount) is { } count && network.Weights.Values[count.Offset] > 0)
                continue;
            foreach (var parameter in layer)
                old.AsSpan(parameter.Offset, parameter.PackedLength).CopyTo(network.Weights.Span[parameter.Offset..]);
        }
    }

    private static bool IsCount(ParameterInfo parameter) => parameter.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}
