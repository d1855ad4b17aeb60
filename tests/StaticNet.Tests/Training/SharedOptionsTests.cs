using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Augmentation;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>Options that two trainers share give the figures of two, or are refused.</summary>
public class SharedOptionsTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    [Fact]
    public void A_metric_of_two_trainers_measures_each_by_itself()
    {
        Metric[] shared = [new Accuracy(), new F1(), new RocAuc(), new TopKAccuracy(2)];
        var (first, second) = (Trainer(1, new() { Metrics = shared }), Trainer(5, new() { Metrics = shared }));
        Metric[] Own() => [new Accuracy(), new F1(), new RocAuc(), new TopKAccuracy(2)];
        first.Fit(Train, 3);

        for (var round = 0; round < 2; round++)
        {
            foreach (var trainer in new[] { first, second })
            {
                var alone = new Trainer<TinyClassifier>(trainer.Network, trainer.Optimizer, new() { Metrics = Own() });
                Assert.Equal(alone.Evaluate(Train).Metrics.AsEnumerable(), trainer.Evaluate(Train).Metrics);
            }
        }
    }

    [Fact]
    public void A_metric_of_two_kinds_of_networks_follows_the_one_that_is_measured()
    {
        Metric[] shared = [new RootMeanSquaredError(), new RSquared()];
        var plane = Samples.Plane(20);
        Trainer<TinyRegressor> Make(ulong seed, IReadOnlyList<Metric> metrics) => new(new TinyRegressor(seed), new Adam(), new() { Metrics = metrics });
        var (first, second) = (Make(1, shared), Make(2, shared));

        var expected = Make(1, [new RootMeanSquaredError(), new RSquared()]).Evaluate(plane);
        second.Evaluate(plane);

        Assert.Equal(expected.Metrics.AsEnumerable(), first.Evaluate(plane).Metrics);
    }

    [Fact]
    public void A_metric_that_collects_for_another_trainer_now_is_refused()
    {
        var nested = new Nested();
        var (first, second) = (Trainer(1, new() { Metrics = [nested] }), Trainer(2, new() { Metrics = [nested] }));
        nested.Inner = () => second.Evaluate(Train);

        var error = Assert.Throws<InvalidOperationException>(() => first.Evaluate(Train));

        Assert.Equal("Expected the metric 'nested' to be free; another evaluation is using it. Give trainers that run at the same time their own metrics.", error.Message);
        nested.Inner = null;
        Assert.Equal(40, first.Evaluate(Train)["nested"]);
    }

    [Fact]
    public void A_callback_in_the_run_of_another_trainer_is_refused()
    {
        var shared = new EarlyStopping("loss");
        var other = Trainer(2, new() { Callbacks = [shared] });
        InvalidOperationException? error = null;
        var first = Trainer(1, new() { Callbacks = [shared, new RecordingCallback { AtEpochEnd = _ => error ??= Assert.Throws<InvalidOperationException>(() => other.Fit(Train, 1)) }] });

        first.Fit(Train, 2);

        Assert.Equal("Expected callbacks that are in one run at a time; EarlyStopping is in the run of another trainer. Give each trainer its own callbacks.", error!.Message);
        Assert.Single(other.Fit(Train, 1).Epochs);
    }

    [Fact]
    public void A_reduction_on_a_plateau_begins_anew_with_another_trainer()
    {
        var shared = new ReduceOnPlateau("loss", factor: 0.5f, patience: 1, threshold: 10);
        Trainer(1, new() { Callbacks = [shared] }).Fit(Train, 2);
        Assert.Equal(1, shared.EpochsWithout);

        var second = Trainer(2, new() { Callbacks = [shared] });
        second.Fit(Train, 2);

        Assert.Equal(1, shared.EpochsWithout);
        Assert.Equal(0.05f, second.Optimizer.LearningRate);
    }

    [Fact]
    public void A_callback_that_is_listed_twice_is_refused()
    {
        var twice = new EarlyStopping("loss");

        var error = Assert.Throws<ArgumentException>(() => Trainer(1, new() { Callbacks = [twice, new ReduceOnPlateau("loss"), twice] }));

        Assert.Contains("Expected each of Callbacks once; one EarlyStopping is listed twice.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_of_parameters_is_one_optimizers()
    {
        var group = new ParameterGroup("*.bias") { LearningRate = 0.1f };
        new Adam { Groups = [group] }.Attach(new TinyClassifier(1).Weights);

        Assert.Throws<InvalidOperationException>(() => new Adam { Groups = [group] }.Attach(new TinyClassifier(2).Weights));
        var other = new ParameterGroup("*.bias");
        Assert.Throws<InvalidOperationException>(() => new Adam { Groups = [other, other] }.Attach(new TinyClassifier(2).Weights));
    }

    [Fact]
    public void Sampler_and_augmentation_of_two_loaders_give_the_batches_of_two()
    {
        var sampler = new BalancedSampler(Train, seed: 3);
        AugmentationPipeline Pipeline() => new(new ImageShape(1, 1, 2), [new GaussianNoise(0.5f)], seed: 4);
        var shared = Pipeline();
        using var alone = new DataLoader(Train, 16, sampler: new BalancedSampler(Train, seed: 3), transform: Pipeline());
        using var large = new DataLoader(Train, 16, sampler: sampler, transform: shared);
        using var small = new DataLoader(Train, 4, sampler: sampler, transform: shared);

        var (expected, actual) = (new List<float>(), new List<float>());
        foreach (var batch in alone.Epoch(1))
            expected.AddRange(batch.Inputs);
        foreach (var batch in large.Epoch(1))
        {
            actual.AddRange(batch.Inputs);
            foreach (var other in small.Epoch(0))
                Assert.True(other.Count <= 4);
        }

        Assert.Equal(expected, actual);
    }

    private static Trainer<TinyClassifier> Trainer(ulong seed, TrainerOptions options) => new(new TinyClassifier(seed), new Adam(0.05f), options);

    private sealed class Nested() : Metric("nested", higherIsBetter: true)
    {
        private int _count;

        public Action? Inner { get; set; }

        public override double Value => _count;

        public override void Reset() => _count = 0;

        public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
        {
            _count++;
            Inner?.Invoke();
        }
    }
}
