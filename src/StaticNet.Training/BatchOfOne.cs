using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The batch norms that have one value a channel and sample: a batch of one sample has no variance for them.</summary>
/// <remarks>
/// PyTorch refuses such a batch. Here it trains, with the bias as the norm's output, but the running statistics ignore it: a
/// variance of 0 would draw the running one towards 0, and with it inference away from training.
/// </remarks>
internal sealed class BatchOfOne
{
    private readonly string[] _layers;

    /// <summary>Finds the layers.</summary>
    public BatchOfOne(NetworkDescription description, ParameterTable table)
    {
        _layers =
        [
            .. from parameters in table.Parameters.GroupBy(parameter => parameter.Layer)
               where parameters.Any(parameter => parameter.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)) && !IsFrozen(parameters)
               let layer = description.Layers.FirstOrDefault(layer => layer.Name == parameters.Key)
               let mean = parameters.FirstOrDefault(parameter => parameter.Name.EndsWith(".running_mean", StringComparison.Ordinal))
               where layer is not null && mean is not null && layer.OutputShape.Aggregate(1L, (product, size) => product * size) == mean.Count
               select parameters.Key,
        ];
    }

    /// <summary>The warning about a run's batches; null for none.</summary>
    public string? Warning(BatchLoader loader)
    {
        var last = loader.SampleCount - ((loader.BatchCount - 1) * loader.BatchSize);
        if (_layers.Length == 0 || (loader.BatchSize > 1 && last != 1))
            return null;
        var which = loader.BatchSize == 1
            ? "Each batch has one sample"
            : $"The last batch of an epoch has one sample ({loader.SampleCount} samples in batches of {loader.BatchSize})";
        var advice = loader.BatchSize == 1
            ? $"Train with a larger {nameof(TrainerOptions.BatchSize)}, because the statistics never change with this one."
            : $"{nameof(TrainerOptions.DropLast)}, or another {nameof(TrainerOptions.BatchSize)}, avoids it.";
        return $"{which}, and one sample has no variance, so {string.Join(", ", _layers)} can only output the bias for it. The running statistics ignore such a batch. {advice}";
    }

    private static bool IsFrozen(IEnumerable<ParameterInfo> parameters)
    {
        var learned = parameters.Where(parameter => parameter.Kind is not (ParameterKind.Statistic or ParameterKind.Constant)).ToArray();
        return learned.Length > 0 && !learned.Any(parameter => parameter.Trainable);
    }
}
