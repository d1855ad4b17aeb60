using StaticNet.Data;

namespace StaticNet;

/// <summary>What every network that trains can do beyond its generated code.</summary>
public static class TrainingExtensions
{
    /// <summary>
    /// Computes the running statistics of batch norms anew: the average over the batches of some data, all alike, as the
    /// original text has it. Worth a pass after training, where the moving averages lag behind the last steps, and after
    /// parameters were averaged. Only statistics change; gradients are overwritten. Ioffe and Szegedy, 2015.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data, in the network's numbers; at least one sample.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, or is empty.</exception>
    public static void RecalibrateStatistics<TNetwork>(this TNetwork network, DataSet data)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException("Expected at least one sample; the data is empty.", nameof(data));

        var statistics = TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic)
            .GroupBy(parameter => parameter.Layer).Where(layer => layer.Any(IsCount)).SelectMany(layer => layer).ToArray();
        var old = network.Weights.Span.ToArray();
        foreach (var parameter in statistics)
            network.Weights.Span.Slice(parameter.Offset, parameter.PackedLength).Clear();

        var before = network.CumulativeStatistics;
        network.CumulativeStatistics = true;
        try
        {
            foreach (var batch in new DataLoader(data, TNetwork.BatchSize, shuffle: false).Epoch(0))
                network.TrainBatch(new Batch(batch.Inputs, batch.Targets, batch.Count));
        }
        finally
        {
            network.CumulativeStatistics = before;
        }

        // A frozen layer has counted no batch, and keeps what it had.
        foreach (var layer in statistics.GroupBy(parameter => parameter.Layer))
        {
            var count = layer.Single(IsCount);
            if (network.Weights.Span[count.Offset] > 0)
                continue;
            foreach (var parameter in layer)
                old.AsSpan(parameter.Offset, parameter.PackedLength).CopyTo(network.Weights.Span[parameter.Offset..]);
        }
    }

    private static bool IsCount(ParameterInfo parameter) => parameter.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}
