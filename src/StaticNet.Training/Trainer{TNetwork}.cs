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
public sealed class Trainer<TNetwork> : Trainer
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly int _batchSize;
    private readonly TrainingCallback[] _callbacks;
    private readonly MetricSet _metrics;
    private readonly AlignedBuffer _outputs;
    private bool _warned;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network; its parameters change as it is trained.</param>
    /// <param name="optimizer">An optimizer of its own; it is attached to the network.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <exception cref="ArgumentException">The batch size is over the network's, or a metric does not suit its losses.</exception>
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

        Network = network;
        _callbacks = [.. Options.Callbacks];
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
    /// <param name="cancellationToken">Ends training before the next batch.</param>
    /// <returns>What was measured in each finished epoch, and why training ended; a cancelled epoch is not among them.</returns>
    /// <exception cref="ArgumentException">Data sets are empty or do not fit the network, or a figure is outside its range.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss of a batch is not finite. The parameters are those before that batch (or restored ones), and the exception holds
    /// the history.
    /// </exception>
    public History Fit(
        DataSet train, int epochs, DataSet? validation = null, double validationFraction = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        (train, validation) = Divide(train, validation, validationFraction);
        var loader = new DataLoader(Scaled(train, nameof(train)), _batchSize, Options.Shuffle, Options.Seed, Options.DropLast);
        var training = Options.TrainingMetrics ? new DataLoader(loader.Data, _batchSize, shuffle: false) : null;
        var validating = validation is null ? null : new DataLoader(Scaled(validation, nameof(validation)), _batchSize, shuffle: false);

        WarnOnce(loader.BatchCount);
        var context = new TrainingContext(this, (int)Math.Min((long)CompletedEpochs + epochs, int.MaxValue), loader.BatchCount);
        try
        {
            foreach (var callback in _callbacks)
                callback.OnRunBegin(context);
            while (CompletedEpochs < context.EpochCount && !context.IsStopped && TrainEpoch(context, loader, cancellationToken))
                EndEpoch(context, training, validating);
        }
        finally
        {
            foreach (var callback in _callbacks)
                callback.OnRunEnd(context);
        }

        return context.History;
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSet data) => Evaluate(EvaluationLoader(data));

    /// <inheritdoc/>
    public override ConfusionMatrix ConfusionMatrix(DataSet data)
    {
        var loader = EvaluationLoader(data);
        var confusion = new F1();
        var metrics = new MetricSet(Description, [confusion], _batchSize);
        Evaluate(loader, metrics);
        return confusion.Matrix;
    }

    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => Network.Predict(inputs, outputs);

    /// <summary>Trains with each batch of the next epoch.</summary>
    /// <returns>Whether the epoch was finished.</returns>
    private bool TrainEpoch(TrainingContext context, DataLoader loader, CancellationToken cancellationToken)
    {
        context.BeginEpoch(CompletedEpochs + 1);
        foreach (var callback in _callbacks)
            callback.OnEpochBegin(context);

        foreach (var samples in loader.Epoch(CompletedEpochs))
        {
            if (cancellationToken.IsCancellationRequested)
                context.History.Stop(StopReason.Cancelled, $"Cancelled in epoch {context.Epoch}, after {context.Batch} of {context.BatchCount} batches.");
            if (context.IsStopped)
                return false;

            context.BeginBatch(samples.Count);
            foreach (var callback in _callbacks)
                callback.OnBatchBegin(context);
            var loss = Network.TrainBatch(BatchOf(samples));
            if (!float.IsFinite(loss))
                throw Diverged(context, loss);
            context.LearningRate = Optimizer.CurrentLearningRate;
            Optimizer.Step(Network.Parameters, Network.Gradients);
            context.EndBatch(loss);
            foreach (var callback in _callbacks)
                callback.OnBatchEnd(context);
        }

        // A callback may stop after the last batch: nothing of this epoch is left out then.
        return true;
    }

    private void EndEpoch(TrainingContext context, DataLoader? training, DataLoader? validating)
    {
        var trained = training is null ? null : Evaluate(training);
        var validated = validating is null ? null : Evaluate(validating);
        context.EndEpoch(trained?.Metrics ?? [], validated);
        CompletedEpochs++;
        foreach (var callback in _callbacks)
            callback.OnEpochEnd(context);
    }

    private Evaluation Evaluate(DataLoader loader)
    {
        var loss = Evaluate(loader, _metrics);
        return new Evaluation(loss, _metrics.Values());
    }

    /// <returns>The mean loss.</returns>
    private double Evaluate(DataLoader loader, MetricSet metrics)
    {
        metrics.Reset();
        var sum = 0.0;
        foreach (var samples in loader.Epoch(0))
        {
            var outputs = _outputs.Span[..(samples.Count * Description.OutputLength)];
            sum += (double)Network.EvaluateBatch(BatchOf(samples), outputs) * samples.Count;
            metrics.Add(outputs, samples.Targets, samples.Count, Weights.Scaling.Targets);
        }

        return sum / loader.Data.Count;
    }

    private DataLoader EvaluationLoader(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataLoader(Scaled(data, nameof(data)), _batchSize, shuffle: false);
    }

    private static Batch BatchOf(DataBatch samples) => new(samples.Inputs, samples.Targets, samples.Count)
    {
        SampleWeights = samples.SampleWeights,
        FirstSample = samples.FirstSample,
    };

    /// <summary>Checks a data set and applies the network's scaling to it.</summary>
    private DataSet Scaled(DataSet data, string name)
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
        if (scaling.Inputs is { } inputs)
            data = data.ScaleInputs(inputs);
        return scaling.Targets is { } targets ? data.ScaleTargets(targets) : data;
    }

    private (DataSet Train, DataSet? Validation) Divide(DataSet train, DataSet? validation, double fraction)
    {
        if (!(fraction is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Expected a validation fraction from 0 to below 1.");
        if (fraction == 0)
            return (train, validation);
        if (validation is not null)
            throw new ArgumentException("Expected a validation set or a validation fraction; both came.", nameof(validation));
        var byClass = Description.Losses is [{ TargetIsIndex: true }];
        return train.Split(1 - fraction, Options.Seed, byClass);
    }

    private static TrainingDivergedException Diverged(TrainingContext context, float loss)
    {
        var message = $"The loss became {loss} in epoch {context.Epoch}, batch {context.Batch}. A lower learning rate, clipped gradients or scaled inputs may help.";
        context.History.Stop(StopReason.Diverged, message);
        return new TrainingDivergedException(message, context.Epoch, context.Batch, context.History);
    }

    private void WarnOnce(int batches)
    {
        if (!_warned && Hardware.Warning is { } warning)
            Options.Warnings.WriteLine(warning);
        if (!_warned && Optimizer.NeedsFullBatch && batches > 1)
            Options.Warnings.WriteLine($"{Optimizer.GetType().Name} needs the gradients of all samples at each step; here a step has those of one of {batches} batches.");
        _warned = true;
    }
}
