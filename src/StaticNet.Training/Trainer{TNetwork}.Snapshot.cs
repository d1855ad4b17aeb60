using StaticNet.Serialization;

namespace StaticNet.Training;

/// <content>Everything as it was.</content>
public sealed partial class Trainer<TNetwork>
{
    private Snapshot Remember() => new(Weights.Values.ToArray(), Weights.Scaling, Optimizer.ToStateDict(), Optimizer.ScheduleEnabled, CompletedEpochs, Network.DropoutEnabled);

    private void Restore(Snapshot before)
    {
        before.Weights.CopyTo(Weights.Edit());
        Network.SetScaling(before.Scaling.Inputs, before.Scaling.Targets);
        Optimizer.LoadStateDict(before.Optimizer);
        Optimizer.ScheduleEnabled = before.Schedule;
        CompletedEpochs = before.CompletedEpochs;
        Network.DropoutEnabled = before.Dropout;
        foreach (var callback in _callbacks)
        {
            if (before.Callbacks.TryGetValue(NameOf(callback), out var state))
                callback.LoadStateDict(state);
        }
    }

    private sealed record Snapshot(float[] Weights, Scaling Scaling, StateDict Optimizer, bool Schedule, int CompletedEpochs, bool Dropout)
    {
        /// <summary>The states of callbacks; empty where none is touched.</summary>
        public IReadOnlyDictionary<string, StateDict> Callbacks { get; init; } = new Dictionary<string, StateDict>();
    }
}
