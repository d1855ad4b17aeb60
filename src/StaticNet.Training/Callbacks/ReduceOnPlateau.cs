using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Training.Checkpoints;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>
/// Lowers the learning rate when a figure has not improved for some epochs. PyTorch's ReduceLROnPlateau.
/// </summary>
/// <remarks>
/// <para>It changes <see cref="Optimizer.LearningRate"/> and the separate rates of groups, so it works together with any
/// schedule. A figure that is NaN is not an improvement. It keeps its state from run to run of the same trainer; with another
/// trainer, it starts again.</para>
/// <para>A figure is better if it is below best · (1 − threshold) or best − threshold or, where higher is better, above best · (1
/// + threshold) or best + threshold.</para>
/// <para>With <see cref="TrainerOptions.ValidateEvery"/>, a figure of the validation samples counts whenever it is measured, also
/// within epochs: patience and cooldown are then numbers of measurements.</para>
/// </remarks>
public sealed class ReduceOnPlateau : TrainingCallback
{
    private const string MonitorKey = "monitor";
    private const string BestValueKey = "best_value";
    private const string EpochsWithoutKey = "epochs_without";
    private const string CooldownLeftKey = "cooldown_left";

    /// <summary>A smaller change of the learning rate is not made, as in PyTorch.</summary>
    private const float SmallestChange = 1e-8f;

    /// <summary>Makes the callback.</summary>
    /// <param name="monitor">
    /// The figure: <c>loss</c> or a metric's name, with the prefix <c>validation_</c> for that of the validation samples.
    /// </param>
    /// <param name="factor">The factor of each reduction, above 0 and below 1. Default: 0.1.</param>
    /// <param name="patience">The epochs without improvement that are tolerated; the next one lowers the rate. 0 or more.
    /// Default: 10.</param>
    /// <param name="threshold">What counts as an improvement, finite and 0 or more. Default: 0.0001.</param>
    /// <param name="absoluteThreshold">Whether the threshold is a difference instead of a fraction of the best figure. Default:
    /// false.</param>
    /// <param name="cooldown">The epochs after a reduction that count as neither good nor bad, 0 or more. Default: 0.</param>
    /// <param name="smallestRate">The lower limit of learning rates, finite and 0 or more. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ReduceOnPlateau(
        string monitor = "validation_loss",
        float factor = 0.1f,
        int patience = 10,
        double threshold = 1e-4,
        bool absoluteThreshold = false,
        int cooldown = 0,
        float smallestRate = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        if (!(factor is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "Expected a number above 0 and below 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        if (!(threshold >= 0 && double.IsFinite(threshold)))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a finite number of 0 or more.");
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        if (!(smallestRate >= 0 && float.IsFinite(smallestRate)))
            throw new ArgumentOutOfRangeException(nameof(smallestRate), smallestRate, "Expected a finite number of 0 or more.");
        Monitor = monitor;
        Factor = factor;
        Patience = patience;
        Threshold = threshold;
        AbsoluteThreshold = absoluteThreshold;
        Cooldown = cooldown;
        SmallestRate = smallestRate;
    }

    /// <summary>The name of the figure.</summary>
    public string Monitor { get; }

    /// <summary>The factor of each reduction.</summary>
    public float Factor { get; }

    /// <summary>The epochs without improvement that are tolerated.</summary>
    public int Patience { get; }

    /// <summary>What counts as an improvement.</summary>
    public double Threshold { get; }

    /// <summary>Whether the threshold is a difference instead of a fraction of the best figure.</summary>
    public bool AbsoluteThreshold { get; }

    /// <summary>The epochs after a reduction that count as neither good nor bad.</summary>
    public int Cooldown { get; }

    /// <summary>The lower limit of learning rates.</summary>
    public float SmallestRate { get; }

    private Trainer? _trainer;

    /// <summary>The best figure so far; NaN before the first.</summary>
    public double BestValue { get; private set; } = double.NaN;

    /// <summary>The epochs since the last improvement that count.</summary>
    public int EpochsWithout { get; private set; }

    /// <summary>The epochs that are left of a cooldown.</summary>
    public int CooldownLeft { get; private set; }

    /// <summary>Observes the figure of an epoch, and lowers the learning rate if necessary. For loops of your own.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="optimizer">The optimizer whose rates to lower.</param>
    /// <returns>Whether the rates were lowered.</returns>
    public bool Observe(MetricValue figure, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (IsBetter(figure))
        {
            BestValue = figure.Value;
            EpochsWithout = 0;
        }
        else
        {
            EpochsWithout++;
        }

        if (CooldownLeft > 0)
        {
            CooldownLeft--;
            EpochsWithout = 0;
        }

        if (EpochsWithout <= Patience)
            return false;
        CooldownLeft = Cooldown;
        EpochsWithout = 0;
        optimizer.LearningRate = Lowered(optimizer.LearningRate);
        foreach (var group in optimizer.Groups)
        {
            if (group.LearningRate is { } rate)
                group.LearningRate = Lowered(rate);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnRunBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_trainer is not null && !ReferenceEquals(_trainer, context.Trainer))
            (BestValue, EpochsWithout, CooldownLeft) = (double.NaN, 0, 0);
        _trainer = context.Trainer;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such figure.</exception>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.IsMeasuredBySteps(Monitor))
            Observe(EarlyStopping.Require(context, Monitor, "The reduction on a plateau"), context.Trainer.Optimizer);
    }

    /// <inheritdoc/>
    internal override void OnStepMeasured(TrainingContext context, StepResult result)
    {
        if (context.IsMeasuredBySteps(Monitor))
            Observe(EarlyStopping.Require(result, Monitor, "The reduction on a plateau"), context.Trainer.Optimizer);
    }

    /// <inheritdoc/>
    /// <remarks>The learning rates are the optimizer's, and stored with it.</remarks>
    public override StateDict ToStateDict()
    {
        var state = new StateDict();
        var fields = new CheckpointFields(state, "");
        fields.Set(MonitorKey, Monitor);
        fields.Set(BestValueKey, BestValue);
        fields.Set(EpochsWithoutKey, EpochsWithout);
        fields.Set(CooldownLeftKey, CooldownLeft);
        return state;
    }

    /// <inheritdoc/>
    public override void LoadStateDict(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var fields = new CheckpointFields(state, "");
        if (fields.Text(MonitorKey) is var monitor && monitor != Monitor)
            throw new ArgumentException($"The reduction on a plateau watches '{Monitor}', but the checkpoint's watched '{monitor}'.", nameof(state));
        (BestValue, EpochsWithout, CooldownLeft) = (fields.Double(BestValueKey), fields.Int32(EpochsWithoutKey), fields.Int32(CooldownLeftKey));
    }

    private bool IsBetter(MetricValue figure)
    {
        if (double.IsNaN(BestValue))
            return !double.IsNaN(figure.Value);
        var direction = figure.HigherIsBetter ? 1 : -1;
        var bound = AbsoluteThreshold ? BestValue + (direction * Threshold) : BestValue * (1 + (direction * Threshold));
        return figure.HigherIsBetter ? figure.Value > bound : figure.Value < bound;
    }

    private float Lowered(float rate)
    {
        var lowered = Math.Max(rate * Factor, SmallestRate);
        return rate - lowered > SmallestChange ? lowered : rate;
    }
}
