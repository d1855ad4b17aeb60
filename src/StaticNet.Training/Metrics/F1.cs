namespace StaticNet.Training.Metrics;

/// <summary>The F1; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">
/// How the figures of the classes are combined. Null (the default): <see cref="ClassAverage.Positive"/> for a binary loss,
/// <see cref="ClassAverage.Macro"/> for others.
/// </param>
public sealed class F1(ClassAverage? average = null) : ConfusionMetric("f1", average)
{
    private protected override double OfClass(double right, double predicted, double actual) => Ratio(2 * right, predicted + actual);
}
