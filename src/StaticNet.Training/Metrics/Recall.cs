namespace StaticNet.Training.Metrics;

/// <summary>The recall; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">
/// How the figures of the classes are combined. Null (the default): <see cref="ClassAverage.Positive"/> for a binary loss,
/// <see cref="ClassAverage.Macro"/> for others.
/// </param>
public sealed class Recall(ClassAverage? average = null) : ConfusionMetric("recall", average)
{
    private protected override double OfClass(double right, double predicted, double actual) => Ratio(right, actual);
}
