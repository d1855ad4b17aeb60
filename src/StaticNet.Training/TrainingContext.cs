using System.Collections.Immutable;
using System.Diagnostics;
using StaticNet.Training.Checkpoints;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>The state of a run: one object for a whole run, which every callback gets.</summary>
public sealed class TrainingContext
{
    private readonly int _firstEpoch;
    private readonly long _firstStep;
    private (int Batch, double LossSum, long SamplesSeen) _atStep;
    private TrainingCallback? _stopper;
    private long _epochStart = Stopwatch.GetTimestamp();
    private bool _isInEpoch;
    private double _secondsBefore;
    private double _lossSum;
    private long _samplesSeen;

    internal TrainingContext(Trainer trainer, int epochs, int batchCount, TrainingProgress progress, StoredCheckpoint? resumedFrom, bool hasChanged)
    {
        Trainer = trainer;
        _isInEpoch = progress.IsInEpoch;
        Epoch = progress.CompletedEpochs + (_isInEpoch ? 1 : 0);
        EpochsAsked = EpochCount = (int)Math.Min((long)progress.FirstEpoch + epochs, int.MaxValue);
        BatchCount = batchCount;
        Batch = progress.Batch;
        LearningRate = progress.LearningRate;
        History = new History(progress.Epochs, progress.Steps);
        ResumedFrom = resumedFrom;
        if (resumedFrom is not null)
            HistoryFiles.GoOn(Path.GetDirectoryName(resumedFrom.Path)!, resumedFrom.Checkpoint.Progress.Stored);
        HasChanged = hasChanged;
        if (progress.StopMessage is { } message)
            StopTraining(message);
        _firstEpoch = progress.FirstEpoch;
        _firstStep = progress.FirstStep;
        LastStep = trainer.Options.MaxSteps is { } steps && steps <= long.MaxValue - _firstStep ? _firstStep + steps : null;
        if (LastStep is { } last)
            EpochCount = (int)Math.Min(EpochCount, Epochs(last - _firstStep, batchCount, trainer.Options.AccumulateBatches) + _firstEpoch);
        _lossSum = progress.LossSum;
        _samplesSeen = progress.SamplesSeen;
        _secondsBefore = progress.Seconds;
        _atStep = (Batch, _lossSum, _samplesSeen);
    }

    /// <summary>The trainer: its network's description and weights, its optimizer and options.</summary>
    public Trainer Trainer { get; }

    /// <summary>The epoch's number, from 1, counted over all runs of the trainer.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of the last epoch of this run.</summary>
    public int EpochCount { get; }

    /// <summary>The number of the last epoch that was asked for, whatever ends the run before.</summary>
    internal int EpochsAsked { get; }

    /// <summary>The batch's number in its epoch, from 1; 0 before the first.</summary>
    public int Batch { get; private set; }

    /// <summary>The batches of an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>The steps of the optimizer so far, counted over all runs of the trainer.</summary>
    public long Step => Trainer.CompletedSteps;

    /// <summary>The step after which the run ends; null if there is no limit (<see cref="TrainerOptions.MaxSteps"/>).</summary>
    public long? LastStep { get; }

    /// <summary>The number of samples of the batch.</summary>
    public int SampleCount { get; private set; }

    /// <summary>
    /// Whether the batch ended with a step of the optimizer; false between the batches of one step
    /// (<see cref="TrainerOptions.AccumulateBatches"/>), where no checkpoint can be saved.
    /// </summary>
    public bool StepTaken { get; private set; } = true;

    /// <summary>The loss of the last finished batch, the mean over its samples; NaN before the first of an epoch.</summary>
    public double BatchLoss { get; private set; } = double.NaN;

    /// <summary>The mean loss of the epoch's samples so far; NaN before the first batch has ended.</summary>
    public double Loss => _samplesSeen == 0 ? double.NaN : _lossSum / _samplesSeen;

    /// <summary>The learning rate of the last step.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>The finished epochs; at the end of an epoch, its result is the last one.</summary>
    public History History { get; }

    /// <summary>Whether the run continues from a checkpoint.</summary>
    public bool IsResumed => ResumedFrom is not null;

    /// <summary>The checkpoint from which the run continues.</summary>
    internal StoredCheckpoint? ResumedFrom { get; }

    /// <summary>Whether the run continues from a checkpoint with something changed on purpose.</summary>
    internal bool HasChanged { get; }

    /// <summary>Whether training will stop.</summary>
    public bool IsStopped => History.StopReason != StopReason.Completed;

    /// <summary>
    /// The gradients of all trainable parameters, in the kernels' layout, padding included (always zero): those of the last
    /// batch, or of the batches so far of one step. A view: nothing is copied. The optimizer uses what
    /// <see cref="TrainingCallback.OnStepBegin"/> writes here.
    /// </summary>
    public Span<float> Gradients => Trainer.Gradients;

    /// <summary>The gradients of one parameter, as they are stored (<see cref="ParameterInfo.Packing"/>), padding included. A view.</summary>
    /// <param name="name">The parameter's name, <c>dense1.weight</c>.</param>
    /// <returns><see cref="ParameterInfo.PackedLength"/> floats; <see cref="ParameterInfo.Unpack"/> copies
    /// <see cref="Gradients"/> into the logical order.</returns>
    /// <exception cref="ArgumentException">There is no trainable parameter of that name.</exception>
    public ReadOnlySpan<float> GradientsOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Trainer.Weights.Table.TryGet(name, out var parameter) || !parameter.Trainable)
            throw new ArgumentException($"{Trainer.Description.Name} has no trainable parameter '{name}'; it has: {TrainableNames()}.", nameof(name));
        return Gradients.Slice(parameter.Offset, parameter.PackedLength);
    }

    /// <summary>
    /// Shows each layer's outputs for the samples of the batch (<see cref="SampleCount"/>), and the gradients of the step's mean
    /// loss with respect to them. Call it in <see cref="TrainingCallback.OnStepBegin"/> or
    /// <see cref="TrainingCallback.OnBatchEnd"/>, before anything else runs on the network. Nothing is copied or allocated.
    /// </summary>
    /// <param name="trace">Sees the values; see <see cref="ITrainableNetwork{TSelf}.TraceStep"/>.</param>
    /// <exception cref="InvalidOperationException">
    /// The network keeps no values (<see cref="TrainingAttribute.KeepValues"/>), or it is called at another time.
    /// </exception>
    public void TraceStep(IStepTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (!HoldsValues)
            throw new InvalidOperationException($"Expected a call in {nameof(TrainingCallback.OnStepBegin)} or {nameof(TrainingCallback.OnBatchEnd)}; now the network does not hold the values of a batch.");
        Trainer.TraceStep(SampleCount, trace);
    }

    /// <summary>Whether the network still holds the values of the batch.</summary>
    internal bool HoldsValues { get; set; }

    /// <summary>Ends training before the next step. The first reason is kept.</summary>
    /// <param name="message">Why, for the history.</param>
    public void StopTraining(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        History.Stop(StopReason.Callback, message);
    }

    /// <summary>Ends training for a callback that decides again when the run is resumed.</summary>
    internal void StopTraining(string message, TrainingCallback stopper)
    {
        if (!IsStopped)
            _stopper = stopper;
        StopTraining(message);
    }

    /// <summary>
    /// Writes a checkpoint: a safetensors file from which <c>Fit</c> resumes bit for bit. After a crash, there is either the old
    /// file or the new one. In a fast dev run, nothing is written.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">A step is only half done; see <see cref="StepTaken"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!StepTaken)
            throw new InvalidOperationException($"Expected a checkpoint after a step of the optimizer; after batch {Batch} the gradients of a step are still being added up.");
        Trainer.SaveCheckpoint(this, path);
    }

    /// <summary>The files that hold what is finished of a long history.</summary>
    internal HistoryFiles HistoryFiles { get; } = new();

    internal TrainingProgress Progress => (Trainer.CompletedEpochs == Epoch
        ? TrainingProgress.AtStart(_firstEpoch) with { CompletedEpochs = Epoch, LearningRate = LearningRate, Epochs = [.. History.Epochs], StopMessage = StopMessage, StoppedBy = StoppedBy }
        : new TrainingProgress(_firstEpoch, Epoch - 1, Batch, _lossSum, _samplesSeen, LearningRate, Seconds, [.. History.Epochs], StopMessage, StoppedBy)) with
    {
        FirstStep = _firstStep,
        CompletedSteps = Step,
        Steps = History.Unfinished,
    };

    /// <summary>How far the epoch is that is not finished, up to its last step; null where none is begun.</summary>
    internal TrainingProgress? Unfinished => Trainer.CompletedEpochs == Epoch || _atStep.Batch == 0
        ? null
        : TrainingProgress.AtStart(Trainer.CompletedEpochs, Step) with { Batch = _atStep.Batch, LossSum = _atStep.LossSum, SamplesSeen = _atStep.SamplesSeen, LearningRate = LearningRate, Seconds = Seconds, Steps = History.Unfinished };

    /// <summary>Forgets the batches since the last step.</summary>
    internal void ReturnToStep()
    {
        (Batch, _lossSum, _samplesSeen) = _atStep;
        StepTaken = true;
    }

    private string? StoppedBy => StopMessage is not null && _stopper is not null ? Trainer.NameOf(_stopper) : null;

    private double Seconds => _secondsBefore + Stopwatch.GetElapsedTime(_epochStart).TotalSeconds;

    /// <summary>A callback's decision belongs to the training; a cancellation or an end of the time does not bind a resumed run.</summary>
    private string? StopMessage => History.StopReason == StopReason.Callback ? History.StopMessage : null;

    /// <summary>Begins the next epoch, or continues the one in which a checkpoint was written.</summary>
    internal void BeginEpoch(int epoch)
    {
        if (!_isInEpoch)
        {
            (Batch, _lossSum, _samplesSeen, _secondsBefore) = (0, 0, 0, 0);
            History.ForgetUnfinished();
        }

        _isInEpoch = false;
        Epoch = epoch;
        SampleCount = 0;
        BatchLoss = double.NaN;
        _epochStart = Stopwatch.GetTimestamp();
        _atStep = (Batch, _lossSum, _samplesSeen);
    }

    internal void BeginBatch(int samples)
    {
        Batch++;
        SampleCount = samples;
        StepTaken = false;
    }

    internal void EndBatch(double loss, bool stepTaken)
    {
        BatchLoss = loss;
        StepTaken = stepTaken;
        _lossSum += loss * SampleCount;
        _samplesSeen += SampleCount;
        if (stepTaken)
            _atStep = (Batch, _lossSum, _samplesSeen);
    }

    internal void EndEpoch(ImmutableArray<MetricValue> metrics, Evaluation? validation) => History.Add(new EpochResult(
        Epoch,
        Loss,
        metrics,
        validation?.Loss,
        validation?.Metrics ?? [],
        LearningRate,
        Seconds)
    {
        Step = Step,
    });

    /// <summary>Adds what was measured after a step.</summary>
    internal StepResult AddStep(Evaluation validation)
    {
        var result = new StepResult(Step, Epoch, Batch, Loss, validation.Loss, validation.Metrics, LearningRate);
        History.Add(result);
        return result;
    }

    /// <summary>Whether a figure is measured by steps, so that it is not used at the end of an epoch.</summary>
    internal bool IsMeasuredBySteps(string figure) =>
        HasValidation && Trainer.Options.ValidateEvery is not null && figure.StartsWith(EpochResult.ValidationPrefix, StringComparison.Ordinal);

    /// <summary>The seconds that the epoch has taken so far.</summary>
    internal double EpochSeconds => Seconds;

    /// <summary>Whether there are validation samples.</summary>
    internal bool HasValidation { get; init; }

    /// <summary>The names of the figures that each epoch has (see <see cref="EpochResult.TryGet"/>), in their order: <c>loss</c> first.</summary>
    public required IReadOnlyList<string> FigureNames { get; init; }

    private static long Epochs(long steps, int batches, int accumulate)
    {
        var ofEpoch = (batches + accumulate - 1L) / accumulate;
        return (steps / ofEpoch) + (steps % ofEpoch > 0 ? 1 : 0);
    }

    private string TrainableNames() =>
        string.Join(", ", Trainer.Weights.Table.Parameters.Where(parameter => parameter.Trainable).Select(parameter => parameter.Name));
}
