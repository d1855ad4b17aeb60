using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet.Training;

/// <content>Checks that keep a run from going wrong silently.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Takes the callbacks for a run, all of them or none.</summary>
    /// <exception cref="InvalidOperationException">One is in another run.</exception>
    private void EnterCallbacks()
    {
        for (var index = 0; index < _callbacks.Length; index++)
        {
            if (_callbacks[index].TryEnter(this))
                continue;
            var name = _callbacks[index].GetType().Name;
            LeaveCallbacks(index);
            throw new InvalidOperationException($"Expected callbacks that are in one run at a time; {name} is in the run of another trainer. Give each trainer its own callbacks.");
        }
    }

    private void LeaveCallbacks(int count)
    {
        foreach (var callback in _callbacks.AsSpan(0, count))
            callback.Leave();
    }

    /// <summary>Ends training if a step has made a parameter that is not finite: the next loss would show it, but there may be none.</summary>
    private void RequireFiniteParameters(TrainingContext context)
    {
        if (DivergenceCause.InParameters(Weights) is not { } cause)
            return;
        var message = $"Parameters are not finite after batch {context.Batch} of epoch {context.Epoch}, though its loss is. {cause.Message}";
        context.History.Stop(StopReason.Diverged, message);
        throw new TrainingDivergedException(message, context.Epoch, context.Batch, context.History, cause.Layer);
    }

    /// <summary>Goes through the samples that are to be measured with, before an epoch is trained in vain.</summary>
    private void RequireFinite(BatchLoader loader, string what)
    {
        var batches = EvaluatedBatches;
        foreach (var samples in loader.Epoch(0))
        {
            RequireFinite(samples, loader, what);
            try
            {
                TNetwork.CheckBatch(samples.ToBatch(isScaled: true));
            }
            catch (ArgumentException refused)
            {
                throw Located(refused, samples, loader, what);
            }

            if (--batches == 0)
                break;
        }
    }

    /// <exception cref="ArgumentException">A number is not finite; the message has its sample.</exception>
    private void RequireFinite(in DataBatch samples, BatchLoader loader, string what)
    {
        RequireFinite(samples.Inputs, samples, loader, Description.InputLength, what, "input", Weights.Scaling.Inputs is not null, Weights.Schema);
        RequireFinite(samples.Targets, samples, loader, Description.TargetLength, what, "target", Weights.Scaling.Targets is not null, null);
    }

    private static void RequireFinite(
        ReadOnlySpan<float> values,
        in DataBatch samples,
        BatchLoader loader,
        int length,
        string what,
        string part,
        bool isScaled,
        TableSchema? schema)
    {
        if (DivergenceCause.FirstNotFinite(values) is not (>= 0 and var index))
            return;
        var place = loader.PlaceOf(samples.SampleNumbers[index / length]);
        throw new ArgumentException($"Expected finite numbers in the {what}; the {part} of {place} has {values[index]} at {NumberPlace.Of(index % length, schema)}{(isScaled ? ", as the network's scaling makes it" : "")}.");
    }

    /// <exception cref="ArgumentException">A target does not fit its loss; the message has its sample.</exception>
    private static float TrainBatch(ParallelStep<TNetwork> parallel, in Batch batch, in DataBatch samples, BatchLoader loader)
    {
        try
        {
            return parallel.TrainBatch(batch);
        }
        catch (ArgumentException refused)
        {
            throw Located(refused, samples, loader, "training data");
        }
    }

    /// <summary>
    /// Of a batch that was refused, the first sample in the user's data that is refused by itself; of a stream, which cannot be searched, that of
    /// the batch.
    /// </summary>
    /// <returns>The exception to throw: the one that came where it is about no sample.</returns>
    private static ArgumentException Located(ArgumentException refused, in DataBatch samples, BatchLoader loader, string what)
    {
        if (SampleFault.Of(refused) is not { } fault)
            return refused;
        var number = samples.SampleNumbers[fault.Sample];
        if (loader is DataLoader { Data: var data } && FirstRefused(data) is var (first, found))
            (number, fault) = (first, found);
        var place = loader.PlaceOf(number);
        return new ArgumentException($"In the {what}, {place}: {fault.Message}", refused);
    }

    private static (int Sample, SampleFault Fault)? FirstRefused(DataSource data)
    {
        var inputs = new float[TNetwork.InputLength];
        var targets = new float[TNetwork.TargetLength];
        var weights = new float[data.HasSampleWeights ? 1 : 0];
        var lengths = new int[data.SequenceSteps > 0 ? 1 : 0];
        for (var sample = 0; sample < data.Count; sample++)
        {
            try
            {
                data.GatherTargets([sample], targets);
                if (data.HasSampleWeights)
                    data.GatherSampleWeights([sample], weights);
                if (data.SequenceSteps > 0)
                    data.GatherSequenceLengths([sample], lengths);
                if (weights is not [0])
                    TNetwork.CheckBatch(new Batch(inputs, targets, 1) { SampleWeights = weights, SequenceLengths = lengths });
            }
            catch (ArgumentException alone) when (SampleFault.Of(alone) is { } fault)
            {
                // The batch of the check has this sample alone: its place is that in the data.
                return (sample, fault);
            }
        }

        return null;
    }

    /// <summary>A run that was cancelled before its first batch.</summary>
    private static History CancelledHistory()
    {
        var history = new History();
        history.Stop(StopReason.Cancelled, "Cancelled before the first batch, while waiting for samples.");
        return history;
    }

    private static bool IsOf(OperationCanceledException exception, CancellationToken token) =>
        token.IsCancellationRequested && exception.CancellationToken == token;
}
