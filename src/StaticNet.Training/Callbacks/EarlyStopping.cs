using System.Globalization;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>Ends training when a figure has not improved for some epochs, and restores the weights of the best epoch.</summary>
/// <remarks>
/// With <see cref="TrainerOptions.ValidateEvery"/>, a figure of the validation samples counts whenever it is measured, also
/// within epochs. Prechelt, "Early Stopping, But When?", 1998. A figure that is NaN is not an improvement. A run that it has
/// ended continues from its checkpoint if the patience is larger now. If something else was changed and allowed
/// (<see cref="TrainerOptions.AllowedChanges"/>), the epochs without improvement are counted from 0 again.
/// </remarks>
public sealed class EarlyStopping : TrainingCallback
{
    private const string MonitorKey = "monitor";
    private const string BestEpochKey = "best_epoch";
    private const string BestStepKey = "best_step";
    private const string BestValueKey = "best_value";
    private const string EpochsWithoutKey = "epochs_without";
    private const string BestWeightsName = "best_weights";

    private float[] _bestWeights = [];
    private int _epochsWithout;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">
    /// The figure: <c>loss</c> or a metric's name, with the prefix <c>validation_</c> for that of the validation samples.
    /// </param>
    /// <param name="patience">The epochs (or measurements) without improvement after which training ends, 1 or more.</param>
    /// <param name="minDelta">The smallest change that does not yet count as an improvement, finite and 0 or more: an improvement
    /// is larger.</param>
    /// <param name="restoreBestWeights">Whether the weights of the best epoch are restored at the end of the run, however it
    /// ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public EarlyStopping(string monitor = "validation_loss", int patience = 5, double minDelta = 0, bool restoreBestWeights = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!(minDelta >= 0 && double.IsFinite(minDelta)))
            throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "Expected a finite number of 0 or more.");
        Monitor = monitor;
        Patience = patience;
        MinDelta = minDelta;
        RestoreBestWeights = restoreBestWeights;
    }

    /// <summary>The name of the figure.</summary>
    public string Monitor { get; }

    /// <summary>The epochs without improvement after which training ends.</summary>
    public int Patience { get; }

    /// <summary>An improvement is a change by more than this.</summary>
    public double MinDelta { get; }

    /// <summary>Whether the weights of the best epoch are restored at the end of the run.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>The best epoch of the last run, from 1; 0 before the first epoch.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The number of steps after which the best figure was measured, over all runs of the trainer; 0 before the first.</summary>
    public long BestStep { get; private set; }

    /// <summary>The figure of the best epoch; NaN before the first.</summary>
    public double BestValue { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (BestEpoch, BestStep) = (0, 0);
        BestValue = double.NaN;
        _epochsWithout = 0;
        if (RestoreBestWeights)
            _bestWeights = new float[context.Trainer.Weights.Values.Length];
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such figure.</exception>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.IsMeasuredBySteps(Monitor))
            Observe(context, Require(context, Monitor, "Early stopping"));
    }

    /// <inheritdoc/>
    internal override void OnStepMeasured(TrainingContext context, StepResult result)
    {
        if (context.IsMeasuredBySteps(Monitor))
            Observe(context, Require(result, Monitor, "Early stopping"));
    }

    private void Observe(TrainingContext context, MetricValue figure)
    {
        var gain = figure.HigherIsBetter ? figure.Value - BestValue : BestValue - figure.Value;
        if (gain > MinDelta || (BestEpoch == 0 && !double.IsNaN(figure.Value)))
        {
            (BestEpoch, BestStep) = (context.Epoch, context.Step);
            BestValue = figure.Value;
            _epochsWithout = 0;
            if (RestoreBestWeights)
                context.Trainer.MeasuredWeights.CopyTo(_bestWeights);
        }
        else if (++_epochsWithout >= Patience)
        {
            Stop(context);
        }
    }

    /// <inheritdoc/>
    internal override void OnResumed(TrainingContext context)
    {
        if (_epochsWithout < Patience)
            return;
        if (context.HasChanged)
            _epochsWithout = 0;
        else
            Stop(context);
    }

    private void Stop(TrainingContext context)
    {
        var (what, best) = context.IsMeasuredBySteps(Monitor) ? ("measurements", $"after step {BestStep}") : ("epochs", $"in epoch {BestEpoch}");
        context.StopTraining(
            BestEpoch == 0
                ? $"{Monitor} was NaN in all of the last {_epochsWithout} {what}, so there is no best one."
                : string.Create(CultureInfo.InvariantCulture, $"{Monitor} has not become better for {_epochsWithout} {what}; the best was {BestValue:G6} {best}."),
            this);
    }

    /// <inheritdoc/>
    public override void OnRunEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (RestoreBestWeights && BestEpoch > 0)
            _bestWeights.CopyTo(context.Trainer.Weights.Edit());
    }

    /// <inheritdoc/>
    public override StateDict ToStateDict()
    {
        var state = new StateDict();
        var fields = new CheckpointFields(state, "");
        fields.Set(MonitorKey, Monitor);
        fields.Set(BestEpochKey, BestEpoch);
        fields.Set(BestStepKey, BestStep);
        fields.Set(BestValueKey, BestValue);
        fields.Set(EpochsWithoutKey, _epochsWithout);
        if (RestoreBestWeights && BestEpoch > 0)
            state.Add(BestWeightsName, [_bestWeights.Length], _bestWeights);
        return state;
    }

    /// <inheritdoc/>
    public override void LoadStateDict(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var fields = new CheckpointFields(state, "");
        if (fields.Text(MonitorKey) is var monitor && monitor != Monitor)
            throw new ArgumentException($"Early stopping watches '{Monitor}', but the checkpoint's watched '{monitor}'.", nameof(state));
        var (bestEpoch, bestStep) = (fields.Int32(BestEpochKey), fields.Int64(BestStepKey));
        var (bestValue, epochsWithout) = (fields.Double(BestValueKey), fields.Int32(EpochsWithoutKey));
        if (RestoreBestWeights && bestEpoch > 0)
        {
            if (!state.TryGet(BestWeightsName, out var best) || best.Values.Length != _bestWeights.Length)
                throw new ArgumentException($"Expected the {_bestWeights.Length} weights of the best epoch; {best?.Values.Length ?? 0} are in the checkpoint.", nameof(state));
            best.Values.CopyTo(_bestWeights);
        }

        (BestEpoch, BestStep, BestValue, _epochsWithout) = (bestEpoch, bestStep, bestValue, epochsWithout);
    }

    /// <summary>The figure that a callback watches.</summary>
    /// <exception cref="InvalidOperationException">There is no such figure.</exception>
    internal static MetricValue Require(TrainingContext context, string monitor, string watcher)
    {
        var result = context.History.Epochs[^1];
        return result.TryGet(monitor, out var figure)
            ? figure
            : throw new InvalidOperationException($"{watcher} watches '{monitor}', but an epoch only has: {string.Join(", ", result.Names())}.");
    }

    /// <summary>The figure that a callback watches, of a measurement within an epoch.</summary>
    /// <exception cref="InvalidOperationException">There is no such figure.</exception>
    internal static MetricValue Require(StepResult result, string monitor, string watcher) => result.TryGet(monitor, out var figure)
        ? figure
        : throw new InvalidOperationException($"{watcher} watches '{monitor}', but a measurement only has: {string.Join(", ", result.Names())}.");
}
