using System.Diagnostics;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>Trains a network on data sets, evaluates it and predicts with it. Nothing allocates from batch to batch.</summary>
/// <typeparam name="TNetwork">A generated network with training code.</typeparam>
/// <remarks>
/// Data sets hold the user's numbers: the network's <see cref="Scaling"/> is applied once at the start, and losses are those of
/// the scaled targets, while metrics are in the user's units. The same network, data, options and seeds give the same bits.
/// </remarks>
/// <example><code>
/// var trainer = new Trainer&lt;LeNet5&gt;(network, new Adam(learningRate: 1e-3f));
/// History history = trainer.Fit(train, epochs: 10, validation: test);
/// </code></example>
public sealed partial class Trainer<TNetwork> : Trainer
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>The multiply-adds of a batch's forward pass below which handing out the work costs as much as it saves.</summary>
    private const long LeastWorkToShare = 4_000_000;

    private readonly int _batchSize;
    private readonly TrainingCallback[] _callbacks;
    private readonly MetricSet _metrics;
    private readonly AlignedBuffer _outputs;
    private readonly int _threads;
    private readonly StatisticsCopy _statistics = new(TNetwork.ParameterTable);
    private long _runStart;
    private bool _warned;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network; its parameters change as it is trained.</param>
    /// <param name="optimizer">An optimizer of its own; it is attached to the network.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or a metric does not suit the network's losses.</exception>
    /// <exception cref="InvalidOperationException">The optimizer belongs to another network.</exception>
    public Trainer(TNetwork network, Optimizer optimizer, TrainerOptions? options = null)
        : base(
            TNetwork.Description,
            (network ?? throw new ArgumentNullException(nameof(network))).Weights,
            optimizer ?? throw new ArgumentNullException(nameof(optimizer)),
            options ?? new TrainerOptions())
    {
        _batchSize = Options.BatchSize ?? TNetwork.BatchSize;
        if (_batchSize < 1 || _batchSize > TNetwork.BatchSize)
            throw new ArgumentException($"Expected a batch size from 1 to {TNetwork.BatchSize}, that of {Description.Name}; {_batchSize} came.", nameof(options));
        if (Options.AccumulateBatches < 1)
            throw new ArgumentException($"Expected 1 or more batches to accumulate; {Options.AccumulateBatches} came.", nameof(options));
        if (Options.Threads is < 1 or > WorkerPool.MostThreads)
            throw new ArgumentException($"Expected 1 to {WorkerPool.MostThreads} threads; {Options.Threads} came.", nameof(options));
        if (Options.TimeBudget < TimeSpan.Zero)
            throw new ArgumentException($"Expected a time budget of 0 or more; {Options.TimeBudget} came.", nameof(options));

        Network = network;
        _threads = Options.Threads ?? (Description.MultiplyAdds * _batchSize < LeastWorkToShare ? 1 : Math.Min(Environment.ProcessorCount, WorkerPool.MostThreads));
        // The order otherwise stays: a checkpoint holds what all others have made of a batch or an epoch.
        _callbacks = [.. Options.Callbacks.OrderBy(callback => callback is CheckpointCallback)];
        _metrics = new MetricSet(Description, Options.Metrics ?? Metric.DefaultsFor(Description), _batchSize);
        _outputs = new AlignedBuffer(checked(_batchSize * Description.OutputLength));
        optimizer.Attach(network.Weights);
    }

    /// <summary>The network.</summary>
    public TNetwork Network { get; }

    /// <summary>Trains for a number of epochs, going on from those before.</summary>
    /// <param name="train">The samples to train with, in the user's numbers.</param>
    /// <param name="epochs">How often to go through them, 0 or more.</param>
    /// <param name="validation">Samples to measure loss and metrics with after each epoch; null for none.</param>
    /// <param name="validationFraction">
    /// The share of <paramref name="train"/> to hold back for validation instead, 0 to below 1; by class where targets are indices.
    /// </param>
    /// <param name="resumeFrom">
    /// A checkpoint, or a folder that a <see cref="CheckpointCallback"/> writes to, for which its last one stands. The same call
    /// of <c>Fit</c> on the same network, data and options then goes on as if it had not been interrupted, bit for bit, to the
    /// same number of epochs. A folder without checkpoints begins at the start, so that one call serves the first time and later;
    /// null does so too.
    /// </param>
    /// <param name="cancellationToken">Ends training before the next step.</param>
    /// <returns>
    /// What was measured in each finished epoch, and why training ended; a cancelled epoch is not among them. Of a resumed run the
    /// epochs before it are there too.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Data sets are empty or do not fit the network or the sampler, a figure is outside its range, or the checkpoint is that of another network,
    /// optimizer or of other options: the message names them.
    /// </exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged; of a folder, all of them.</exception>
    /// <exception cref="IOException">The checkpoint is not there or cannot be read.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss of a batch is not finite. The parameters are those before that step (or restored ones), and the exception holds
    /// the history and what was found of the cause.
    /// </exception>
    public History Fit(
        DataSource train,
        int epochs,
        DataSource? validation = null,
        double validationFraction = 0,
        string? resumeFrom = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        (train, validation) = Divide(train, validation, validationFraction);
        var checkpoint = OpenCheckpoint(resumeFrom, train);
        using var pool = new WorkerPool(_threads);
        var step = new ParallelStep<TNetwork>(Network, pool);
        var evaluation = new ParallelEvaluation<TNetwork>(Network, pool);
        using var loader = TrainingLoader(train, nameof(train), Options.Prefetch);
        using var training = Options.TrainingMetrics ? EvaluationLoader(train, nameof(train)) : null;
        using var validating = validation is null ? null : EvaluationLoader(validation, nameof(validation));

        WarnOnce(loader);
        var context = Context(loader, epochs, checkpoint);
        _runStart = Stopwatch.GetTimestamp();
        var begun = 0;
        try
        {
            for (; begun < _callbacks.Length; begun++)
                _callbacks[begun].OnRunBegin(context);
            RestoreCallbacks(checkpoint);
            while (CompletedEpochs < context.EpochCount && !context.IsStopped && TrainEpoch(context, loader, step, cancellationToken))
                EndEpoch(context, evaluation, training, validating);
        }
        catch (Exception exception)
        {
            foreach (var callback in _callbacks.AsSpan(0, begun))
                callback.OnException(context, exception);
            throw;
        }
        finally
        {
            EndRun(context, begun);
        }

        return context.History;
    }

    /// <summary>Ends the run for the callbacks that it has begun for: for all, though one of them should fail.</summary>
    private void EndRun(TrainingContext context, int begun)
    {
        if (begun == 0)
            return;
        try
        {
            _callbacks[begun - 1].OnRunEnd(context);
        }
        finally
        {
            EndRun(context, begun - 1);
        }
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var loader = EvaluationLoader(data, nameof(data));
        using var pool = new WorkerPool(_threads);
        return Evaluate(new ParallelEvaluation<TNetwork>(Network, pool), loader, int.MaxValue);
    }

    /// <inheritdoc/>
    public override ConfusionMatrix ConfusionMatrix(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var loader = EvaluationLoader(data, nameof(data));
        using var pool = new WorkerPool(_threads);
        var confusion = new F1();
        var metrics = new MetricSet(Description, [confusion], _batchSize);
        Evaluate(new ParallelEvaluation<TNetwork>(Network, pool), loader, metrics, int.MaxValue);
        return confusion.Matrix;
    }

    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => Network.Predict(inputs, outputs);

    /// <inheritdoc/>
    public override void Trace(ReadOnlySpan<float> input, ILayerTrace trace) => Network.Trace(input, trace);

    internal override Span<float> Gradients => Network.Gradients;

    /// <summary>The batches of each evaluation within <c>Fit</c>.</summary>
    private int EvaluatedBatches => Options.FastDevRun ? 1 : int.MaxValue;

    /// <summary>Trains with each batch of the next epoch, or the rest of one.</summary>
    /// <returns>Whether the epoch was finished.</returns>
    private bool TrainEpoch(TrainingContext context, BatchLoader loader, ParallelStep<TNetwork> step, CancellationToken cancellationToken)
    {
        context.BeginEpoch(CompletedEpochs + 1);
        foreach (var callback in _callbacks)
            callback.OnEpochBegin(context);

        foreach (var samples in loader.Epoch(CompletedEpochs, context.Batch))
        {
            // Between the batches of one step nothing can be stored to go on from.
            if (context.StepTaken && MustStop(context, cancellationToken))
            {
                foreach (var callback in _callbacks)
                    callback.OnEpochInterrupted(context);
                return false;
            }

            TrainBatch(context, loader, step, samples);
            if (context.Batch == context.BatchCount)
                break;
        }

        // A callback may stop after the last batch: nothing of this epoch is left out then.
        return true;
    }

    private bool MustStop(TrainingContext context, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            context.History.Stop(StopReason.Cancelled, $"Cancelled in epoch {context.Epoch}, after {context.Batch} of {context.BatchCount} batches.");
        else if (Options.TimeBudget is { } budget && Stopwatch.GetElapsedTime(_runStart) >= budget)
            context.History.Stop(StopReason.TimeBudget, $"The time budget of {budget} was used up in epoch {context.Epoch}, after {context.Batch} of {context.BatchCount} batches.");
        return context.IsStopped;
    }

    /// <summary>Adds a batch to the gradients, and takes the step if it is the last one of it.</summary>
    private void TrainBatch(TrainingContext context, BatchLoader loader, ParallelStep<TNetwork> parallel, in DataBatch samples)
    {
        var step = StepOf(context, loader);
        context.BeginBatch(samples.Count);
        foreach (var callback in _callbacks)
            callback.OnBatchBegin(context);

        var batch = new Batch(samples.Inputs, samples.Targets, samples.Count)
        {
            SampleWeights = samples.SampleWeights,
            FirstSample = samples.FirstSample,
            Scale = 1f / step.SampleCount,
            Accumulate = !step.IsFirst,
        };
        _statistics.Take(Weights.Span);
        var loss = parallel.TrainBatch(batch);
        if (!float.IsFinite(loss))
            throw Diverged(context, samples, loss);
        if (step.IsLast)
            TakeStep(context, parallel);
        // The loss is a part of the step's mean; that of the batch alone is told.
        context.EndBatch((double)loss * step.SampleCount / samples.Count, step.IsLast);
        foreach (var callback in _callbacks)
            callback.OnBatchEnd(context);
    }

    private void TakeStep(TrainingContext context, ParallelStep<TNetwork> parallel)
    {
        foreach (var callback in _callbacks)
            callback.OnStepBegin(context);
        context.LearningRate = Optimizer.CurrentLearningRate;
        parallel.TakeStep(Optimizer);
    }

    /// <summary>The step that the next batch belongs to.</summary>
    private (int SampleCount, bool IsFirst, bool IsLast) StepOf(TrainingContext context, BatchLoader loader)
    {
        var batch = context.Batch;
        var first = batch - (batch % Options.AccumulateBatches);
        var end = (int)Math.Min((long)first + Options.AccumulateBatches, context.BatchCount);
        var samples = Math.Min((long)end * loader.BatchSize, loader.SampleCount) - ((long)first * loader.BatchSize);
        return ((int)samples, batch == first, batch + 1 == end);
    }

    private void EndEpoch(TrainingContext context, ParallelEvaluation<TNetwork> evaluation, BatchLoader? training, BatchLoader? validating)
    {
        var trained = training is null ? null : Evaluate(evaluation, training, EvaluatedBatches);
        var validated = validating is null ? null : Validate(context, evaluation, validating);
        context.EndEpoch(trained?.Metrics ?? [], validated);
        CompletedEpochs++;
        foreach (var callback in _callbacks)
            callback.OnEpochEnd(context);
    }

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
        var loss = Evaluate(parallel, loader, _metrics, batches);
        return new Evaluation(loss, _metrics.Values());
    }

    /// <returns>The mean loss.</returns>
    private double Evaluate(ParallelEvaluation<TNetwork> parallel, BatchLoader loader, MetricSet metrics, int batches)
    {
        metrics.Reset(loader.SampleCount);
        var (sum, count) = (0.0, 0);
        foreach (var samples in loader.Epoch(0))
        {
            var outputs = _outputs.Span[..(samples.Count * Description.OutputLength)];
            sum += parallel.Evaluate(samples.ToBatch(), outputs);
            count += samples.Count;
            metrics.Add(outputs, samples.Targets, samples.Count, Weights.Scaling.Targets);
            if (--batches == 0)
                break;
        }

        return sum / count;
    }

    /// <summary>The batches of training, as the options say.</summary>
    private DataLoader TrainingLoader(DataSource data, string name, bool prefetch)
    {
        // A transform sees the user's numbers, so that the loader has to scale each batch behind it; else all is scaled once.
        var transforms = Options.Transform is not null;
        var scaled = Scaled(data, name, inputs: !transforms);
        var scaler = transforms ? Weights.Scaling.Inputs : null;
        return new DataLoader(scaled, _batchSize, Options.Shuffle, Options.Seed, Options.DropLast, Options.Sampler, Options.Transform, prefetch, scaler);
    }

    private DataLoader EvaluationLoader(DataSource data, string name) => new(Scaled(data, name), _batchSize, shuffle: false);

    /// <summary>Checks a data set and applies the network's scaling to it.</summary>
    private DataSource Scaled(DataSource data, string name, bool inputs = true)
    {
        if (data.Count == 0)
            throw new ArgumentException("Expected at least one sample; the data set is empty.", name);
        if (data.InputLength != Description.InputLength || data.TargetLength != Description.TargetLength)
        {
            throw new ArgumentException(
                $"{Description.Name} takes {Description.InputLength} inputs and {Description.TargetLength} targets a sample; the data set has {data.InputLength} and {data.TargetLength}.",
                name);
        }

        var scaling = Weights.Scaling;
        if (inputs && scaling.Inputs is { } scaler)
            data = data.ScaleInputs(scaler);
        return scaling.Targets is { } targets ? data.ScaleTargets(targets) : data;
    }

    private (DataSource Train, DataSource? Validation) Divide(DataSource train, DataSource? validation, double fraction)
    {
        if (!(fraction is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Expected a validation fraction from 0 to below 1.");
        if (fraction == 0)
            return (train, validation);
        if (validation is not null)
            throw new ArgumentException("Expected a validation set or a validation fraction; both came.", nameof(validation));
        var byClass = Description.Losses is [{ TargetIsIndex: true }];
        var parts = DataSplit.Divide(train, [1 - fraction], Options.Seed, byClass);
        return (train.Subset(parts[0].AsSpan()), train.Subset(parts[1].AsSpan()));
    }

    private TrainingDivergedException Diverged(TrainingContext context, in DataBatch samples, float loss)
    {
        // What the batch has moved before its loss was known: running statistics and centres.
        _statistics.PutBack(Weights.Span);
        var cause = DivergenceCause.Find(Network, samples);
        var message = $"The loss became {loss} in epoch {context.Epoch}, batch {context.Batch}. {cause.Message}";
        context.History.Stop(StopReason.Diverged, message);
        return new TrainingDivergedException(message, context.Epoch, context.Batch, context.History, cause.Layer);
    }

    private void WarnOnce(BatchLoader loader)
    {
        if (_warned)
            return;
        _warned = true;
        if (Hardware.Warning is { } warning)
            Options.Warnings.WriteLine(warning);
        var steps = (loader.BatchCount + Options.AccumulateBatches - 1L) / Options.AccumulateBatches;
        if (Optimizer.NeedsFullBatch && steps > 1)
            Options.Warnings.WriteLine($"{Optimizer.GetType().Name} needs the gradients of all samples at each step; here a step has those of one of {steps} batches.");
    }
}
