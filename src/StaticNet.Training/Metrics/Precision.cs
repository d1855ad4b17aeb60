namespace StaticNet.Training.Metrics;

/// <summary>The precision; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">
/// How the figures of the classes are combined. Null (the default): <see cref="ClassAverage.Positive"/> for a binary loss,
/// <see cref="ClassAverage.Macro"/> for others.
/// </param>
public sealed class Precision(ClassAverage? average = null) : ConfusionMetric("precision", average)
{
    private protected override double OfClass(double right, double predicted, double actual) => Ratio(right, predicted);
}
