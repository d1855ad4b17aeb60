using System.Collections.Immutable;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>What was measured in one epoch.</summary>
/// <param name="Epoch">Its number, from 1, counted over all runs of the trainer.</param>
/// <param name="Loss">The mean loss of the training samples, each at the time its batch was trained on: only the network's
/// losses. Penalties of the optimizer (<see cref="Optimizers.Optimizer.WeightDecay"/>, <see cref="Optimizers.Optimizer.L1"/>) act
/// on the gradients and are not included in any loss.
/// </param>
/// <param name="Metrics">The metrics of the training samples after the epoch; empty unless <see cref="TrainerOptions.TrainingMetrics"/>.</param>
/// <param name="ValidationLoss">The mean loss of the validation samples after the epoch; null without them.</param>
/// <param name="ValidationMetrics">The metrics of the validation samples; empty without them.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="Seconds">How long the epoch took, validation included.</param>
public sealed record EpochResult(
    int Epoch,
    double Loss,
    ImmutableArray<MetricValue> Metrics,
    double? ValidationLoss,
    ImmutableArray<MetricValue> ValidationMetrics,
    float LearningRate,
    double Seconds)
{
    private const string LossName = "loss";
    internal const string ValidationPrefix = "validation_";

    /// <summary>The number of steps of the optimizer when the epoch ended, over all runs of the trainer.</summary>
    public long Step { get; init; }

    /// <summary>What was measured within the epoch, in order; empty unless <see cref="TrainerOptions.ValidateEvery"/>.</summary>
    public ImmutableArray<StepResult> Steps { get; init; } = [];

    /// <summary>Finds a figure by its name.</summary>
    /// <param name="name">
    /// <c>loss</c> or a metric's name, such as <c>accuracy</c>; with the prefix <c>validation_</c>, that of the validation samples.
    /// </param>
    /// <param name="figure">The figure, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, out MetricValue figure)
    {
        ArgumentNullException.ThrowIfNull(name);
        var validation = name.StartsWith(ValidationPrefix, StringComparison.Ordinal);
        var plain = validation ? name[ValidationPrefix.Length..] : name;
        if (plain == LossName)
        {
            figure = new MetricValue(name, (validation ? ValidationLoss : Loss) ?? double.NaN, HigherIsBetter: false);
            return !validation || ValidationLoss is not null;
        }

        foreach (var metric in validation ? ValidationMetrics : Metrics)
        {
            if (metric.Name == plain)
            {
                figure = metric with { Name = name };
                return true;
            }
        }

        figure = default;
        return false;
    }

    /// <summary>Whether a figure is a loss, by its name, and not a metric.</summary>
    internal static bool IsLoss(string name) => name is LossName or ValidationPrefix + LossName;

    /// <summary>The names of all figures.</summary>
    /// <returns>The names that <see cref="TryGet"/> finds.</returns>
    public IEnumerable<string> Names() =>
    [
        LossName,
        .. Metrics.Select(metric => metric.Name),
        .. ValidationLoss is null ? Array.Empty<string>() : [ValidationPrefix + LossName],
        .. ValidationMetrics.Select(metric => ValidationPrefix + metric.Name),
    ];
}
