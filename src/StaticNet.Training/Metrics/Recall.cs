namespace StaticNet.Training.Metrics;

/// <summary>The recall, averaged over the classes; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">How: <see cref="ClassAverage.Macro"/> by default.</param>
public sealed class Recall(ClassAverage average = ClassAverage.Macro) : ConfusionMetric("recall")
{
    private protected override double Of(ConfusionMatrix matrix) =>
        average == ClassAverage.Macro ? matrix.MacroRecall : matrix.MicroRecall;
}
