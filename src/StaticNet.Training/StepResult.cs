using System.Collections.Immutable;
using StaticNet.Training.Metrics;

namespace StaticNet.Training;

/// <summary>What was measured on the validation samples within an epoch, after a number of steps; see <see cref="TrainerOptions.ValidateEvery"/>.</summary>
/// <param name="Step">The number of steps so far, counted over all runs of the trainer.</param>
/// <param name="Epoch">The epoch's number, from 1.</param>
/// <param name="Batch">The batch's number in its epoch, from 1.</param>
/// <param name="Loss">The mean loss of the epoch's training samples so far, each at the time its batch was trained on.</param>
/// <param name="ValidationLoss">The mean loss of the validation samples.</param>
/// <param name="ValidationMetrics">The metrics of the validation samples.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
public sealed record StepResult(
    long Step,
    int Epoch,
    int Batch,
    double Loss,
    double ValidationLoss,
    ImmutableArray<MetricValue> ValidationMetrics,
    float LearningRate)
{
    /// <summary>Finds a figure by its name.</summary>
    /// <param name="name"><c>loss</c>, <c>validation_loss</c>, or a metric's name with the prefix <c>validation_</c>.</param>
    /// <param name="figure">The figure, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, out MetricValue figure) => AsEpoch().TryGet(name, out figure);

    /// <summary>The names of all figures.</summary>
    /// <returns>The names that <see cref="TryGet"/> finds.</returns>
    public IEnumerable<string> Names() => AsEpoch().Names();

    private EpochResult AsEpoch() => new(Epoch, Loss, [], ValidationLoss, ValidationMetrics, LearningRate, 0);
}
