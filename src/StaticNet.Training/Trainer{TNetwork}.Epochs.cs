using System.Diagnostics;
using StaticNet.Data;

namespace StaticNet.Training;

/// <content>What happens within an epoch.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Trains with each batch of the next epoch, or the rest of one.</summary>
    /// <returns>Whether the epoch was finished.</returns>
    private bool TrainEpoch(TrainingContext context, BatchLoader loader, ParallelStep<TNetwork> step, Measuring measuring, CancellationToken cancellationToken)
    {
        context.BeginEpoch(CompletedEpochs + 1);
        Optimizer.BeginEpoch(CompletedEpochs, StepsOf(context.BatchCount), StepsOf(context.Batch));
        foreach (var callback in _callbacks)
            callback.OnEpochBegin(context);
        // A run may have been interrupted between a step and its measurement: the end of the step has not been reported then.
        if (context.Batch > 0 && MeasureStep(context, measuring))
            TellStepEnd(context);

        foreach (var samples in loader.Epoch(CompletedEpochs, context.Batch))
        {
            // Between the batches of one step nothing can be stored from which a run could continue.
            if (context.StepTaken && MustStop(context, cancellationToken))
            {
                RequireFiniteParameters(context);
                TellInterrupted(context);
                return false;
            }

            TrainBatch(context, loader, step, samples);
            if (context.StepTaken)
                EndStep(context, measuring);
            if (context.Batch == context.BatchCount)
                break;
        }

        // A callback may stop after the last batch: nothing of this epoch is left out then.
        RequireFiniteParameters(context);
        EndLookAtInputs(context);
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
        else if (IsAtLastStep(context))
            return true;
        else if (Options.TimeBudget is { } budget && Stopwatch.GetElapsedTime(_runStart) >= budget)
            context.History.Stop(StopReason.TimeBudget, $"The time budget of {budget} was used up in epoch {context.Epoch}, after {context.Batch} of {context.BatchCount} batches.");
        return context.IsStopped;
    }

    /// <summary>Whether all steps of the run are done; it ends then.</summary>
    private bool IsAtLastStep(TrainingContext context)
    {
        if (CompletedSteps < context.LastStep || context.LastStep is null)
            return false;
        context.History.Stop(StopReason.MaxSteps, $"The {Options.MaxSteps} steps were done after {context.Batch} of {context.BatchCount} batches of epoch {context.Epoch}.");
        return true;
    }

    /// <summary>Measures what is due after a step, and reports that it is over.</summary>
    private void EndStep(TrainingContext context, Measuring measuring)
    {
        MeasureStep(context, measuring);
        TellStepEnd(context);
    }

    private void TellStepEnd(TrainingContext context)
    {
        foreach (var callback in _callbacks)
            callback.OnStepEnd(context);
    }

    /// <summary>Measures the validation samples, where it is time to, and has not been done after this step.</summary>
    /// <returns>Whether they were measured.</returns>
    private bool MeasureStep(TrainingContext context, Measuring measuring)
    {
        if (measuring.Validation is null || CompletedSteps == 0 || CompletedSteps % Options.ValidateEvery != 0 || context.History.IsMeasured(CompletedSteps))
            return false;
        using var visit = VisitAverage(measuring);
        var evaluation = Validate(context, measuring.Evaluation, measuring.Validation);
        measuring.Last = (CompletedSteps, evaluation);
        var result = context.AddStep(evaluation);
        foreach (var callback in _callbacks)
            callback.OnStepMeasured(context, result);
        return true;
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
            SequenceLengths = samples.SequenceLengths,
            FirstSample = samples.FirstSample,
            Scale = 1f / step.SampleCount,
            Accumulate = !step.IsFirst,
            IsScaled = true,
        };
        _statistics.Take(Weights.Values);
        if (step.IsFirst && Options.AccumulateBatches > 1)
            _stepStatistics.Take(Weights.Values);
        LookAtInputs(context, samples);
        var loss = TrainBatch(parallel, batch, samples, loader);
        if (!float.IsFinite(loss))
            throw Diverged(context, samples, loader, loss);
        context.HoldsValues = true;
        // The loss is a part of the step's mean; that of the batch alone is reported.
        var ofBatch = (double)loss * step.SampleCount / samples.Count;
        if (step.IsLast)
            TakeStep(context, parallel, ofBatch);
        context.EndBatch(ofBatch, step.IsLast);
        foreach (var callback in _callbacks)
            callback.OnBatchEnd(context);
        context.HoldsValues = false;
    }

    private void TakeStep(TrainingContext context, ParallelStep<TNetwork> parallel, double loss)
    {
        foreach (var callback in _callbacks)
            callback.OnStepBegin(context);
        context.LearningRate = Optimizer.CurrentLearningRate;
        LookAtLoss(context, loss);
        parallel.TakeStep(Optimizer);
        CompletedSteps++;
        _averaging?.AfterStep(context);
    }

    /// <summary>The steps that the first batches of an epoch make.</summary>
    private long StepsOf(int batches) => (batches + Options.AccumulateBatches - 1L) / Options.AccumulateBatches;

    /// <summary>The step that the next batch belongs to.</summary>
    private (int SampleCount, bool IsFirst, bool IsLast) StepOf(TrainingContext context, BatchLoader loader)
    {
        var batch = context.Batch;
        var first = batch - (batch % Options.AccumulateBatches);
        var end = (int)Math.Min((long)first + Options.AccumulateBatches, context.BatchCount);
        var samples = Math.Min((long)end * loader.BatchSize, loader.SampleCount) - ((long)first * loader.BatchSize);
        return ((int)samples, batch == first, batch + 1 == end);
    }

    private void EndEpoch(TrainingContext context, Measuring measuring)
    {
        var averaged = _averaging?.Count;
        _averaging?.AfterEpoch(context);
        if (averaged != _averaging?.Count)
            measuring.Last = null;
        EpochIsOver(context, measuring);
        foreach (var callback in _callbacks)
            callback.OnEpochEnd(context);
    }

    private void EpochIsOver(TrainingContext context, Measuring measuring)
    {
        using var visit = measuring.IsNeeded ? VisitAverage(measuring) : default;
        var trained = measuring.Training is null ? null : Evaluate(measuring.Evaluation, measuring.Training, EvaluatedBatches);
        // What was measured after the last step still holds.
        var validated = measuring.Last is var (step, last) && step == CompletedSteps
            ? last
            : measuring.Validation is null ? null : Validate(context, measuring.Evaluation, measuring.Validation);
        context.EndEpoch(trained?.Metrics ?? [], validated);
        CompletedEpochs++;
    }

    /// <summary>What a run measures with.</summary>
    /// <param name="Step">Computes gradients.</param>
    /// <param name="Evaluation">Computes loss and outputs.</param>
    /// <param name="Data">The training samples.</param>
    /// <param name="Training">The training samples, where they are measured; null otherwise.</param>
    /// <param name="Validation">The validation samples; null without.</param>
    private sealed record Measuring(
        ParallelStep<TNetwork> Step, ParallelEvaluation<TNetwork> Evaluation, TrainingData Data, BatchLoader? Training, BatchLoader? Validation)
    {
        /// <summary>Whether an epoch is measured when it ends.</summary>
        public bool IsNeeded => Training is not null || Validation is not null;

        /// <summary>What was measured last within an epoch, and after how many steps.</summary>
        public (long Step, Evaluation Evaluation)? Last { get; set; }
    }

    private TrainingDivergedException Diverged(TrainingContext context, in DataBatch samples, BatchLoader loader, float loss)
    {
        // What the batch has moved before its loss was known: running statistics and centres.
        _statistics.PutBack(Weights.Edit());
        EndLookAtInputs(context);
        var cause = DivergenceCause.Find(Network, samples, loader);
        var message = $"The loss became {loss} in epoch {context.Epoch}, batch {context.Batch}. {cause.Message}";
        context.History.Stop(StopReason.Diverged, message);
        return new TrainingDivergedException(message, context.Epoch, context.Batch, context.History, cause.Layer);
    }
}
