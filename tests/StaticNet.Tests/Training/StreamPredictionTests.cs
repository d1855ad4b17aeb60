using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Training;

/// <summary>Streams and sources are evaluated and predicted as the same samples in memory.</summary>
public class StreamPredictionTests
{
    [Fact]
    public void An_evaluation_of_a_stream_is_that_of_its_samples()
    {
        var data = Samples.Clouds(50);
        var network = new IndexTargets(seed: 1);
        network.SetScaling(inputs: Scaler.Standard(data.Inputs, 2));
        var trainer = Trainer.For(network, new Adam(), new TrainerOptions { Metrics = [new Accuracy(), new F1()], Warnings = TextWriter.Null });

        var (ofData, ofStream) = (trainer.Evaluate(data), trainer.Evaluate(new ListStream(data)));

        Assert.Equal(ofData.Loss, ofStream.Loss);
        Assert.Equal(ofData.Metrics.AsEnumerable(), ofStream.Metrics.AsEnumerable());
        Assert.Equal(trainer.ConfusionMatrix(data).ToString(), trainer.ConfusionMatrix(new ListStream(data)).ToString());
    }

    [Fact]
    public void Targets_of_a_stream_are_scaled_and_undone()
    {
        var data = Samples.Plane(40);
        var network = new FiniteTargets(seed: 1);
        network.SetScaling(Scaler.Standard(data.Inputs, 2), Scaler.Standard(data.Targets, 1));
        var trainer = Trainer.For(network, new Adam());

        Assert.Equal(trainer.Evaluate(data)["mean_absolute_error"], trainer.Evaluate(new ListStream(data))["mean_absolute_error"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Predictions_of_sources_and_streams_are_those_of_their_samples(int batchSize)
    {
        var data = Samples.Clouds(150);
        var network = new IndexTargets(seed: 1);
        network.SetScaling(inputs: Scaler.Standard(data.Inputs, 2));
        var expected = new float[150 * 10];
        network.Predict(data.Inputs, expected);

        var outputs = network.Predict((DataSource)data);
        var (streamed, next) = (new float[expected.Length], 0);
        network.Predict(
            new ListStream(data),
            (number, input, target, output) =>
            {
                Assert.Equal(next++, number);
                Assert.Equal(data.Input(number).ToArray(), input.ToArray());
                Assert.Equal(data.Target(number)[0], target[0]);
                output.CopyTo(streamed.AsSpan(number * 10));
            },
            batchSize);

        Assert.Equal(150, next);
        for (var index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], outputs[index], 1e-6f);
            Assert.Equal(expected[index], streamed[index], 1e-6f);
        }
    }

    [Fact]
    public void Samples_of_other_lengths_are_refused()
    {
        var wide = new DataSet(3, 1, [1, 2, 3], [0]);

        Assert.Contains("IndexTargets takes 2 inputs per sample; these have 3.", Assert.Throws<ArgumentException>(() => new IndexTargets().Predict(wide)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new IndexTargets().Predict(new ListStream(wide), (_, _, _, _) => { }));
        Assert.Throws<ArgumentException>(() => Trainer.For(new IndexTargets(), new Adam()).Evaluate(new ListStream(wide)));
        Assert.Empty(new IndexTargets().Predict(new DataSet(2, 0, [], [])));
    }
}
