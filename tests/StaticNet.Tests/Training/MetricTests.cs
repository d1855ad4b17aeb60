using StaticNet.Tests.Networks;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

public class MetricTests
{
    [Fact]
    public void Accuracy_of_class_indices_compares_the_largest_output()
    {
        Assert.Equal(2.0 / 3, Measure(new Accuracy(), Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: true),
            ([1, 5, 2], [1]), ([3, 1, 2], [0]), ([0, 1, 9], [1])));
    }

    [Fact]
    public void Accuracy_of_soft_targets_compares_the_largest_of_both()
    {
        Assert.Equal(0.5, Measure(new Accuracy(), Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: false),
            ([1, 5, 2], [0.2f, 0.5f, 0.3f]), ([3, 1, 2], [0.2f, 0.5f, 0.3f])));
    }

    [Theory]
    [InlineData(LossKind.BinaryCrossEntropy, 0.6f, 0.4f, 0f)]
    [InlineData(LossKind.BinaryCrossEntropyWithLogits, 0.1f, -0.1f, 0f)]
    [InlineData(LossKind.Hinge, 0.1f, -0.1f, -1f)]
    [InlineData(LossKind.SquaredHinge, 0.1f, -0.1f, -1f)]
    public void Accuracy_of_binary_losses_counts_each_output(LossKind kind, float yes, float no, float zero)
    {
        Assert.Equal(0.75, Measure(new Accuracy(), Loss(kind, 2, isIndex: false), ([yes, no], [1, zero]), ([yes, yes], [1, zero])));
    }

    [Fact]
    public void Errors_of_numbers_are_means_over_all_elements()
    {
        var loss = Loss(LossKind.MeanSquaredError, 2, isIndex: false);

        Assert.Equal(1.5, Measure(new MeanAbsoluteError(), loss, ([1, 2], [2, 4]), ([0, 3], [0, 0])));
        Assert.Equal(3.5, Measure(new MeanSquaredError(), loss, ([1, 2], [2, 4]), ([0, 3], [0, 0])));
    }

    [Fact]
    public void A_metric_forgets_at_reset_and_is_NaN_without_samples()
    {
        foreach (var metric in new Metric[] { new Accuracy(), new F1() })
        {
            Measure(metric, Loss(LossKind.SoftmaxCrossEntropy, 2, isIndex: true), ([1, 0], [1]));
            Assert.Equal(0, metric.Value);
            metric.Reset();
            Assert.Equal(double.NaN, metric.Value);
        }
    }

    [Fact]
    public void Precision_recall_and_F1_are_those_of_the_counts()
    {
        // Rows are true classes, columns predictions; class 3 occurs nowhere.
        var matrix = Matrix(new[,] { { 5, 1, 0, 0 }, { 2, 3, 0, 0 }, { 1, 0, 0, 0 }, { 0, 0, 0, 0 } });

        Assert.Equal(12, matrix.Total);
        Assert.Equal(8.0 / 12, matrix.Accuracy);
        Assert.Equal([5.0 / 8, 3.0 / 4, 0, 0], Enumerable.Range(0, 4).Select(matrix.Precision));
        Assert.Equal([5.0 / 6, 3.0 / 5, 0, 0], Enumerable.Range(0, 4).Select(matrix.Recall));
        Assert.Equal([10.0 / 14, 6.0 / 9, 0, 0], Enumerable.Range(0, 4).Select(matrix.F1));
        Assert.Equal(((5.0 / 8) + (3.0 / 4)) / 3, matrix.MacroPrecision, 1e-12);
        Assert.Equal(((5.0 / 6) + (3.0 / 5)) / 3, matrix.MacroRecall, 1e-12);
        Assert.Equal(((10.0 / 14) + (6.0 / 9)) / 3, matrix.MacroF1, 1e-12);
        Assert.Equal(matrix.Accuracy, matrix.MicroPrecision);
        Assert.Equal(matrix.Accuracy, matrix.MicroRecall);
        Assert.Equal(matrix.Accuracy, matrix.MicroF1);
        Assert.Equal([6L, 5, 1, 0], Enumerable.Range(0, 4).Select(matrix.Support));
        Assert.Equal([8L, 4, 0, 0], Enumerable.Range(0, 4).Select(matrix.Predictions));
    }

    [Theory]
    [InlineData(10_001)]
    [InlineData(46_341)]
    [InlineData(int.MaxValue)]
    public void More_classes_than_a_matrix_has_room_for_are_refused(int classes)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(classes));
        var loss = new LossDescription(LossKind.SoftmaxCrossEntropy, "dense1", 1, 0, 1, classes, true);
        Assert.Equal(
            $"The metric 'f1' counts every pair of classes, of 10000 classes at most; there are {classes}. Accuracy and TopKAccuracy take any number.",
            Assert.Throws<InvalidOperationException>(() => new F1().Attach(loss)).Message);
    }

    [Fact]
    public void An_empty_matrix_gives_zeros_and_a_wrong_class_is_refused()
    {
        var matrix = new ConfusionMatrix(2);

        Assert.Equal(0, matrix.Accuracy);
        Assert.Equal(0, matrix.MacroF1);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Equal(0, matrix.Total);
    }

    [Fact]
    public void Metrics_of_the_matrix_average_as_asked()
    {
        var loss = Loss(LossKind.SoftmaxCrossEntropy, 2, isIndex: true);
        (float[], float[])[] samples = [([1, 0], [0]), ([1, 0], [0]), ([1, 0], [1]), ([0, 1], [1])];

        Assert.Equal(((2.0 / 3) + 1) / 2, Measure(new Precision(), loss, samples), 1e-12);
        Assert.Equal((1 + 0.5) / 2, Measure(new Recall(), loss, samples), 1e-12);
        Assert.Equal((0.8 + (2.0 / 3)) / 2, Measure(new F1(), loss, samples), 1e-12);
        foreach (var metric in new Metric[] { new Precision(ClassAverage.Micro), new Recall(ClassAverage.Micro), new F1(ClassAverage.Micro) })
            Assert.Equal(0.75, Measure(metric, loss, samples));
    }

    [Fact]
    public void Of_a_binary_loss_the_positive_class_counts()
    {
        var loss = Loss(LossKind.BinaryCrossEntropyWithLogits, 1, isIndex: false);
        // Three positives, of which two are found, and one false alarm among five negatives.
        (float[], float[])[] samples = [([1], [1]), ([1], [1]), ([-1], [1]), ([1], [0]), ([-1], [0]), ([-1], [0]), ([-1], [0]), ([-1], [0])];

        Assert.Equal(2.0 / 3, Measure(new Precision(), loss, samples), 1e-12);
        Assert.Equal(2.0 / 3, Measure(new Recall(), loss, samples), 1e-12);
        Assert.Equal(2.0 / 3, Measure(new F1(), loss, samples), 1e-12);
        Assert.Equal(((2.0 / 3) + (4.0 / 5)) / 2, Measure(new Recall(ClassAverage.Macro), loss, samples), 1e-12);
        Assert.Equal(((3 * 2.0 / 3) + (5 * 4.0 / 5)) / 8, Measure(new Recall(ClassAverage.Weighted), loss, samples), 1e-12);
        Assert.Throws<InvalidOperationException>(() => new F1(ClassAverage.Positive).Attach(Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: true)));
    }

    [Fact]
    public void Of_equal_outputs_the_lower_index_comes_first_and_NaN_before_all()
    {
        var loss = Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: true);
        const float nan = float.NaN;

        Assert.Equal("top_2_accuracy", new TopKAccuracy(2).Name);
        Assert.Equal(2.0 / 3, Measure(new TopKAccuracy(2), loss, ([1, 1, 1], [0]), ([1, 1, 1], [1]), ([1, 1, 1], [2])));
        Assert.Equal(1.0 / 3, Measure(new TopKAccuracy(2), loss, ([nan, 1, 2], [2]), ([nan, 1, 2], [1]), ([nan, 1, 2], [0])));
        Assert.Equal(1, Measure(new TopKAccuracy(9), loss, ([1, 2, 3], [0])));
        Assert.Equal(0.5, Measure(new TopKAccuracy(1), loss with { TargetIsIndex = false }, ([1, 2, 3], [0, 0.1f, 0.9f]), ([1, 2, 3], [1, 0, 0])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(0));
    }

    [Fact]
    public void Classes_without_an_area_are_left_out_of_the_mean()
    {
        var loss = Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: true);

        // Class 2 never occurs; classes 0 and 1 are told apart perfectly.
        Assert.Equal(1, Measure(new RocAuc(), loss, ([3, 1, 0], [0]), ([1, 3, 0], [1]), ([2, 1, 0], [0])));
        Assert.Equal(double.NaN, Measure(new RocAuc(), loss, ([3, 1, 0], [0]), ([1, 3, 0], [0])));
        Assert.Equal(double.NaN, Measure(new RocAuc(), loss));
        Assert.Equal(double.NaN, Measure(new RocAuc(), loss, ([3, float.NaN, 0], [0]), ([1, 3, 0], [1])));
        Assert.Equal(0, Measure(new RocAuc(), Loss(LossKind.Hinge, 1, isIndex: false), ([1], [-1]), ([-1], [1])));
        Assert.Equal(1, Measure(new RocAuc(), Loss(LossKind.MultiClassHinge, 2, isIndex: true), ([1, 0], [0]), ([0, 1], [1])));
    }

    [Fact]
    public void Probabilities_beyond_the_reach_of_floats_keep_their_order()
    {
        // Both probabilities of class 0 are 1 as floats; the first is larger.
        Assert.Equal(1, Measure(new RocAuc(), Loss(LossKind.SoftmaxCrossEntropy, 2, isIndex: true), ([300, 0], [0]), ([200, 0], [1])));
    }

    [Fact]
    public void The_determination_of_a_single_sample_is_unknown()
    {
        var loss = Loss(LossKind.MeanSquaredError, 1, isIndex: false);

        Assert.Equal(double.NaN, Measure(new RSquared(), loss, ([1], [1])));
        Assert.Equal(1, Measure(new RSquared(), loss, ([1], [1]), ([2], [2])));
        Assert.Equal(double.NaN, Measure(new RootMeanSquaredError(), loss));
    }

    [Fact]
    public void Metrics_that_do_not_suit_a_loss_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new Accuracy().Attach(Loss(LossKind.MeanSquaredError, 1, isIndex: false)));
        Assert.Throws<InvalidOperationException>(() => new F1().Attach(Loss(LossKind.Huber, 1, isIndex: false)));
        Assert.Throws<InvalidOperationException>(() => new MeanSquaredError().Attach(Loss(LossKind.MultiClassHinge, 3, isIndex: true)));
        Assert.Throws<InvalidOperationException>(() => new TopKAccuracy().Attach(Loss(LossKind.BinaryCrossEntropy, 3, isIndex: false)));
        Assert.Throws<InvalidOperationException>(() => new RocAuc().Attach(Loss(LossKind.Huber, 1, isIndex: false)));
        Assert.Throws<InvalidOperationException>(() => new RSquared().Attach(Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: true)));
        Assert.Throws<InvalidOperationException>(() => new RootMeanSquaredError().Attach(Loss(LossKind.SoftmaxCrossEntropy, 3, isIndex: true)));
        Assert.Throws<InvalidOperationException>(() => new Accuracy().Add([1], [1]));
        Assert.Throws<InvalidOperationException>(() => new RocAuc().Add([1], [1]));
        Assert.Throws<InvalidOperationException>(() => new RSquared().Add([1], [1]));
        Assert.Throws<InvalidOperationException>(() => new F1().Value);
    }

    [Fact]
    public void Defaults_follow_the_first_loss_on_the_output()
    {
        Assert.Equal(["accuracy"], Metric.DefaultsFor(TinyClassifier.Description).Select(metric => metric.Name));
        Assert.Equal(["mean_absolute_error", "mean_squared_error"], Metric.DefaultsFor(TinyRegressor.Description).Select(metric => metric.Name));

        var inner = Loss(LossKind.MeanSquaredError, 3, isIndex: false) with { From = "dense0", OutputOffset = -1 };
        var several = TinyClassifier.Description with { Losses = [inner, TinyClassifier.Description.Losses[0] with { TargetOffset = 3 }] };
        Assert.Equal(1, Assert.IsType<Accuracy>(Assert.Single(Metric.DefaultsFor(several))).Loss);
        Assert.Empty(Metric.DefaultsFor(TinyClassifier.Description with { Losses = [inner] }));
    }

    [Fact]
    public void Metrics_of_several_losses_see_their_own_targets()
    {
        var description = TinyRegressor.Description with
        {
            Losses = [
                Loss(LossKind.MeanSquaredError, 1, isIndex: false),
                Loss(LossKind.Huber, 1, isIndex: false) with { TargetOffset = 1 },
            ],
        };
        var (first, second) = (new MeanAbsoluteError(), new MeanAbsoluteError { Loss = 1, Name = "second" });
        var metrics = new MetricSet(description, [first, second], 2);

        metrics.Add([1, 2], [1, 11, 3, 12], [], [], 2, null);

        Assert.Equal(0.5, first.Value);
        Assert.Equal(10, second.Value);
        Assert.Throws<ArgumentException>(() => new MetricSet(description, [new MeanAbsoluteError { Loss = 2 }], 1));
        Assert.Throws<ArgumentException>(() => new MetricSet(description, [new MeanAbsoluteError(), new MeanAbsoluteError()], 1));
        Assert.Throws<ArgumentException>(() => new MetricSet(description with { Losses = [description.Losses[0] with { OutputOffset = -1 }] }, [new MeanAbsoluteError()], 1));
    }

    internal static ConfusionMatrix Matrix(int[,] counts)
    {
        var matrix = new ConfusionMatrix(counts.GetLength(0));
        for (var actual = 0; actual < matrix.ClassCount; actual++)
        {
            for (var predicted = 0; predicted < matrix.ClassCount; predicted++)
            {
                for (var time = 0; time < counts[actual, predicted]; time++)
                    matrix.Add(actual, predicted);
            }
        }

        return matrix;
    }

    private static double Measure(Metric metric, LossDescription loss, params (float[] Output, float[] Target)[] samples)
    {
        metric.Attach(loss);
        metric.Reset();
        foreach (var (output, target) in samples)
            metric.Add(output, target);
        return metric.Value;
    }

    private static LossDescription Loss(LossKind kind, int outputs, bool isIndex) =>
        new(kind, "dense1", 1, 0, isIndex ? 1 : outputs, outputs, isIndex, OutputOffset: 0);
}
