namespace StaticNet.Training.Metrics;

/// <summary>A figure over samples, from outputs and targets.</summary>
/// <remarks>
/// Several trainers may share a metric, but it collects for one at a time: an evaluation of another trainer at the same time is
/// refused. Sample weights count if <see cref="Weighted"/> is set; samples of weight 0 never count. Targets and outputs are in
/// the user's units.
/// </remarks>
public abstract class Metric
{
    private readonly string _name;
    private readonly string? _given;
    private MetricSet? _collector;

    /// <summary>Makes a metric.</summary>
    /// <param name="name">Its name in histories, such as <c>accuracy</c>.</param>
    /// <param name="higherIsBetter">Whether higher values are better.</param>
    protected Metric(string name, bool higherIsBetter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name;
        HigherIsBetter = higherIsBetter;
    }

    /// <summary>What it is attached to now.</summary>
    internal MetricSet? Attached { get; set; }

    /// <summary>What it collects for now.</summary>
    internal ref MetricSet? Collector => ref _collector;

    /// <summary>The name in histories; that of a weighted metric begins with <c>weighted_</c> unless it is set.</summary>
    public string Name
    {
        get => _given ?? (Weighted ? $"weighted_{_name}" : _name);
        init => _given = value;
    }

    /// <summary>
    /// Whether each sample counts by its weight (<see cref="Data.DataSource.WithSampleWeights"/>), as with scikit-learn's
    /// <c>sample_weight</c>, instead of once. Without weights, all count equally. Default: false.
    /// </summary>
    public bool Weighted { get; init; }

    /// <summary>Whether higher values are better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Which of the network's losses the targets belong to, from 0. It takes an output of the network. Default: 0.</summary>
    public int Loss { get; init; }

    /// <summary>The figure over the samples since <see cref="Reset"/>; NaN without any.</summary>
    public abstract double Value { get; }

    /// <summary>The default metrics for a network: accuracy for a classification loss, mean absolute and mean squared error for
    /// others.</summary>
    /// <param name="description">The network.</param>
    /// <returns>Metrics for the first loss that takes an output of the network; none if there is no such loss.</returns>
    public static IReadOnlyList<Metric> DefaultsFor(NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        for (var index = 0; index < description.Losses.Length; index++)
        {
            var loss = description.Losses[index];
            if (MetricSet.TakesOutput(loss))
            {
                return ClassDecision.Of(loss) is null
                    ? [new MeanAbsoluteError { Loss = index }, new MeanSquaredError { Loss = index }]
                    : [new Accuracy { Loss = index }];
            }
        }

        return [];
    }

    /// <summary>
    /// Prepares for a network's loss; called before any sample, and again when it has collected for another trainer in between.
    /// </summary>
    /// <param name="loss">The loss whose targets will be added.</param>
    /// <exception cref="InvalidOperationException">The metric does not suit the loss.</exception>
    public virtual void Attach(LossDescription loss)
    {
    }

    /// <summary>Allocates memory for samples, so that adding them does not; called before <see cref="Reset"/>.</summary>
    /// <param name="count">The largest number of samples that will be added.</param>
    public virtual void Reserve(int count)
    {
    }

    /// <summary>Forgets all samples.</summary>
    public abstract void Reset();

    /// <summary>Adds one sample that counts once.</summary>
    /// <param name="output">The output that the loss takes.</param>
    /// <param name="target">The targets of the loss.</param>
    public void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => Add(output, target, 1);

    /// <summary>Adds one sample. Allocates nothing.</summary>
    /// <param name="output">The output that the loss takes.</param>
    /// <param name="target">The targets of the loss.</param>
    /// <param name="weight">How much the sample counts, finite and above 0; 1 unless <see cref="Weighted"/>.</param>
    public abstract void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight);
}
