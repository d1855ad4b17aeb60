using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>What a trainer warns of at the begin of a training, and what near it goes without a warning.</summary>
public class WarningTests
{
    [Fact]
    public void Inputs_far_from_unit_scale_are_told()
    {
        var message = Assert.Single(Told(Pixels(255)));

        Assert.StartsWith("All 2 inputs are beyond ±10 in a third or more of the first 32 samples (up to 2", message, StringComparison.Ordinal);
        Assert.Contains("SetScaling", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_input_of_many_is_told_by_its_number()
    {
        // A year beside a number of unit scale.
        var years = new DataSet(2, 1, [.. Enumerable.Range(0, 120).Select(index => index % 2 == 0 ? MathF.Sin(index) : 1990 + (index % 30))], Classes(60));

        Assert.StartsWith("1 of 2 inputs, the first of them input 1 (counted from 0), are beyond ±10", Assert.Single(Told(years)), StringComparison.Ordinal);
    }

    [Fact]
    public void Very_small_inputs_are_told() =>
        Assert.StartsWith("No input of the first 32 samples is beyond ±0.01", Assert.Single(Told(Pixels(0.005f))), StringComparison.Ordinal);

    [Fact]
    public void Inputs_of_about_unit_scale_are_not_told()
    {
        Assert.Empty(Told(Pixels(1)));
        Assert.Empty(Told(Pixels(9.9f)));
        Assert.Empty(Told(Pixels(0.02f)));
        // Few values far away, and none at all.
        Assert.Empty(Told(new DataSet(2, 1, [.. Enumerable.Range(0, 120).Select(index => index % 10 == 0 ? 500f : 0.5f)], Classes(60))));
        Assert.Empty(Told(new DataSet(2, 1, new float[120], Classes(60))));
    }

    [Fact]
    public void A_scaling_or_a_transform_brings_inputs_to_scale()
    {
        var data = Pixels(255);

        Assert.Empty(Told(data, scale: true));
        Assert.Empty(Told(data, new TrainerOptions { Transform = new Divide() }));
    }

    [Fact]
    public void A_network_that_begins_with_a_norm_takes_any_scale()
    {
        var calls = new RecordingCallback { Everything = true };
        var data = new DataSet(12, 1, [.. Enumerable.Range(0, 12 * 16).Select(index => 255 * MathF.Sin(index))], new float[16]);

        new Trainer<NormProbe>(new NormProbe(seed: 1), new Sgd(0.01f), new TrainerOptions { Callbacks = [calls], Warnings = TextWriter.Null }).Fit(data, 1);

        Assert.DoesNotContain(calls.Calls, call => call.StartsWith("warning", StringComparison.Ordinal));
    }

    [Fact]
    public void Inputs_are_told_of_though_the_first_batch_diverges()
    {
        var calls = new RecordingCallback { Everything = true };
        var data = new DataSet(2, 1, [.. Enumerable.Repeat(3e38f, 20)], new float[10]);
        var options = new TrainerOptions { BatchSize = 2, Callbacks = [calls], Warnings = TextWriter.Null, SilencedWarnings = [TrainingWarning.MissingClasses] };

        Assert.Throws<TrainingDivergedException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f), options).Fit(data, 1));

        Assert.Contains(calls.Calls, call => call.StartsWith("warning: All 2 inputs are beyond ±10 in a third or more of the first 2 samples", StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_that_a_part_lacks_are_told()
    {
        var message = Assert.Single(Warnings(new TinyClassifier(1), Only(Samples.Clouds(60), 0, 2)));
        Assert.StartsWith("Class 1 has no sample among the 40 training samples: the network cannot learn a class without samples.", message, StringComparison.Ordinal);
        Assert.Contains("stratified: true", message, StringComparison.Ordinal);

        message = Assert.Single(Warnings(new TinyClassifier(1), Samples.Clouds(60), validation: Only(Samples.Clouds(30), 1)));
        Assert.StartsWith("Classes 0, 2 have no sample among the 10 validation samples: the figures say nothing about it.", message, StringComparison.Ordinal);
        Assert.Equal(2, Warnings(new TinyClassifier(1), Only(Samples.Clouds(60), 0, 1), validation: Only(Samples.Clouds(30), 1, 2)).Length);
    }

    [Fact]
    public void Parts_with_a_sample_of_each_class_are_not_told_of()
    {
        Assert.Empty(Warnings(new TinyClassifier(1), Samples.Clouds(60), validation: Samples.Clouds(3)));
        Assert.Empty(Warnings(new TinyClassifier(1), Samples.Clouds(3)));
    }

    [Fact]
    public void A_sample_of_weight_zero_is_none()
    {
        var weights = Samples.Clouds(30).Targets.ToArray().Select(target => target == 2 ? 0f : 1).ToArray();

        Assert.StartsWith("Class 2 has no sample", Assert.Single(Warnings(new TinyClassifier(1), Samples.Clouds(30).WithSampleWeights(weights))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_target_that_is_always_the_same_is_told_and_shares_are_not()
    {
        string[] Told(Func<int, float> target) =>
            Warnings(new ProbabilityTargets(seed: 1), new DataSet(2, 1, [.. Enumerable.Range(0, 40).Select(index => MathF.Sin(index))], [.. Enumerable.Range(0, 20).Select(target)]));

        Assert.StartsWith("Class 1 has no sample among the 20 training samples", Assert.Single(Told(_ => 0)), StringComparison.Ordinal);
        Assert.StartsWith("Class 0 has no sample among the 20 training samples", Assert.Single(Told(_ => 1)), StringComparison.Ordinal);
        Assert.Empty(Told(index => index % 2));
        Assert.Empty(Told(_ => 0.25f));
        // Several outputs may be the pixels of a picture, of which some are always dark.
        Assert.Empty(Warnings(new LogitTargets(seed: 1), new DataSet(2, 3, [.. Enumerable.Range(0, 40).Select(index => MathF.Sin(index))], new float[60])));
    }

    [Fact]
    public void Of_targets_with_a_number_for_each_class_the_largest_counts()
    {
        string[] Told(params float[] target) =>
            Warnings(new DistributionTargets(seed: 1), new DataSet(2, 3, [.. Enumerable.Range(0, 18).Select(index => MathF.Sin(index))], [.. Enumerable.Range(0, 9).SelectMany(index => index % 3 == 0 ? target : index % 3 == 1 ? (float[])[1, 0, 0] : [0, 0, 1])]));

        Assert.Empty(Told(0.2f, 0.6f, 0.2f));
        Assert.StartsWith("Class 1 has no sample", Assert.Single(Told(0.6f, 0.2f, 0.2f)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200f)]
    [InlineData(2000f)]
    public void A_rate_at_which_the_loss_oscillates_is_told(float rate)
    {
        var message = Assert.Single(Told(Noisy(160), optimizer: new Sgd(rate), batchSize: 16));

        Assert.StartsWith("The loss goes up and down instead of falling: at the beginning it was ", message, StringComparison.Ordinal);
        Assert.Contains($"at a learning rate of {rate}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_at_which_Adam_throws_the_weights_about_is_told() =>
        Assert.Contains("goes up and down", Assert.Single(Told(Noisy(320), optimizer: new Adam(50))), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.1f)]
    public void A_rate_at_which_Adam_learns_is_not_told(float rate) => Assert.Empty(Told(Noisy(320), optimizer: new Adam(rate)));

    [Fact]
    public void A_network_that_is_trained_already_is_not_told_of()
    {
        var network = new TinyClassifier(1);
        Warnings(network, Samples.Clouds(320), optimizer: new Sgd(0.3f), epochs: 30);

        Assert.Empty(Warnings(network, Samples.Clouds(320), optimizer: new Sgd(0.3f), epochs: 30));
        Assert.Empty(Warnings(network, Samples.Clouds(320), optimizer: new Adam(0.01f), epochs: 30));
        Assert.Empty(Warnings(network, Samples.Clouds(64), optimizer: new Adam(0.01f), batchSize: 8, epochs: 30));
    }

    [Theory]
    [InlineData(0.001f)]
    [InlineData(0.1f)]
    [InlineData(1f)]
    public void A_rate_at_which_it_falls_is_not_told(float rate)
    {
        Assert.Empty(Told(Noisy(160), optimizer: new Sgd(rate), batchSize: 16));
        Assert.Empty(Told(Samples.Clouds(160), optimizer: new Sgd(rate), batchSize: 16));
    }

    [Fact]
    public void A_regression_that_is_thrown_from_side_to_side_is_told_and_one_that_is_not_is_not()
    {
        // The loss of one input x² = 1 has the curvature 2: a step of 1 throws the weight as far to the other side.
        Assert.Contains("goes up and down", Assert.Single(Regression(rate: 1.01f)), StringComparison.Ordinal);
        Assert.Empty(Regression(rate: 0.9f));
        Assert.Empty(Regression(rate: 0.1f));
    }

    [Fact]
    public void Noise_that_nothing_can_be_learned_from_is_not_an_oscillation()
    {
        var random = new RandomStream(5, 0);
        var data = new DataSet(2, 1, [.. Enumerable.Range(0, 640).Select(_ => (float)random.NextNormal())], [.. Enumerable.Range(0, 320).Select(index => (float)(index * 7 % 3))]);

        Assert.Empty(Told(data, optimizer: new Sgd(0.05f), batchSize: 8));
        Assert.Empty(Told(data, optimizer: new Adam(0.01f), batchSize: 16, epochs: 30));
    }

    [Fact]
    public void Each_warning_can_be_silenced_and_is_given_once()
    {
        var data = Only(Pixels(255), 0, 1);
        var writer = new StringWriter();
        string[] Given(params TrainingWarning[] silenced) => Warnings(new IndexTargets(seed: 1), data, new TrainerOptions { SilencedWarnings = silenced }, optimizer: new Sgd(1e5f), batchSize: 8);
        Assert.Equal(3, Given().Length);
        Assert.Equal(2, Given(TrainingWarning.InputScale).Length);
        Assert.Single(Given(TrainingWarning.InputScale, TrainingWarning.OscillatingLoss));
        Assert.Empty(Given(TrainingWarning.InputScale, TrainingWarning.OscillatingLoss, TrainingWarning.MissingClasses));

        var trainer = new Trainer<IndexTargets>(new IndexTargets(seed: 1), new Sgd(1e-6f), new TrainerOptions { Warnings = writer });
        trainer.Fit(data, 1);
        trainer.Fit(data, 1);
        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("(SilencedWarnings = [TrainingWarning.MissingClasses] silences this.)", lines[0].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("(SilencedWarnings = [TrainingWarning.InputScale] silences this.)", lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0), new TrainerOptions { SilencedWarnings = null! }));
    }

    [Fact]
    public void A_warning_changes_nothing_in_the_training()
    {
        float[] Trained(params TrainingWarning[] silenced)
        {
            var trainer = new Trainer<IndexTargets>(new IndexTargets(seed: 1), new Sgd(200), new TrainerOptions { Warnings = TextWriter.Null, SilencedWarnings = silenced });
            trainer.Fit(Noisy(160), 3);
            return trainer.Network.Weights.Values.ToArray();
        }

        Assert.Equal(Trained(Enum.GetValues<TrainingWarning>()), Trained());
    }

    /// <summary>What is told but for classes that are missing, of a network for ten.</summary>
    private static string[] Told(DataSource data, TrainerOptions? options = null, Optimizer? optimizer = null, int batchSize = 16, int epochs = 3, bool scale = false)
    {
        var network = new IndexTargets(seed: 1);
        if (scale)
            network.SetScaling(inputs: Scaler.MinMax(((DataSet)data).Inputs, length: 1));
        return Warnings(network, data, new TrainerOptions { Transform = options?.Transform, SilencedWarnings = [TrainingWarning.MissingClasses] }, optimizer: optimizer, batchSize: batchSize, epochs: epochs);
    }

    private static string[] Warnings<TNetwork>(
        TNetwork network, DataSource data, TrainerOptions? options = null, DataSource? validation = null, Optimizer? optimizer = null, int batchSize = 16, int epochs = 3)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var calls = new RecordingCallback { Everything = true };
        options = new TrainerOptions
        {
            BatchSize = batchSize,
            Callbacks = [calls],
            Transform = options?.Transform,
            SilencedWarnings = [TrainingWarning.MissingInstructions, .. options?.SilencedWarnings ?? []],
            Warnings = TextWriter.Null,
        };
        new Trainer<TNetwork>(network, optimizer ?? new Sgd(0.0001f), options).Fit(data, epochs, validation);
        const string prefix = "warning: ";
        return [.. calls.Calls.Where(call => call.StartsWith(prefix, StringComparison.Ordinal)).Select(call => call[prefix.Length..])];
    }

    private static string[] Regression(float rate)
    {
        var calls = new RecordingCallback { Everything = true };
        var data = new DataSet(2, 1, [.. Enumerable.Range(0, 64).SelectMany(_ => (float[])[1, 0])], [.. Enumerable.Repeat(1f, 64)]);
        var options = new TrainerOptions { BatchSize = 8, Callbacks = [calls], Warnings = TextWriter.Null, SilencedWarnings = [TrainingWarning.MissingInstructions] };
        var optimizer = new Sgd(rate);
        new Trainer<TinyRegressor>(new TinyRegressor(1), optimizer, options).Fit(data, 3);
        return [.. calls.Calls.Where(call => call.StartsWith("warning", StringComparison.Ordinal))];
    }

    /// <summary>Numbers from 0 to a largest one.</summary>
    private static DataSet Pixels(float largest) =>
        new(2, 1, [.. Enumerable.Range(0, 120).Select(index => largest * (index * 37 % 101) / 100)], Classes(60));

    private static float[] Classes(int count) => [.. Enumerable.Range(0, count).Select(index => (float)(index % 3))];

    /// <summary>Clouds that overlap, so that no weights are right for all.</summary>
    private static DataSet Noisy(int count)
    {
        var random = new RandomStream(3, 0);
        var clouds = Samples.Clouds(count);
        return new DataSet(2, 1, [.. clouds.Inputs.ToArray().Select(value => value + (2 * (float)random.NextNormal()))], clouds.Targets.ToArray());
    }

    private static DataSet Only(DataSet data, params float[] classes)
    {
        var samples = Enumerable.Range(0, data.Count).Where(sample => classes.Contains(data.Targets[sample])).ToArray();
        return (DataSet)data.Subset(samples);
    }

    private sealed class Divide : IBatchTransform
    {
        public void Prepare(int batchSize, int inputLength, int targetLength)
        {
        }

        public void Apply(Span<float> inputs, Span<float> targets, Span<float> sampleWeights, int count, ulong firstSample)
        {
            foreach (ref var input in inputs)
                input /= 255;
        }
    }
}
