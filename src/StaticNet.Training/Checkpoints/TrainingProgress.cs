using System.Collections.Immutable;

namespace StaticNet.Training.Checkpoints;

/// <summary>How far a run is. With parameters, optimizer and callbacks this is all that a run's future depends on.</summary>
/// <remarks>
/// Everything random follows from seeds, the epoch's number and the numbers of the samples: there is no generator whose state
/// would have to be kept.
/// </remarks>
/// <param name="FirstEpoch">The epochs that were finished before the run.</param>
/// <param name="CompletedEpochs">The epochs finished so far.</param>
/// <param name="Batch">The batches done of the next epoch.</param>
/// <param name="LossSum">The sum of the losses of their samples.</param>
/// <param name="SamplesSeen">The number of their samples.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Seconds">The time that the batches took.</param>
/// <param name="Epochs">The results of the run's finished epochs.</param>
/// <param name="StopMessage">Why a callback has ended the training; null if none has.</param>
/// <param name="StoppedBy">The callback, where it is one that decides again when the run is resumed.</param>
internal sealed record TrainingProgress(
    int FirstEpoch,
    int CompletedEpochs,
    int Batch,
    double LossSum,
    long SamplesSeen,
    float LearningRate,
    double Seconds,
    ImmutableArray<EpochResult> Epochs,
    string? StopMessage,
    string? StoppedBy)
{
    private const string FirstEpochKey = "first_epoch";
    private const string CompletedEpochsKey = "completed_epochs";
    private const string BatchKey = "batch";
    private const string LossSumKey = "loss_sum";
    private const string SamplesSeenKey = "samples_seen";
    private const string LearningRateKey = "learning_rate";
    private const string SecondsKey = "seconds";
    private const string HistoryKey = "history";
    private const string HistoryBeforeKey = "history_before";
    private const string StopMessageKey = "stop_message";
    private const string StoppedByKey = "stopped_by";
    private const string FirstStepKey = "first_step";
    private const string CompletedStepsKey = "completed_steps";
    private const string StepsKey = "steps";

    /// <summary>How much of <see cref="Epochs"/> is in files next to the checkpoint.</summary>
    public StoredHistory Stored { get; init; }

    /// <summary>The steps that were done before the run.</summary>
    public long FirstStep { get; init; }

    /// <summary>The steps done so far.</summary>
    public long CompletedSteps { get; init; }

    /// <summary>What was measured within the epoch that is not finished.</summary>
    public ImmutableArray<StepResult> Steps { get; init; } = [];

    /// <summary>Whether the next epoch has begun.</summary>
    public bool IsInEpoch => Batch > 0;

    public static TrainingProgress AtStart(int completedEpochs, long completedSteps = 0) => new(completedEpochs, completedEpochs, 0, 0, 0, 0, 0, [], null, null)
    {
        FirstStep = completedSteps,
        CompletedSteps = completedSteps,
    };

    /// <param name="fields">What is in the checkpoint.</param>
    /// <param name="folder">Where it is, and with it the files of the history.</param>
    /// <exception cref="CheckpointException">A figure is missing or not possible, or a file of the history is.</exception>
    /// <exception cref="IOException">A file of the history cannot be read.</exception>
    public static TrainingProgress Read(CheckpointFields fields, string folder)
    {
        var last = fields.TextOrNull(HistoryBeforeKey);
        ImmutableArray<EpochResult> before = last is null ? [] : HistoryFiles.Read(folder, last);
        var progress = new TrainingProgress(
            fields.Int32(FirstEpochKey),
            fields.Int32(CompletedEpochsKey),
            fields.Int32(BatchKey),
            fields.Double(LossSumKey),
            fields.Int64(SamplesSeenKey),
            fields.Single(LearningRateKey),
            fields.Double(SecondsKey),
            before.AddRange(EpochResultJson.Read(fields.Text(HistoryKey))),
            fields.TextOrNull(StopMessageKey),
            fields.TextOrNull(StoppedByKey))
        {
            Stored = new StoredHistory(before.Length, last),
            FirstStep = fields.Int64(FirstStepKey),
            CompletedSteps = fields.Int64(CompletedStepsKey),
            Steps = fields.TextOrNull(StepsKey) is { } steps ? EpochResultJson.ReadSteps(steps) : [],
        };
        return progress is { FirstEpoch: >= 0, Batch: >= 0, SamplesSeen: >= 0, FirstStep: >= 0 }
            && progress.CompletedEpochs >= progress.FirstEpoch && progress.CompletedSteps >= progress.FirstStep
            ? progress
            : throw new CheckpointException($"Expected a position in a training run, but got epoch {progress.FirstEpoch}, {progress.CompletedEpochs} and batch {progress.Batch}.");
    }

    public void Write(CheckpointFields fields)
    {
        fields.Set(FirstEpochKey, FirstEpoch);
        fields.Set(CompletedEpochsKey, CompletedEpochs);
        fields.Set(BatchKey, Batch);
        fields.Set(LossSumKey, LossSum);
        fields.Set(SamplesSeenKey, SamplesSeen);
        fields.Set(LearningRateKey, LearningRate);
        fields.Set(SecondsKey, Seconds);
        fields.Set(HistoryKey, EpochResultJson.Write(Epochs[Stored.Epochs..]));
        if (Stored.Last is not null)
            fields.Set(HistoryBeforeKey, Stored.Last);
        fields.Set(FirstStepKey, FirstStep);
        fields.Set(CompletedStepsKey, CompletedSteps);
        if (!Steps.IsEmpty)
            fields.Set(StepsKey, EpochResultJson.Write(Steps));
        if (StopMessage is not null)
            fields.Set(StopMessageKey, StopMessage);
        if (StoppedBy is not null)
            fields.Set(StoppedByKey, StoppedBy);
    }
}
