using StaticNet.Training;

namespace StaticNet.Search;

/// <summary>Reports a figure of each epoch to a trial, and ends the training when the trial has become hopeless.</summary>
/// <example><code>
/// var options = new TrainerOptions { Progress = false, Callbacks = [new PruningCallback(trial, "validation_accuracy")] };
/// return Trainer.For(network, new Adam(rate), options).Fit(train, epochs: 20, validation).Values("validation_accuracy")[^1];
/// </code></example>
/// <param name="trial">The trial.</param>
/// <param name="figure">The figure's name, see <see cref="EpochResult.TryGet"/>, of the kind that the objective returns.</param>
public sealed class PruningCallback(Trial trial, string figure) : TrainingCallback
{
    private readonly Trial _trial = trial ?? throw new ArgumentNullException(nameof(trial));
    private readonly string _figure = figure ?? throw new ArgumentNullException(nameof(figure));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">An epoch has no such figure.</exception>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var result = context.History.Epochs[^1];
        if (!result.TryGet(_figure, out var value))
            throw new InvalidOperationException($"A trial is pruned by '{_figure}', but an epoch only has: {string.Join(", ", result.Names())}.");
        if (!_trial.Report(value.Value))
            context.StopTraining($"The trial is given up after epoch {context.Epoch}: others were better there.");
    }
}
