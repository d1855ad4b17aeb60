using System.Globalization;

namespace StaticNet.Training;

/// <summary>
/// The plain mean of the weights at the ends of late epochs, or after every given number of steps (SWA), for a run that continues
/// at a learning rate that is not small: the mean lies in the middle of the region in which the weights move. Izmailov et al.,
/// 2018.
/// </summary>
/// <remarks>
/// Running statistics of batch norms belong to the weights that they were measured with: for the average, they are measured
/// again, by a pass over the training samples before it is used, in each validation and at the end of a run
/// (<see cref="RenewStatistics"/>). Networks without batch norms need no pass. A checkpoint that is written in between has the
/// statistics of the last measurement or, before it, of training.
/// </remarks>
/// <example><code>
/// // Three quarters with half a cosine, then constant, and averaged.
/// var optimizer = new Sgd(0.1f) { Schedule = new InEpochs(new CosineDecay(75, alpha: 0.2f)) };
/// var options = new TrainerOptions { Callbacks = [new StochasticWeightAverage(startEpoch: 75)] };
/// Trainer.For(network, optimizer, options).Fit(train, epochs: 100, validation);
/// </code></example>
public sealed class StochasticWeightAverage : AveragedWeights
{
    private readonly int? _everySteps;

    /// <summary>Makes the callback.</summary>
    /// <param name="startEpoch">The epochs before the average begins, 0 or more; the end of the epoch after them is the first to
    /// be averaged.</param>
    /// <param name="startStep">The steps before the average begins, 0 or more. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public StochasticWeightAverage(int startEpoch = 0, long startStep = 0)
        : base(startEpoch, startStep)
    {
    }

    /// <summary>The number of steps, from the start, after which the weights are averaged each time, 1 or more; null (the
    /// default) for the end of each epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is under 1.</exception>
    public int? EverySteps
    {
        get => _everySteps;
        init => _everySteps = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, "Expected 1 or more steps, or null.");
    }

    /// <summary>Whether the running statistics of batch norms are measured again before the average is used. Default: true.</summary>
    public bool RenewStatistics { get; init; } = true;

    private protected override string Kind => string.Create(
        CultureInfo.InvariantCulture,
        $"mean, every {(EverySteps is { } steps ? $"{steps} steps" : "epoch")}, after epoch {StartEpoch}, after step {StartStep}, " +
        $"statistics renewed: {RenewStatistics}");

    internal override void AfterStep(TrainingContext context)
    {
        if (EverySteps is { } steps && HasBegun(context) && (context.Step - StartStep) % steps == 0)
            Add();
    }

    internal override void AfterEpoch(TrainingContext context)
    {
        if (EverySteps is null && HasBegun(context))
            Add();
    }

    private void Add()
    {
        Add(1.0 / (Count + 1));
        NeedsStatistics = RenewStatistics;
    }
}
