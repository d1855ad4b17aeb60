using System.Diagnostics;
using StaticNet.Data;

namespace StaticNet.Training;

/// <content>What happens within an epoch.</content>
public sealed partial class Trainer<TNetwork>
{
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
                RequireFiniteParameters(context);
                TellInterrupted(context);
                return false;
            }

            TrainBatch(context, loader, step, samples);
            if (context.Batch == context.BatchCount)
                break;
        }

        // A callback may stop after the last batch: nothing of this epoch is left out then.
        RequireFiniteParameters(context);
        return true;
    }

    /// <summary>Cuts an epoch short in which a source was waited for: after its last step.</summary>
    private void Interrupt(TrainingContext context)
    {
        if (!context.StepTaken && Options.AccumulateBatches > 1)
            _stepStatistics.PutBack(Weights.Edit());
        context.ReturnToStep();
        StopForToken(context);
        RequireFiniteParameters(context);
        TellInterrupted(context);
    }

    private void TellInterrupted(TrainingContext context)
    {
        foreach (var callback in _callbacks)
            callback.OnEpochInterrupted(context);
    }

    private static void StopForToken(TrainingContext context) =>
        context.History.Stop(StopReason.Cancelled, $"Cancelled in epoch {context.Epoch}, after {context.Batch} of {context.BatchCount} batches.");

    private bool MustStop(TrainingContext context, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            StopForToken(context);
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
            IsScaled = true,
        };
        _statistics.Take(Weights.Values);
        if (step.IsFirst && Options.AccumulateBatches > 1)
            _stepStatistics.Take(Weights.Values);
        var loss = TrainBatch(parallel, batch, loader);
        if (!float.IsFinite(loss))
            throw Diverged(context, samples, loss);
        context.HoldsValues = true;
        if (step.IsLast)
            TakeStep(context, parallel);
        // The loss is a part of the step's mean; that of the batch alone is told.
        context.EndBatch((double)loss * step.SampleCount / samples.Count, step.IsLast);
        foreach (var callback in _callbacks)
            callback.OnBatchEnd(context);
        context.HoldsValues = false;
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

    private TrainingDivergedException Diverged(TrainingContext context, in DataBatch samples, float loss)
    {
        // What the batch has moved before its loss was known: running statistics and centres.
        _statistics.PutBack(Weights.Edit());
        var cause = DivergenceCause.Find(Network, samples);
        var message = $"The loss became {loss} in epoch {context.Epoch}, batch {context.Batch}. {cause.Message}";
        context.History.Stop(StopReason.Diverged, message);
        return new TrainingDivergedException(message, context.Epoch, context.Batch, context.History, cause.Layer);
    }
}
