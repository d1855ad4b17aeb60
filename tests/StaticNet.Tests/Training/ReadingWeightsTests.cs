using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>Who only reads the weights makes no network prepare anything again.</summary>
public class ReadingWeightsTests
{
    [Fact]
    public void Reading_leaves_the_version_alone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var network = new TinyClassifier(1);
        var version = network.Weights.Version;

        _ = network.Weights.Values[0] + network.Weights.Trainable[0] + network.Parameters[0];
        network.ToStateDict();
        network.SaveSafetensors(folder.File("weights.safetensors"));
        network.Predict([1, 2], new float[3]);
        new TinyClassifier(2).CopyParametersFrom(network);

        Assert.Equal(version, network.Weights.Version);
    }

    [Fact]
    public void Each_span_for_writing_counts_as_a_change()
    {
        var weights = new TinyClassifier(1).Weights;
        var version = weights.Version;

        weights.Edit();
        weights.Edit();

        Assert.Equal(version + 2, weights.Version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_of_an_optimizer_counts_as_one_change(int threads)
    {
        using var pool = new StaticNet.Numerics.WorkerPool(threads);
        var network = new TinyClassifier(1);
        var optimizer = new Adam { ClipNorm = 1, MaxNorm = 1 };
        optimizer.Attach(network.Weights);
        var version = network.Weights.Version;

        new ParallelStep<TinyClassifier>(network, pool).TakeStep(optimizer);

        Assert.Equal(version + 1, network.Weights.Version);
        Assert.Throws<ArgumentException>(() => optimizer.Step(network.Weights, new float[3]));
        Assert.Equal(version + 1, network.Weights.Version);
    }

    [Fact]
    public void Training_changes_the_weights_once_a_step_whatever_watches_it()
    {
        using var folder = new TemporaryFolder();
        var network = new TinyClassifier(1);
        var options = new TrainerOptions
        {
            BatchSize = 5,
            TrainingMetrics = true,
            Metrics = [new Accuracy(), new F1()],
            Callbacks = [new EarlyStopping("loss", restoreBestWeights: false), new ReduceOnPlateau("loss"), new CheckpointCallback(folder.Path) { EveryBatches = 1 }],
        };
        var trainer = new Trainer<TinyClassifier>(network, new Sgd(0.01f), options);
        var version = network.Weights.Version;

        trainer.Fit(Samples.Clouds(20), 3, Samples.Clouds(10, 2));
        trainer.Evaluate(Samples.Clouds(10));
        trainer.ConfusionMatrix(Samples.Clouds(10));

        Assert.Equal(version + (3 * 4), network.Weights.Version);
    }

    [Fact]
    public void Remembering_the_best_weights_reads_them_and_restoring_them_is_one_change()
    {
        var network = new TinyClassifier(1);
        var versions = new List<int>();
        var stopping = new EarlyStopping("loss", patience: 9);
        var record = new RecordingCallback { AtEpochEnd = context => versions.Add(context.Trainer.Weights.Version) };
        var trainer = new Trainer<TinyClassifier>(network, new Sgd(0.01f), new TrainerOptions { Callbacks = [stopping, record] });
        var version = network.Weights.Version;

        trainer.Fit(Samples.Clouds(16), 3);

        Assert.Equal([version + 1, version + 2, version + 3], versions);
        Assert.Equal(version + 4, network.Weights.Version);
    }
}
