using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Writes down what was called, and does what a test wants at the end of batches and epochs.</summary>
internal sealed class RecordingCallback : TrainingCallback
{
    public List<string> Calls { get; } = [];

    /// <summary>Whether the points beyond run, epoch and batch are written down too.</summary>
    public bool Everything { get; init; }

    public Action<TrainingContext>? AtStepBegin { get; init; }

    public Action<TrainingContext>? AtBatchEnd { get; init; }

    public Action<TrainingContext>? AtEpochEnd { get; init; }

    public override void OnRunBegin(TrainingContext context) => Calls.Add($"run of {context.EpochCount}");

    public override void OnRunEnd(TrainingContext context) => Calls.Add($"end {context.History.StopReason}");

    public override void OnEpochBegin(TrainingContext context) => Calls.Add($"epoch {context.Epoch}");

    public override void OnEpochEnd(TrainingContext context)
    {
        Calls.Add($"epoch {context.Epoch} end");
        AtEpochEnd?.Invoke(context);
    }

    public override void OnBatchBegin(TrainingContext context) => Calls.Add($"batch {context.Batch}/{context.BatchCount} of {context.SampleCount}");

    public override void OnBatchEnd(TrainingContext context)
    {
        Calls.Add($"batch {context.Batch} end");
        AtBatchEnd?.Invoke(context);
    }

    public override void OnStepBegin(TrainingContext context)
    {
        Note("step");
        AtStepBegin?.Invoke(context);
    }

    public override void OnValidationBegin(TrainingContext context) => Note("validation");

    public override void OnValidationEnd(TrainingContext context, Evaluation evaluation) => Note($"validation of {evaluation.Metrics.Length} metrics");

    public override void OnEpochInterrupted(TrainingContext context) => Note($"epoch {context.Epoch} interrupted after {context.Batch}");

    public override void OnWarning(TrainingContext context, string message) => Note($"warning: {message}");

    public override void OnException(TrainingContext context, Exception exception) => Note(exception.Message);

    private void Note(string call)
    {
        if (Everything)
            Calls.Add(call);
    }
}
