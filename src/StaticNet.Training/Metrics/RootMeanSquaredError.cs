namespace StaticNet.Training.Metrics;

/// <summary>√ of the mean of (output − target)² over all elements, in the targets' unit.</summary>
public sealed class RootMeanSquaredError : Metric
{
    private readonly MeanSquaredError _square = new();

    /// <summary>Makes the metric, named <c>root_mean_squared_error</c>.</summary>
    public RootMeanSquaredError()
        : base("root_mean_squared_error", higherIsBetter: false)
    {
    }

    /// <inheritdoc/>
    public override double Value => Math.Sqrt(_square.Value);

    /// <inheritdoc/>
    public override void Attach(LossDescription loss) => MeanAbsoluteError.RequireElements(loss, Name);

    /// <inheritdoc/>
    public override void Reset() => _square.Reset();

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight) => _square.Add(output, target, weight);
}
