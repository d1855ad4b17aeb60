using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training.Metrics;

/// <summary>The metrics of a trainer: passes each of them its part of every sample.</summary>
internal sealed class MetricSet
{
    private readonly NetworkDescription _description;
    private readonly Metric[] _metrics;
    private readonly float[] _targets;

    public MetricSet(NetworkDescription description, IReadOnlyList<Metric> metrics, int batchSize)
    {
        _description = description;
        _metrics = [.. metrics];
        _targets = new float[checked(batchSize * description.TargetLength)];
        if (_metrics.GroupBy(metric => metric.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"There are two metrics named '{twice.Key}'; give one of them another Name.", nameof(metrics));

        foreach (var metric in _metrics)
        {
            if (metric.Loss < 0 || metric.Loss >= description.Losses.Length)
                throw new ArgumentException($"The metric '{metric.Name}' asks for loss {metric.Loss}; {description.Name} has {description.Losses.Length}.", nameof(metrics));
            var loss = description.Losses[metric.Loss];
            if (!TakesOutput(loss))
                throw new ArgumentException($"The metric '{metric.Name}' needs an output of the network, but its loss takes '{loss.From}', which is not an output: declare it as one, [Output(From = \"{loss.From}\")].", nameof(metrics));
            Take(metric);
            try
            {
                Attach(metric);
            }
            finally
            {
                metric.Collector = null;
            }
        }
    }

    public static bool TakesOutput(LossDescription loss) => loss.OutputOffset >= 0;

    /// <summary>Begins to collect, until <see cref="End"/>.</summary>
    /// <param name="count">The samples that will come.</param>
    /// <exception cref="InvalidOperationException">A metric collects for another trainer now.</exception>
    public void Begin(int count)
    {
        foreach (var metric in _metrics)
        {
            Take(metric);
            if (!ReferenceEquals(metric.Attached, this))
                Attach(metric);
            metric.Reserve(checked(count * _description.OutputSteps));
            metric.Reset();
        }
    }

    /// <summary>Ends what <see cref="Begin"/> has begun, or a part of it.</summary>
    public void End()
    {
        foreach (var metric in _metrics)
            Interlocked.CompareExchange(ref metric.Collector, null, this);
    }

    private void Take(Metric metric)
    {
        if (Interlocked.CompareExchange(ref metric.Collector, this, null) is not null)
            throw new InvalidOperationException($"Expected the metric '{metric.Name}' to be free; another evaluation is using it. Give trainers that run at the same time their own metrics.");
    }

    private void Attach(Metric metric)
    {
        metric.Attach(_description.Losses[metric.Loss]);
        metric.Attached = this;
    }

    /// <summary>Takes the samples of a batch, but those of weight 0 and steps that a sequence does not have; outputs are brought to the user's units in place.</summary>
    public void Add(Span<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights, ReadOnlySpan<int> sequenceLengths, int count, Scaler? targetScaler)
    {
        if (targetScaler is not null)
        {
            var undone = _targets.AsSpan(0, targets.Length);
            targets.CopyTo(undone);
            targetScaler.Undo(undone);
            targetScaler.Undo(outputs);
            targets = undone;
        }

        // Of sequences each step counts like a sample.
        var rows = count * _description.OutputSteps;
        var (outputLength, targetLength) = (outputs.Length / rows, targets.Length / rows);
        foreach (var metric in _metrics)
        {
            var loss = _description.Losses[metric.Loss];
            for (var row = 0; row < rows; row++)
            {
                var weight = sampleWeights.IsEmpty ? 1 : sampleWeights[row / _description.OutputSteps];
                if (weight == 0 || (_description.OutputSteps > 1 && !sequenceLengths.IsEmpty && row % _description.OutputSteps >= _description.OutputStepsOf(sequenceLengths[row / _description.OutputSteps])))
                    continue;
                metric.Add(
                    outputs.Slice((row * outputLength) + loss.OutputOffset, loss.OutputLength),
                    targets.Slice((row * targetLength) + loss.TargetOffset, loss.TargetLength),
                    metric.Weighted ? weight : 1);
            }
        }
    }

    /// <summary>The figures before any sample: names alone, without asking the metrics for a value that they may not have yet.</summary>
    public ImmutableArray<MetricValue> Unmeasured() =>
        [.. _metrics.Select(metric => new MetricValue(metric.Name, double.NaN, metric.HigherIsBetter))];

    public ImmutableArray<MetricValue> Values() =>
        [.. _metrics.Select(metric => new MetricValue(metric.Name, metric.Value, metric.HigherIsBetter))];
}
