using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <content>Loss, metrics and predictions, with parameters as they are.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(() => EvaluationLoader(data, nameof(data)));
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(SampleStream data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(() => EvaluationLoader(data, nameof(data)));
    }

    private Evaluation Evaluate(Func<BatchLoader> load)
    {
        using var call = _guard.Enter(nameof(Evaluate), fromCallbacks: true);
        using var loader = load();
        using var pool = new WorkerPool(_threads);
        return Evaluate(new ParallelEvaluation<TNetwork>(Network, pool), loader, int.MaxValue);
    }

    /// <inheritdoc/>
    public override ConfusionMatrix ConfusionMatrix(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return ConfusionMatrix(() => EvaluationLoader(data, nameof(data)));
    }

    /// <inheritdoc/>
    public override ConfusionMatrix ConfusionMatrix(SampleStream data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return ConfusionMatrix(() => EvaluationLoader(data, nameof(data)));
    }

    private ConfusionMatrix ConfusionMatrix(Func<BatchLoader> load)
    {
        using var call = _guard.Enter(nameof(ConfusionMatrix), fromCallbacks: true);
        using var loader = load();
        using var pool = new WorkerPool(_threads);
        var confusion = new F1();
        var metrics = new MetricSet(Description, [confusion], _batchSize);
        metrics.Begin(loader.SampleCount);
        Evaluate(new ParallelEvaluation<TNetwork>(Network, pool), loader, metrics, int.MaxValue);
        return confusion.Matrix;
    }

    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        using var call = _guard.Enter(nameof(Predict), fromCallbacks: true);
        Network.Predict(inputs, outputs);
    }

    internal override float[] Predict(DataSource data)
    {
        using var call = _guard.Enter(nameof(Predict), fromCallbacks: true);
        return Network.Predict(data);
    }

    /// <inheritdoc/>
    public override void Trace(ReadOnlySpan<float> input, ILayerTrace trace)
    {
        using var call = _guard.Enter(nameof(Trace), fromCallbacks: true);
        Network.Trace(input, trace);
    }

    internal override void TraceStep(int count, IStepTrace trace) => Network.TraceStep(count, trace);

    /// <summary>The batches of each evaluation within <c>Fit</c>.</summary>
    private int EvaluatedBatches => Options.FastDevRun ? 1 : int.MaxValue;

    private Evaluation Validate(TrainingContext context, ParallelEvaluation<TNetwork> parallel, BatchLoader validating)
    {
        foreach (var callback in _callbacks)
            callback.OnValidationBegin(context);
        var evaluation = Evaluate(parallel, validating, EvaluatedBatches);
        foreach (var callback in _callbacks)
            callback.OnValidationEnd(context, evaluation);
        return evaluation;
    }

    private Evaluation Evaluate(ParallelEvaluation<TNetwork> parallel, BatchLoader loader, int batches)
    {
        try
        {
            _metrics.Begin(loader.SampleCount);
            var loss = Evaluate(parallel, loader, _metrics, batches);
            return new Evaluation(loss, _metrics.Values());
        }
        finally
        {
            _metrics.End();
        }
    }

    /// <returns>The mean loss.</returns>
    private double Evaluate(ParallelEvaluation<TNetwork> parallel, BatchLoader loader, MetricSet metrics, int batches)
    {
        var (sum, count) = (0.0, 0);
        foreach (var samples in loader.Epoch(0))
        {
            var outputs = _outputs.Span[..(samples.Count * Description.OutputLength)];
            double loss;
            try
            {
                loss = parallel.Evaluate(samples.ToBatch(isScaled: true), outputs);
            }
            catch (ArgumentException refused)
            {
                throw Located(refused, samples, loader, "samples to evaluate");
            }

            if (!double.IsFinite(loss))
                RequireFinite(samples, loader, "samples to evaluate");
            sum += loss;
            count += samples.Count;
            metrics.Add(outputs, samples.Targets, samples.SampleWeights, samples.SequenceLengths, samples.Count, Weights.Scaling.Targets);
            if (--batches == 0)
                break;
        }

        return sum / count;
    }
}
