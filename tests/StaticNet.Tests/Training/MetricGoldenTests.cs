using System.Globalization;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>Metrics against scikit-learn's, from the file that make_metrics_golden.py writes.</summary>
public class MetricGoldenTests
{
    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (var line in Lines())
                cases.Add(line[0], line[1], line.Length > 6);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_metric_is_scikit_learns(string name, string figure, bool isWeighted)
    {
        var line = Lines().Single(line => line[0] == name && line[1] == figure && line.Length > 6 == isWeighted);
        var expected = double.Parse(line[2], CultureInfo.InvariantCulture);
        var outputLength = int.Parse(line[3], CultureInfo.InvariantCulture);
        var (outputs, targets) = (Floats(line[4]), Floats(line[5]));
        var count = outputs.Length / outputLength;
        var targetLength = targets.Length / count;
        var weights = isWeighted ? Floats(line[6]) : [];

        var metric = Metric(figure);
        metric.Attach(Loss(name, outputLength, targetLength));
        metric.Reserve(count);
        for (var round = 0; round < 2; round++)
        {
            metric.Reset();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var sample = 0; sample < count; sample++)
                metric.Add(outputs.AsSpan(sample * outputLength, outputLength), targets.AsSpan(sample * targetLength, targetLength), isWeighted ? weights[sample] : 1);
            if (round > 0)
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        Assert.Equal(expected, metric.Value, 1e-12 * Math.Max(1, Math.Abs(expected)));
    }

    private static LossDescription Loss(string name, int outputs, int targets)
    {
        var kind = name.Split(' ')[0] switch
        {
            "four" or "confident" or "two" or "tied" => LossKind.SoftmaxCrossEntropy,
            "binary" or "ties" or "alike" or "outputs" => LossKind.BinaryCrossEntropyWithLogits,
            "probabilities" => LossKind.BinaryCrossEntropy,
            _ => LossKind.MeanSquaredError,
        };
        return new LossDescription(kind, "dense1", 1, 0, targets, outputs, kind == LossKind.SoftmaxCrossEntropy);
    }

    private static Metric Metric(string figure) => figure switch
    {
        "roc_auc" => new RocAuc(),
        "average_precision" => new AveragePrecision(),
        "log_loss" => new LogLoss(),
        "accuracy" => new Accuracy(),
        "mean_absolute_percentage_error" => new MeanAbsolutePercentageError(),
        _ when figure.Split(' ') is [var name, var average] => OfClasses(name, Enum.Parse<ClassAverage>(average, ignoreCase: true)),
        "top_1_accuracy" => new TopKAccuracy(1),
        "top_2_accuracy" => new TopKAccuracy(2),
        "top_3_accuracy" => new TopKAccuracy(3),
        "mean_absolute_error" => new MeanAbsoluteError(),
        "mean_squared_error" => new MeanSquaredError(),
        "root_mean_squared_error" => new RootMeanSquaredError(),
        "r_squared" => new RSquared(),
        _ => throw new ArgumentException(figure),
    };

    private static Metric OfClasses(string name, ClassAverage average) => name switch
    {
        "precision" => new Precision(average),
        "recall" => new Recall(average),
        "f1" => new F1(average),
        _ => throw new ArgumentException(name),
    };

    private static float[] Floats(string text) => [.. text.Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    private static IEnumerable<string[]> Lines() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Training", "Files", "metrics.csv")).Select(line => line.Split(','));
}
