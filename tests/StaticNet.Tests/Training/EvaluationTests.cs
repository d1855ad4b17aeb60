using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

public class EvaluationTests
{
    private static readonly Evaluation Sample = new(0.12345678, [new MetricValue("accuracy", 0.9625, true), new MetricValue("f1", double.NaN, true)]);

    [Fact]
    public void It_prints_itself_in_one_line()
    {
        Assert.Equal("loss 0.123457, accuracy 0.9625, f1 NaN", Sample.ToString());
        Assert.Equal("loss 1E-07", new Evaluation(1e-7, []).ToString());
    }

    [Fact]
    public void It_prints_itself_as_a_table() =>
        Assert.Equal("loss      0.123457\naccuracy  0.9625\nf1        NaN\n", Sample.ToTable());

    [Fact]
    public void Names_and_values_can_be_gone_through()
    {
        var seen = new List<string>();
        foreach (var (name, value) in Sample)
            seen.Add($"{name}={value}");

        Assert.Equal(["loss=0.12345678", "accuracy=0.9625", "f1=NaN"], seen);
        Assert.Equal(0.9625, Sample.ToDictionary()["accuracy"]);
        Assert.Equal((0.12345678, 0.9625), (Sample["loss"], Sample["accuracy"]));
        Assert.Contains("there are: loss, accuracy, f1.", Assert.Throws<KeyNotFoundException>(() => Sample["auc"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_is_asked_for_its_value_behind_samples_alone()
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), new TrainerOptions { Metrics = [new Demanding()], TrainingMetrics = true });

        var history = trainer.Fit(Samples.Clouds(12), 1, Samples.Clouds(9));

        Assert.Equal(["loss", "demanding", "validation_loss", "validation_demanding"], history.Epochs[0].Names());
        Assert.Equal((12, 9), (history.Epochs[0].Metrics[0].Value, history.Epochs[0].ValidationMetrics[0].Value));
    }

    [Fact]
    public void A_weighted_metric_counts_samples_by_their_weights_and_another_does_not()
    {
        var network = new TinyClassifier(1);
        network.Weights.Edit().Clear();
        // The bias alone decides: class 1 for every sample.
        network.Weights.Edit()[(2 * ParameterInfo.PanelWidth) + 1] = 1;
        var data = new DataSet(2, 1, new float[8], [1, 0, 2, 1], sampleWeights: [3, 1, 0, 2]);
        var options = new TrainerOptions { Metrics = [new Accuracy(), new Accuracy { Weighted = true }, new LogLoss { Weighted = true, Name = "nats" }] };

        var evaluation = new Trainer<TinyClassifier>(network, new Sgd(0), options).Evaluate(data);

        // Once each, but for that of weight 0.
        Assert.Equal(2.0 / 3, evaluation["accuracy"], 1e-12);
        Assert.Equal(5.0 / 6, evaluation["weighted_accuracy"], 1e-12);
        var (all, own) = (Math.Log(2 + Math.E), Math.Log(2 + Math.E) - 1);
        Assert.Equal(((5 * own) + all) / 6, evaluation["nats"], 1e-12);
    }

    [Fact]
    public void Without_weights_a_weighted_metric_is_the_plain_one()
    {
        var options = new TrainerOptions { Metrics = [new F1(), new F1 { Weighted = true }, new RocAuc(), new RocAuc { Weighted = true }] };

        var evaluation = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0), options).Evaluate(Samples.Clouds(40));

        Assert.Equal(evaluation["f1"], evaluation["weighted_f1"]);
        Assert.Equal(evaluation["roc_auc"], evaluation["weighted_roc_auc"]);
    }

    [Fact]
    public void A_log_loss_needs_probabilities_and_stays_finite()
    {
        var loss = new LossDescription(LossKind.SoftmaxCrossEntropy, "dense1", 1, 0, 1, 2, true);
        Assert.Throws<InvalidOperationException>(() => new LogLoss().Attach(loss with { Kind = LossKind.MultiClassHinge }));
        Assert.Throws<InvalidOperationException>(() => new LogLoss().Attach(loss with { Kind = LossKind.MeanSquaredError }));
        Assert.Throws<InvalidOperationException>(() => new LogLoss().Add([0, 0], [0]));

        var metric = new LogLoss();
        metric.Attach(loss);
        metric.Add([-1000, 1000], [0]);
        Assert.Equal(2000, metric.Value);
        metric.Attach(loss with { TargetIsIndex = false });
        metric.Reset();
        metric.Add([0, 0], [0.25f, 0.75f]);
        Assert.Equal(Math.Log(2), metric.Value, 1e-15);
    }

    [Fact]
    public void A_class_without_a_sample_has_no_average_precision()
    {
        var metric = new AveragePrecision();
        metric.Attach(new LossDescription(LossKind.BinaryCrossEntropyWithLogits, "dense1", 1, 0, 2, 2, false));
        metric.Add([1, 1], [0, 0]);
        Assert.Equal(double.NaN, metric.Value);

        metric.Add([2, 0], [1, 0]);
        metric.Add([3, 5], [0, 0]);

        // Of the first output the second threshold finds the one sample, with one wrong above it; the second output has none.
        Assert.Equal(0.5, metric.Value);
    }

    /// <summary>Has no value without samples, and says so.</summary>
    private sealed class Demanding() : Metric("demanding", higherIsBetter: true)
    {
        private int _count;

        public override double Value => _count > 0 ? _count : throw new InvalidOperationException("No samples.");

        public override void Reset() => _count = 0;

        public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight) => _count++;
    }
}
