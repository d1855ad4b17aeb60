using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Overfitting one batch, the search for a learning rate, and the causes of losses that are not finite.</summary>
public class TrainerCheckTests
{
    [Fact]
    public void The_loss_falls_on_one_batch_and_everything_is_as_before()
    {
        var (trainer, state) = Trained(new Adam(0.05f));
        var weights = trainer.Network.Weights.Values.ToArray();

        var losses = trainer.OverfitOneBatch(Samples.Clouds(40), steps: 200);

        Assert.Equal(200, losses.Length);
        Assert.True(losses[^1] < 0.3f * losses[0]);
        Assert.False(trainer.Network.TrainedWithDropout);
        AssertAsBefore(trainer, weights, state);
        Assert.True(trainer.Network.DropoutEnabled);
    }

    [Fact]
    public void A_batch_that_cannot_be_fitted_is_told_and_everything_is_as_before()
    {
        var (trainer, state) = Trained(new Adam(0.05f));
        var weights = trainer.Network.Weights.Values.ToArray();
        trainer.Network.DropoutEnabled = false;
        trainer.Network.FailingBatch = 3;

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.OverfitOneBatch(Samples.Clouds(40)));

        Assert.Contains("The loss of the batch became NaN after 3 steps.", error.Message, StringComparison.Ordinal);
        Assert.False(trainer.Network.DropoutEnabled);
        AssertAsBefore(trainer, weights, state);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.OverfitOneBatch(Samples.Clouds(4), 0));
        Assert.Throws<ArgumentException>(() => trainer.OverfitOneBatch(new DataSet(2, 1, [], [])));
    }

    [Fact]
    public void The_learning_rate_is_sought_and_everything_is_as_before()
    {
        var (trainer, state) = Trained(new Sgd(0.05f, momentum: 0.9f));
        var weights = trainer.Network.Weights.Values.ToArray();

        var range = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f)).FindLearningRate(Samples.Clouds(200), 1e-4f, 100, 80);
        var ofTrained = trainer.FindLearningRate(Samples.Clouds(200));

        Assert.Equal(range.Rates.Length, range.Losses.Length);
        Assert.Equal(range.Rates.Length, range.SmoothedLosses.Length);
        Assert.Equal(1e-4f, range.Rates[0]);
        Assert.All(range.Rates.Zip(range.Rates.Skip(1)), pair => Assert.Equal(Math.Pow(1e6, 1 / 79.0), pair.Second / pair.First, 1e-4));
        Assert.Equal(range.Losses[0], range.SmoothedLosses[0], 1e-9);
        Assert.InRange(range.Suggestion!.Value, 0.005f, 50);
        Assert.NotEmpty(ofTrained.Rates);
        AssertAsBefore(trainer, weights, state);
    }

    [Fact]
    public void The_suggestion_is_where_the_smoothed_loss_falls_most_steeply()
    {
        var range = new LearningRateRange.Recorder(0.001f, 1, 31);
        // Flat, then a step down between losses 15 and 20, then flat again.
        for (var index = 0; !range.IsDone; index++)
            Assert.True(range.Add(index < 15 ? 2 : index < 20 ? 2 - (0.3f * (index - 14)) : 0.5f));

        var result = range.Result();

        var slopes = result.SmoothedLosses.Skip(1).Zip(result.SmoothedLosses, (next, last) => next - last).Skip(3).Take(31 - 3 - 5 - 1).ToArray();
        Assert.Equal(result.Rates[Array.IndexOf(slopes, slopes.Min()) + 3], result.Suggestion);
        Assert.Equal(1f, result.Rates[^1], 1e-6f);
    }

    [Fact]
    public void A_search_ends_when_the_loss_runs_away_and_rising_losses_suggest_nothing()
    {
        var range = new LearningRateRange.Recorder(0.001f, 1, 50);
        var steps = 0;
        for (var loss = 1f; range.Add(loss); loss *= 2)
            steps++;

        Assert.True(range.IsDone);
        Assert.True(steps < 50);
        Assert.Null(range.Result().Suggestion);
        Assert.False(new LearningRateRange.Recorder(1, 2, 3).Add(float.NaN));
    }

    [Fact]
    public void The_schedule_does_not_count_in_the_search_and_counts_again_afterwards()
    {
        double[] Losses(Schedule schedule)
        {
            var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f) { Schedule = schedule });
            var range = trainer.FindLearningRate(Samples.Clouds(200), 1e-3f, 1, 40);
            Assert.True(trainer.Optimizer.ScheduleEnabled);
            Assert.Equal(schedule.At(0) * 0.1f, trainer.Optimizer.CurrentLearningRate);
            return [.. range.Losses];
        }

        var plain = Losses(new ConstantSchedule());

        Assert.True(plain.Length > 10);
        Assert.Equal(plain, Losses(new WarmUp(10, new CosineDecay(30))));
        Assert.Equal(plain, Losses(new ConstantSchedule(0)));
    }

    [Fact]
    public void A_search_on_threads_and_an_overfitted_batch_have_the_same_bits()
    {
        (double[] Searched, float[] Overfitted) Run(int threads)
        {
            var trainer = new Trainer<CenterLosses>(CenterLosses.Create(1), new Adam(0.01f), new TrainerOptions { Threads = threads });
            var random = new Random(1);
            var data = new DataSet(7, 1, [.. Enumerable.Range(0, 7 * 50).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 50).Select(index => (float)(index % 4))]);
            return ([.. trainer.FindLearningRate(data, 1e-4f, 1, 20).Losses], trainer.OverfitOneBatch(data, 10));
        }

        var (one, three) = (Run(1), Run(3));

        Assert.Equal(one.Searched, three.Searched);
        Assert.Equal(one.Overfitted, three.Overfitted);
        Assert.Equal(20, one.Searched.Distinct().Count());
    }

    [Fact]
    public void Wrong_figures_of_the_search_are_refused()
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f));

        Assert.Throws<ArgumentException>(() => trainer.FindLearningRate(Samples.Clouds(20), 1, 1));
        Assert.Throws<ArgumentException>(() => trainer.FindLearningRate(Samples.Clouds(20), 0, 1));
        Assert.Throws<ArgumentException>(() => trainer.FindLearningRate(Samples.Clouds(20), 0.1f, float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(Samples.Clouds(20), steps: 1));
        Assert.Equal(0.1f, trainer.Optimizer.LearningRate);
    }

    [Fact]
    public void Callbacks_are_told_of_warnings_when_all_have_begun()
    {
        var (first, second) = (new RecordingCallback { Everything = true }, new RecordingCallback { Everything = true });
        var options = new TrainerOptions { BatchSize = 4, Callbacks = [first, second], Warnings = TextWriter.Null };

        new Trainer<TinyClassifier>(new TinyClassifier(1), new Rprop(), options).Fit(Samples.Clouds(12), 1);

        foreach (var callback in new[] { first, second })
        {
            var warning = callback.Calls.FindIndex(call => call.StartsWith("warning: Rprop needs the gradients of all samples", StringComparison.Ordinal));
            Assert.InRange(warning, 1, callback.Calls.IndexOf("epoch 1") - 1);
        }
    }

    [Fact]
    public void An_input_that_is_not_finite_is_named_by_its_sample()
    {
        var inputs = Samples.Clouds(8).Inputs.ToArray();
        inputs[(5 * 2) + 1] = float.PositiveInfinity;
        var data = new DataSet(2, 1, inputs, Samples.Clouds(8).Targets.ToArray());

        var error = Diverge(new TinyClassifier(1), data);

        Assert.Contains("The input of sample 5 has Infinity at 1 (counted from 0).", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Layer);
    }

    [Fact]
    public void What_a_batch_has_moved_before_it_diverged_is_put_back()
    {
        var network = CenterLosses.Create(1);
        var before = network.Weights.Values.ToArray();
        var data = new DataSet(7, 1, [.. Enumerable.Repeat(3e38f, 7 * 4)], new float[4]);
        foreach (ref var weight in network.Weights.Edit()[..network.Parameters.Length])
            weight = weight == 0 ? 0 : 3e38f;
        var parameters = network.Weights.Values.ToArray();

        var error = Assert.Throws<TrainingDivergedException>(() => new Trainer<CenterLosses>(network, new Sgd(0.1f)).Fit(data, 1));

        Assert.Equal(parameters, network.Weights.Values.ToArray());
        Assert.NotEqual(before, parameters);
        Assert.NotNull(error.Layer);
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_named_with_its_layer()
    {
        var network = new TinyClassifier(1);
        Assert.True(TinyClassifier.ParameterTable.TryGet("dense1.bias", out var bias));
        bias.Pack([0, float.NaN, 0], network.Weights.Edit());

        var error = Diverge(network, Samples.Clouds(8));

        Assert.Contains("The parameters of layer dense1 (dense1.bias) are not finite.", error.Message, StringComparison.Ordinal);
        Assert.Equal("dense1", error.Layer);
    }

    [Fact]
    public void Gradients_that_are_not_finite_are_named_with_the_first_layer()
    {
        // Logits of 10²⁰⁰ are beyond a float: the loss is, and so are the gradients.
        var network = new TinyClassifier(1);
        var error = Diverge(network, new DataSet(2, 1, [3e38f, 3e38f], [0]));

        Assert.Contains("All parameters are finite; layer dense1 is the first whose gradients (dense1.weight) are not.", error.Message, StringComparison.Ordinal);
        Assert.Equal("dense1", error.Layer);
    }

    [Fact]
    public void A_loss_alone_that_is_not_finite_is_told_so()
    {
        var error = Diverge(new TinyClassifier(1) { FailingBatch = 0 }, Samples.Clouds(8));

        Assert.Contains("Batch, parameters, layers and gradients are finite", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Layer);
    }

    [Theory]
    [InlineData(4, 1, 3)]
    [InlineData(4, 2, 2)]
    [InlineData(4, 3, 0)]
    [InlineData(12, 1, 0)]
    public void An_optimizer_for_full_batches_warns_once_of_smaller_steps(int batchSize, int accumulate, int parts)
    {
        var writer = new StringWriter();
        var options = new TrainerOptions { BatchSize = batchSize, AccumulateBatches = accumulate, Warnings = writer };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Rprop(), options);

        trainer.Fit(Samples.Clouds(12), 1);
        trainer.Fit(Samples.Clouds(12), 1);

        Assert.Equal(parts > 0 ? 1 : 0, writer.ToString().Split('\n').Count(line => line.Contains($"Rprop needs the gradients of all samples at each step; here, a step has those of one of {parts} batches.", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_rates_of_groups_rise_in_proportion_and_are_as_before()
    {
        var group = new ParameterGroup("*.bias") { LearningRate = 0.2f };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.1f) { Groups = [group] });

        var range = trainer.FindLearningRate(Samples.Clouds(200), 1e-3f, 1, 40);

        Assert.NotEmpty(range.Rates);
        Assert.Equal((0.1f, 0.2f), (trainer.Optimizer.LearningRate, group.LearningRate));
    }

    private static TrainingDivergedException Diverge(TinyClassifier network, DataSet data) => Assert.Throws<TrainingDivergedException>(
        () => new Trainer<TinyClassifier>(network, new Sgd(0.1f), new TrainerOptions { Shuffle = false }).Fit(data, 1));

    private static (Trainer<TinyClassifier> Trainer, StaticNet.Serialization.StateDict State) Trained(Optimizer optimizer)
    {
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer);
        trainer.Fit(Samples.Clouds(20), 1);
        return (trainer, optimizer.ToStateDict());
    }

    private static void AssertAsBefore(Trainer<TinyClassifier> trainer, float[] weights, StaticNet.Serialization.StateDict state)
    {
        Assert.Equal(weights, trainer.Network.Weights.Values.ToArray());
        Assert.Equal(0.05f, trainer.Optimizer.LearningRate);
        var now = trainer.Optimizer.ToStateDict();
        Assert.Equal(state.Metadata, now.Metadata);
        Assert.All(state, tensor => Assert.Equal(tensor.Values.ToArray(), now[tensor.Name].Values.ToArray()));
    }
}
