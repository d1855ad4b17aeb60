using System.Diagnostics;
using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Training.Checkpoints;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>Trains a network on data sets, evaluates it and predicts with it. Nothing allocates from batch to batch.</summary>
/// <typeparam name="TNetwork">A generated network with training code.</typeparam>
/// <remarks>
/// Data sets hold the user's numbers: the network's <see cref="Scaling"/> is applied once at the start, and losses are those of
/// the scaled targets, while metrics are in the user's units. The same network, data, options and seeds produce the same bits.
/// </remarks>
/// <example><code>
/// var trainer = Trainer.For(network, new Adam(learningRate: 1e-3f));
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
    private readonly StatisticsCopy _stepStatistics = new(TNetwork.ParameterTable);
    private readonly BatchOfOne _batchOfOne = new(TNetwork.Description, TNetwork.ParameterTable);
    private readonly CallGuard _guard;
    private long _runStart;

    /// <summary>Makes a trainer.</summary>
    /// <param name="network">The network; its parameters change as it is trained.</param>
    /// <param name="optimizer">An optimizer for this network alone; it is attached to it.</param>
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
        if (Options.FindProblem(Description, TNetwork.BatchSize) is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _batchSize = Options.BatchSize ?? TNetwork.BatchSize;
        Network = network;
        _threads = Options.Threads ?? (Description.MultiplyAdds * _batchSize < LeastWorkToShare ? 1 : Math.Min(Environment.ProcessorCount, WorkerPool.MostThreads));
        // The order otherwise stays: a checkpoint holds what all others have made of a batch or an epoch.
        _callbacks = [.. Shown(Options).OrderBy(callback => callback is CheckpointCallback)];
        _averaging = _callbacks.OfType<AveragedWeights>().SingleOrDefault();
        _metrics = new MetricSet(Description, Options.Metrics ?? Metric.DefaultsFor(Description), _batchSize);
        _outputs = new AlignedBuffer(checked(_batchSize * Description.OutputLength));
        optimizer.Attach(network.Weights);
        _guard = CallGuard.Of(network.Weights);
        _program = new ProgramSettings(ProgramSettingsNow);
    }

    /// <summary>The network.</summary>
    public TNetwork Network { get; }

    internal override int BatchSize => _batchSize;

    /// <summary>Trains for a number of epochs, continuing from those before.</summary>
    /// <param name="train">The samples to train with, in the user's numbers.</param>
    /// <param name="epochs">How often to go through them, 0 or more.</param>
    /// <param name="validation">Samples to measure loss and metrics with after each epoch; null for none.</param>
    /// <param name="validationFraction">The fraction of <paramref name="train"/> to hold back for validation instead, at least 0
    /// and less than 1; class by class if targets are class indices. Not together with a <see cref="TrainerOptions.Sampler"/>.
    /// </param>
    /// <param name="resumeFrom">A checkpoint, or a folder that a <see cref="CheckpointCallback"/> writes to, which means the
    /// last one in it. The same call of <c>Fit</c> on the same network, data and options then continues as if it had not been
    /// interrupted, bit for bit, to the same number of epochs. With a folder without checkpoints, or null, it begins at the
    /// start, so the same call works the first time and later.
    /// </param>
    /// <param name="cancellationToken">Ends training before the next step, even while a source blocks: with a token, batches are
    /// prepared in advance on a separate thread, as with <see cref="TrainerOptions.Prefetch"/>. If an epoch is interrupted, the
    /// next call of <c>Fit</c> on the same samples first trains the rest of it.
    /// </param>
    /// <returns>What was measured in each finished epoch, and why training ended; a cancelled epoch is not among them. For a
    /// resumed run, the earlier epochs are included.
    /// </returns>
    /// <exception cref="ArgumentException">Data sets are empty or do not fit the network or the sampler, an argument is outside
    /// its range, or the checkpoint belongs to another network, optimizer or other options: the message names them. If the run
    /// cannot be resumed, nothing changes.
    /// </exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged; in a folder, all of them are.</exception>
    /// <exception cref="IOException">The checkpoint does not exist or cannot be read.</exception>
    /// <exception cref="TrainingDivergedException">The loss of a batch is not finite; the parameters are those before that step
    /// (or restored ones). Or parameters are not finite when an epoch ends. The exception has the history and what is known about
    /// the cause.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A call of a trainer of the same network is running, on another thread or around this one (from a callback), or a callback is in the run of
    /// another trainer.
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
        return Begin(Divided, epochs, resumeFrom, cancellationToken);

        (TrainingData, DataSource?) Divided()
        {
            var (training, validating) = Divide(train, validation, validationFraction, cancellationToken);
            return (DataOf(training, nameof(train), cancellationToken), validating);
        }
    }

    /// <summary>Trains on a stream of samples for a number of epochs, continuing from those before.</summary>
    /// <param name="train">The samples to train with, in the user's numbers. They come in the stream's order or, with a window,
    /// in a random one; <see cref="TrainerOptions.Shuffle"/> has no effect. A <see cref="TrainerOptions.Sampler"/>, which needs
    /// samples by number, is refused.
    /// </param>
    /// <param name="epochs">The number of epochs, 0 or more.</param>
    /// <param name="window">The number of samples from which the next one is drawn, 1 or more; see <see cref="StreamLoader"/>.
    /// Default: 1.</param>
    /// <param name="batchesPerEpoch">The number of batches of an epoch, 1 or more: the next epoch continues where the last one
    /// ended, and the stream starts over at its end. Null (the default): an epoch is the stream from its beginning to its end.
    /// </param>
    /// <param name="validation">Samples to measure loss and metrics with after each epoch; null for none.</param>
    /// <param name="resumeFrom">
    /// A checkpoint or a folder, as for a data source. The stream is read up to the place where the checkpoint was written.
    /// </param>
    /// <param name="cancellationToken">Ends training before the next step.</param>
    /// <returns>What was measured in each finished epoch, and why training ended.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, there are none, an argument is outside its range,
    /// there is a sampler, or the checkpoint belongs to another run.
    /// </exception>
    /// <exception cref="DataFormatException">The stream ends before the samples that it says it has, or cannot be read.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged; of a folder, all of them.</exception>
    /// <exception cref="IOException">The checkpoint does not exist or cannot be read.</exception>
    /// <exception cref="TrainingDivergedException">The loss of a batch is not finite, or a parameter when an epoch ends.</exception>
    /// <exception cref="InvalidOperationException">A call of a trainer of the same network is running, or a callback is in another run.</exception>
    public History Fit(
        SampleStream train,
        int epochs,
        int window = 1,
        int? batchesPerEpoch = null,
        DataSource? validation = null,
        string? resumeFrom = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        if (batchesPerEpoch is { } batches)
            ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1, nameof(batchesPerEpoch));
        return Begin(() => (DataOf(train, window, batchesPerEpoch, cancellationToken), validation), epochs, resumeFrom, cancellationToken);
    }

    private History Begin(Func<(TrainingData Train, DataSource? Validation)> data, int epochs, string? resumeFrom, CancellationToken cancellationToken)
    {
        using var call = _guard.Enter(nameof(Fit), fromCallbacks: false);
        EnterCallbacks();
        try
        {
            _program.Read();
            var (train, validation) = data();
            return Fit(train, epochs, validation, resumeFrom, cancellationToken);
        }
        catch (OperationCanceledException exception) when (IsOf(exception, cancellationToken))
        {
            return CancelledHistory();
        }
        finally
        {
            _program.Leave();
            LeaveCallbacks(_callbacks.Length);
        }
    }

    private History Fit(TrainingData train, int epochs, DataSource? validation, string? resumeFrom, CancellationToken cancellationToken)
    {
        (_data, _hasContent) = ((train, validation), false);
        _settings = Settings(train, validation);
        var stored = Read(() => FindCheckpoint(resumeFrom, epochs), cancellationToken);
        var before = stored is null ? null : Remember() with { Callbacks = CallbackStates(), Averaging = _averaging?.Remember() };
        var run = new Run();
        try
        {
            return Train(run, train, epochs, validation, stored, cancellationToken);
        }
        catch when (before is not null && !run.HasBegun)
        {
            // Only after the callbacks have ended: they may change parameters as well.
            Restore(before);
            throw;
        }
    }

    private History Train(Run run, TrainingData train, int epochs, DataSource? validation, StoredCheckpoint? stored, CancellationToken cancellationToken)
    {
        if (stored is not null)
            Take(stored);
        using var pool = new WorkerPool(_threads);
        var step = new ParallelStep<TNetwork>(Network, pool);
        using var loader = train.Load();
        using var training = Options.TrainingMetrics ? train.LoadToEvaluate() : null;
        using var validating = validation is null ? null : EvaluationLoader(validation, nameof(validation), cancellationToken);
        if (validating is not null)
            RequireFinite(validating, "validation samples");

        var measuring = new Measuring(step, new ParallelEvaluation<TNetwork>(Network, pool), train, training, validating);
        var context = Context(loader, epochs, train, validating is not null, stored, cancellationToken);
        _unfinished = null;
        _runStart = Stopwatch.GetTimestamp();
        var begun = 0;
        try
        {
            foreach (var callback in _callbacks)
            {
                callback.OnRunBegin(context);
                begun++;
            }

            if (stored is not null)
                Resume(context, stored.Checkpoint);
            run.HasBegun = true;
            stored?.Warn(message => Warn(context, TrainingWarning.DamagedCheckpoint, message));
            if (stored is not null && CompletedEpochs >= context.EpochCount)
                WarnOfFinished(context, stored.Checkpoint);
            WarnAtStart(context, loader, train, validation, cancellationToken);
            while (!IsFinished(context) && TrainEpoch(context, loader, step, measuring, cancellationToken))
                EndEpoch(context, measuring);
            FinishAveraging(context, measuring, cancellationToken);
        }
        catch (OperationCanceledException exception) when (run.HasBegun && IsOf(exception, cancellationToken))
        {
            Interrupt(context);
            _averaging?.Finish();
        }
        catch (Exception exception)
        {
            foreach (var callback in _callbacks.AsSpan(0, begun))
                callback.OnException(context, exception);
            throw;
        }
        finally
        {
            _unfinished = Options.FastDevRun || context.Unfinished is not { } place ? null : (place, train);
            EndRun(context, begun);
            _averaging?.NoteEnd();
        }

        return context.History;
    }

    private bool IsFinished(TrainingContext context) => context.IsStopped || CompletedEpochs >= context.EpochsAsked || IsAtLastStep(context);

    /// <summary>Gives the callbacks their states; whoever has ended the training decides again.</summary>
    private void Resume(TrainingContext context, Checkpoint checkpoint)
    {
        foreach (var callback in _callbacks)
            TakeState(context, callback, checkpoint);
        foreach (var callback in _callbacks)
            callback.OnResumed(context);
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

    /// <summary>The callbacks, and one that shows the progress where it is wanted.</summary>
    private static IEnumerable<TrainingCallback> Shown(TrainerOptions options) =>
        options.Progress ?? (ProgressDisplay.IsConsole && !options.Callbacks.Any(callback => callback is ProgressDisplay))
            ? options.Callbacks.Append(new TextProgress())
            : options.Callbacks;

    internal override Span<float> Gradients => Network.Gradients;

    /// <summary>How far a call of <c>Fit</c> is.</summary>
    private sealed class Run
    {
        /// <summary>Whether all is prepared and taken over, so that parameters change from now on.</summary>
        public bool HasBegun { get; set; }
    }
}
