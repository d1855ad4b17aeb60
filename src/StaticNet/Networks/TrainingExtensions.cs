using StaticNet.Data;

namespace StaticNet;

/// <summary>What every network that trains can do in addition to its generated code.</summary>
public static class TrainingExtensions
{
    /// <summary>
    /// Computes the running statistics of batch norms again, as the average over the batches of some data, all with equal weight,
    /// as in the original paper. This is worth a pass after training, when the moving averages lag behind the last steps, and
    /// after parameters were averaged. Only statistics change; gradients are overwritten. A norm of [features] ignores a last
    /// batch of one sample, which has no variance. If the call fails, the statistics are unchanged. Ioffe and Szegedy, 2015.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data, in the user's numbers: the network's <see cref="Scaling"/> is applied. At least one sample.</param>
    /// <exception cref="ArgumentException">The data does not fit the network or is empty; or there is a batch norm of
    /// [features], and the data, or each batch of the network, is a single sample.
    /// </exception>
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
            network.Weights.Edit().Slice(parameter.Offset, parameter.PackedLength).Clear();

        var (scaling, before) = (network.Weights.Scaling, network.CumulativeStatistics);
        var scaled = scaling.Targets is { } targets ? data.ScaleTargets(targets) : data;
        using var loader = new DataLoader(scaled, TNetwork.BatchSize, shuffle: false, inputScaler: scaling.Inputs);
        network.CumulativeStatistics = true;
        try
        {
            foreach (var batch in loader.Epoch(0))
                network.TrainBatch(new Batch(batch.Inputs, batch.Targets, batch.Count) { IsScaled = true, SampleWeights = batch.SampleWeights, SequenceLengths = batch.SequenceLengths });
            if ((data.Count == 1 || TNetwork.BatchSize == 1)
                && layers.FirstOrDefault(layer => layer.Any(IsCount) && !IsFrozen(layer) && Count(layer) == 0) is { } lone)
            {
                throw new ArgumentException(
                    $"Expected batches of two samples or more, since one sample has no variance for {lone.Key}; " +
                    (data.Count == 1 ? "the data has one sample." : $"{TNetwork.Description.Name} has a batch size of {TNetwork.BatchSize}."),
                    nameof(data));
            }
        }
        catch
        {
            foreach (var parameter in layers.SelectMany(layer => layer))
                PutBack(parameter);
            throw;
        }
        finally
        {
            network.CumulativeStatistics = before;
        }

        // A frozen layer has counted no batch, and centres of a loss count none: they keep what they had.
        foreach (var layer in layers)
        {
            if (layer.Any(IsCount) && Count(layer) > 0)
                continue;
            foreach (var parameter in layer)
                PutBack(parameter);
        }

        float Count(IEnumerable<ParameterInfo> layer) => network.Weights.Values[layer.First(IsCount).Offset];

        void PutBack(ParameterInfo parameter) => old.AsSpan(parameter.Offset, parameter.PackedLength).CopyTo(network.Weights.Edit()[parameter.Offset..]);

        static bool IsFrozen(IGrouping<string, ParameterInfo> statistics)
        {
            var learned = TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Layer == statistics.Key && parameter.Kind != ParameterKind.Statistic);
            return learned.Any() && !learned.Any(parameter => parameter.Trainable);
        }
    }

    private static bool IsCount(ParameterInfo parameter) => parameter.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}
