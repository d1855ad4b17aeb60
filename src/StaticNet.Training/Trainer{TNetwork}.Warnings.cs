using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet.Training;

/// <content>Warnings, which do not end a run.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>The first epochs, in which the loss is looked at.</summary>
    private const int LookedAtEpochs = 3;

    /// <summary>The first steps, in which it is looked at in any case; beyond eight times as many it is not.</summary>
    private const int LookedAtSteps = 64;

    /// <summary>The samples of a step whose loss says something of the parameters, and not of the samples only.</summary>
    private const int LeastSamples = 8;

    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private InputScaleCheck? _inputScale;
    private OscillationCheck? _oscillation;
    private bool _hasLookedAtInputs;

    /// <summary>Reports the warnings about a run, unless an earlier call has reported them.</summary>
    private void WarnAtStart(TrainingContext context, BatchLoader loader, TrainingData train, DataSource? validation, CancellationToken token)
    {
        if (Hardware.Warning is { } warning)
            WarnOnce(context, TrainingWarning.MissingInstructions, warning);
        if (_batchOfOne.Warning(loader) is { } lone)
            WarnOnce(context, TrainingWarning.BatchOfOne, lone);
        var steps = StepsOf(loader.BatchCount);
        if (Optimizer.NeedsFullBatch && steps > 1)
        {
            WarnOnce(
                context,
                TrainingWarning.PartialBatches,
                $"{Optimizer.GetType().Name} needs the gradients of all samples at each step; here, a step has those of one of {steps} batches.");
        }

        if (IsLookedFor(TrainingWarning.MissingClasses) && CompletedEpochs < context.EpochsAsked)
            WarnOfMissingClasses(context, train.Source as DataSource, validation, token);
        _inputScale = IsLookedFor(TrainingWarning.InputScale) && !_hasLookedAtInputs
            ? InputScaleCheck.Of(Description, Weights.Scaling, Weights.Schema)
            : null;
        var isEarly = CompletedEpochs < LookedAtEpochs || CompletedSteps < LookedAtSteps;
        // With two or three batches per epoch, gradients oppose each other near a minimum in any case.
        _oscillation = isEarly && steps is 1 or > 3 && IsLookedFor(TrainingWarning.OscillatingLoss)
            ? new OscillationCheck(Network.Gradients.Length, Description.Losses)
            : null;
    }

    private void WarnOfMissingClasses(TrainingContext context, DataSource? train, DataSource? validation, CancellationToken token)
    {
        const string unlearned = "the network cannot learn a class without samples.";
        const string unmeasured = "the figures say nothing about it.";
        var found = Read(
            () => (string[])
            [
                .. train is null ? [] : MissingClasses.Find(Description, train, "training", unlearned),
                .. validation is null ? [] : MissingClasses.Find(Description, validation, "validation", unmeasured),
            ],
            token);
        foreach (var message in found)
            WarnOnce(context, TrainingWarning.MissingClasses, message);
    }

    /// <summary>Looks at the inputs of a batch as the network gets them, until enough have come.</summary>
    private void LookAtInputs(TrainingContext context, in DataBatch samples)
    {
        if (_inputScale is null)
            return;
        _inputScale.Add(samples.Inputs, samples.Count);
        if (_inputScale.HasEnough)
            EndLookAtInputs(context);
    }

    private void EndLookAtInputs(TrainingContext context)
    {
        if (_inputScale is null)
            return;
        if (_inputScale.Warning() is { } message)
            WarnOnce(context, TrainingWarning.InputScale, message);
        (_inputScale, _hasLookedAtInputs) = (null, true);
    }

    /// <summary>Looks at loss and gradients before a step of the first epochs.</summary>
    private void LookAtLoss(TrainingContext context, double loss)
    {
        if (_oscillation is null || context.SampleCount < LeastSamples)
            return;
        if ((CompletedEpochs >= LookedAtEpochs && CompletedSteps >= LookedAtSteps) || CompletedSteps >= 8 * LookedAtSteps)
        {
            _oscillation = null;
            return;
        }

        if (!_oscillation.Add(Network.Gradients, loss, context.SampleCount))
            return;
        var message = _oscillation.Warning(context.LearningRate);
        _oscillation = null;
        WarnOnce(context, TrainingWarning.OscillatingLoss, message);
    }

    private bool IsLookedFor(TrainingWarning warning) => !Options.FastDevRun && !Options.SilencedWarnings.Contains(warning);

    private void WarnOnce(TrainingContext context, TrainingWarning warning, string message)
    {
        if (_warnings.Add(message))
            Warn(context, warning, message);
    }

    private void Warn(TrainingContext context, TrainingWarning warning, string message)
    {
        if (Options.SilencedWarnings.Contains(warning))
            return;
        // The callbacks first: one that shows the progress clears its line.
        foreach (var callback in _callbacks)
            callback.OnWarning(context, message);
        Options.Warnings.WriteLine($"{message} ({nameof(TrainerOptions.SilencedWarnings)} = [{nameof(TrainingWarning)}.{warning}] silences this.)");
    }
}
