namespace StaticNet.Training.Metrics;

/// <summary>The recall; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">
/// How the classes' figures become one. Null, the default: <see cref="ClassAverage.Positive"/> for a binary loss,
/// <see cref="ClassAverage.Macro"/> for others.
/// </param>
public sealed class Recall(ClassAverage? average = null) : ConfusionMetric("recall", average)
{
    private protected override double OfClass(ConfusionMatrix matrix, int index) => matrix.Recall(index);

    private protected override double OfAll(ConfusionMatrix matrix) => matrix.MacroRecall;
}
