using System.Globalization;

namespace StaticNet.Training;

/// <summary>
/// An exponential average of the weights (EMA), updated after every step: average ← decay · average + (1 − decay) · weights.
/// Polyak and Juditsky, 1992; commonly used for long runs.
/// </summary>
/// <remarks>Running statistics of batch norms are already averages: those of training are used.</remarks>
/// <example><code>
/// var average = new ExponentialAverage(0.999);
/// Trainer.For(network, new Adam(), new TrainerOptions { Callbacks = [average] }).Fit(train, epochs: 10, validation);
/// network.SaveSafetensors("averaged.safetensors");
/// </code></example>
public sealed class ExponentialAverage : AveragedWeights
{
    /// <summary>Makes the callback.</summary>
    /// <param name="decay">The fraction of the average that is kept at each step, at least 0 and less than 1: it averages over
    /// about 1 / (1 − decay) steps. Default: 0.999.
    /// </param>
    /// <param name="start">How it begins. Default: <see cref="AverageStart.WarmUp"/>.</param>
    /// <param name="startEpoch">The epochs before the average begins, 0 or more. Default: 0.</param>
    /// <param name="startStep">The steps before the average begins, 0 or more. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ExponentialAverage(double decay = 0.999, AverageStart start = AverageStart.WarmUp, int startEpoch = 0, long startStep = 0)
        : base(startEpoch, startStep)
    {
        if (!(decay is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "Expected a number of at least 0 and less than 1.");
        if (!Enum.IsDefined(start))
            throw new ArgumentOutOfRangeException(nameof(start), start, "Expected one of the ways to begin.");
        Decay = decay;
        Start = start;
    }

    /// <summary>The fraction of the average that is kept at each step.</summary>
    public double Decay { get; }

    /// <summary>How it begins.</summary>
    public AverageStart Start { get; }

    private protected override string Kind => string.Create(
        CultureInfo.InvariantCulture, $"exponential, decay {Decay}, start {Start}, after epoch {StartEpoch}, after step {StartStep}");

    internal override void AfterStep(TrainingContext context)
    {
        if (HasBegun(context))
            Add(PartOf(Count));
    }

    /// <summary>The part that new weights have of the average, by the number of those before.</summary>
    private double PartOf(long before) => Start switch
    {
        AverageStart.WarmUp => 1 - Math.Min(Decay, (1.0 + before) / (10.0 + before)),
        AverageStart.Corrected => (1 - Decay) / (1 - Math.Pow(Decay, before + 1.0)),
        _ => 1 - Decay,
    };
}
