using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Writes down what was called, and does what a test wants at the end of batches and epochs.</summary>
internal sealed class RecordingCallback : TrainingCallback
{
    public List<string> Calls { get; } = [];

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
}
