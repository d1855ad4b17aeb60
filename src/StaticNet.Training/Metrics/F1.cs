namespace StaticNet.Training.Metrics;

/// <summary>The F1, averaged over the classes; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">How: <see cref="ClassAverage.Macro"/> by default.</param>
public sealed class F1(ClassAverage average = ClassAverage.Macro) : ConfusionMetric("f1")
{
    private protected override double Of(ConfusionMatrix matrix) =>
        average == ClassAverage.Macro ? matrix.MacroF1 : matrix.MicroF1;
}
