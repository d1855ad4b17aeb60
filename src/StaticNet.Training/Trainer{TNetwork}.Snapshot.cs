using StaticNet.Serialization;

namespace StaticNet.Training;

/// <content>Restoring everything.</content>
public sealed partial class Trainer<TNetwork>
{
    private Snapshot Remember() => new(
        Weights.Values.ToArray(),
        Weights.Scaling,
        Weights.RememberSchema(),
        Optimizer.ToStateDict(),
        Optimizer.ScheduleEnabled,
        (CompletedEpochs, CompletedSteps),
        Network.DropoutEnabled);

    private void Restore(Snapshot before)
    {
        before.Weights.CopyTo(Weights.Edit());
        // First the schema: without a scaler of targets, a network's scaling takes that of the schema that is there.
        before.PutSchemaBack();
        Network.SetScaling(before.Scaling.Inputs, before.Scaling.Targets);
        Optimizer.LoadStateDict(before.Optimizer);
        Optimizer.ScheduleEnabled = before.Schedule;
        (CompletedEpochs, CompletedSteps) = before.Completed;
        Network.DropoutEnabled = before.Dropout;
        foreach (var callback in _callbacks)
        {
            if (callback is AveragedWeights average && before.Averaging is { } averaging)
                average.Restore(averaging);
            else if (before.Callbacks.TryGetValue(NameOf(callback), out var state))
                callback.LoadStateDict(state);
        }
    }

    private sealed record Snapshot(
        float[] Weights, Scaling Scaling, Action PutSchemaBack, StateDict Optimizer, bool Schedule, (int Epochs, long Steps) Completed, bool Dropout)
    {
        /// <summary>The states of callbacks; empty where none is touched.</summary>
        public IReadOnlyDictionary<string, StateDict> Callbacks { get; init; } = new Dictionary<string, StateDict>();

        /// <summary>What the averaged weights were; null where they are not touched.</summary>
        public AveragedWeights.Memento? Averaging { get; init; }
    }
}
