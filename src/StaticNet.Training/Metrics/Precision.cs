namespace StaticNet.Training.Metrics;

/// <summary>The precision, averaged over the classes; see <see cref="ConfusionMatrix"/>.</summary>
/// <param name="average">How: <see cref="ClassAverage.Macro"/> by default.</param>
public sealed class Precision(ClassAverage average = ClassAverage.Macro) : ConfusionMetric("precision")
{
    private protected override double Of(ConfusionMatrix matrix) =>
        average == ClassAverage.Macro ? matrix.MacroPrecision : matrix.MicroPrecision;
}
