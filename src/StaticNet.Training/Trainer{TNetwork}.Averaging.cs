using StaticNet.Data;

namespace StaticNet.Training;

/// <content>Averaged weights: what is measured and stored is theirs.</content>
public sealed partial class Trainer<TNetwork>
{
    private readonly AveragedWeights? _averaging;

    internal override ReadOnlySpan<float> MeasuredWeights => _averaging is { Count: > 0 } average ? average.Average : Weights.Values;

    /// <summary>Gives the network the average, where there is one, until the visit is disposed.</summary>
    private AverageVisit VisitAverage()
    {
        if (_averaging is not { Count: > 0, IsInNetwork: false })
            return default;
        _averaging.Swap();
        return new AverageVisit(_averaging);
    }

    /// <summary>The same, with the statistics that belong to it.</summary>
    private AverageVisit VisitAverage(Measuring measuring)
    {
        var visit = VisitAverage();
        try
        {
            if (_averaging is { Count: > 0, NeedsStatistics: true })
                RenewStatistics(measuring);
            return visit;
        }
        catch
        {
            visit.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the network as it is to be after the run.</summary>
    /// <remarks>A run that is cancelled keeps the statistics of training: those of the average take a pass over all samples.</remarks>
    private void FinishAveraging(TrainingContext context, Measuring measuring, CancellationToken token)
    {
        if (_averaging is null)
            return;
        _averaging.Finish();
        if (_averaging is not { IsInNetwork: true, NeedsStatistics: true })
            return;
        try
        {
            if (!token.IsCancellationRequested)
            {
                RenewStatistics(measuring);
                return;
            }
        }
        catch (OperationCanceledException exception) when (IsOf(exception, token))
        {
            // No epoch is cut short by it.
        }

        context.History.Stop(StopReason.Cancelled, $"Cancelled after epoch {CompletedEpochs}, before batch norms had the statistics of the averaged weights.");
    }

    /// <summary>Measures the running statistics of batch norms for the weights that the network has now, all batches alike.</summary>
    private void RenewStatistics(Measuring measuring)
    {
        _averaging!.NeedsStatistics = false;
        var layers = TNetwork.ParameterTable.Parameters
            .Where(parameter => parameter.Kind == ParameterKind.Statistic)
            .GroupBy(parameter => parameter.Layer)
            .Where(layer => layer.Any(IsCount))
            .ToArray();
        if (layers.Length == 0)
            return;
        var before = Weights.Values.ToArray();
        foreach (var parameter in layers.SelectMany(layer => layer))
            Weights.Edit().Slice(parameter.Offset, parameter.PackedLength).Clear();
        var cumulative = Network.CumulativeStatistics;
        Network.CumulativeStatistics = true;
        try
        {
            var batches = EvaluatedBatches;
            using var loader = measuring.Data.LoadToEvaluate();
            foreach (var samples in loader.Epoch(0))
            {
                TrainBatch(measuring.Step, samples.ToBatch(isScaled: true), samples, loader);
                if (--batches == 0)
                    break;
            }
        }
        catch
        {
            PutBack(TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic));
            _averaging.NeedsStatistics = true;
            throw;
        }
        finally
        {
            Network.CumulativeStatistics = cumulative;
        }

        // Frozen layers count no batch, and centres of a loss are no statistics of the data: they keep what they had.
        var renewed = layers.Where(layer => Weights.Values[layer.First(IsCount).Offset] > 0).Select(layer => layer.Key).ToHashSet(StringComparer.Ordinal);
        PutBack(TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic && !renewed.Contains(parameter.Layer)));

        static bool IsCount(ParameterInfo parameter) => parameter.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

        void PutBack(IEnumerable<ParameterInfo> parameters)
        {
            foreach (var parameter in parameters)
                before.AsSpan(parameter.Offset, parameter.PackedLength).CopyTo(Weights.Edit()[parameter.Offset..]);
        }
    }

    /// <summary>The average in the network; disposing it restores the weights of training.</summary>
    private readonly struct AverageVisit(AveragedWeights? average) : IDisposable
    {
        public void Dispose()
        {
            if (average is { IsInNetwork: true })
                average.Swap();
        }
    }
}
