using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Insight.Tests;

public class InterpretationTests
{
    private static readonly TrainerOptions Quiet = new() { Warnings = TextWriter.Null };

    [Fact]
    public void AnInputThatTheTargetDependsOnIsImportant()
    {
        var random = new RandomStream(3);
        var inputs = Enumerable.Range(0, 1800).Select(_ => (float)random.NextNormal()).ToArray();
        var data = new DataSet(3, 1, inputs, [.. Enumerable.Range(0, 600).Select(sample => (2 * inputs[(3 * sample) + 1]) + (0.5f * inputs[3 * sample]))]);
        var trainer = Trainer.For(new SmallRegressor(1), new Adam(0.01f), Quiet);
        trainer.Fit(data, epochs: 30);
        var importance = trainer.PermutationImportance(data);
        Assert.Equal([1, 0, 2], importance.Select(item => item.Feature));
        // Exchanging an independent input of weight w doubles its share of the variance: the error rises by 2 w².
        Assert.InRange(importance[0].Increase, 7, 9);
        Assert.InRange(importance[1].Increase, 0.4, 0.6);
        Assert.InRange(importance[2].Increase, -0.02, 0.02);
    }

    [Fact]
    public void SamplesWithoutWeightDoNotMakeAnInputImportant()
    {
        // For every other sample, which does not count, the target is the other input.
        var random = new RandomStream(3);
        var inputs = Enumerable.Range(0, 1800).Select(_ => (float)random.NextNormal()).ToArray();
        var data = new DataSet(
            3,
            1,
            inputs,
            [.. Enumerable.Range(0, 600).Select(sample => sample % 2 == 0 ? inputs[3 * sample] : 20 * inputs[(3 * sample) + 1])],
            [.. Enumerable.Range(0, 600).Select(sample => sample % 2 == 0 ? 1f : 0)]);
        var trainer = Trainer.For(new SmallRegressor(1), new Adam(0.01f), Quiet);
        trainer.Fit(data, epochs: 30);
        var importance = trainer.PermutationImportance(data);
        // Half of the samples count, and each doubles the variance of its target.
        Assert.Equal(0, importance[0].Feature);
        Assert.InRange(importance[0].Increase, 0.8, 1.2);
        Assert.InRange(importance[1].Increase, -0.05, 0.05);
    }

    [Fact]
    public void LengthsOfSequencesCountForImportance()
    {
        var random = new RandomStream(3);
        var inputs = Enumerable.Range(0, 100).Select(sample => Enumerable.Range(0, 1 + (sample % 4)).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        var data = DataSet.FromSequences(4, 1, 1, inputs, [.. inputs.Select(sequence => (float[])[sequence[0]])], hasTargetPerStep: false);
        var trainer = Trainer.For(new LastStepRegressor(1), new Adam(0.01f), Quiet);
        var all = trainer.Evaluate(data).Loss;
        var importance = trainer.PermutationImportance(data, repeats: 1, seed: 2);
        var stream = new RandomStream(2, 1);
        var order = Enumerable.Range(0, 100).ToArray();
        stream.Shuffle<int>(order);
        var exchanged = inputs.Select((sequence, sample) => (float[])[inputs[order[sample]][0], .. sequence[1..]]).ToArray();
        var expected = trainer.Evaluate(DataSet.FromSequences(4, 1, 1, exchanged, [.. inputs.Select(sequence => (float[])[sequence[0]])], hasTargetPerStep: false)).Loss - all;
        Assert.Equal(expected, importance.Single(item => item.Feature == 0).Increase, 1e-6);
    }

    [Fact]
    public void SaliencyLeavesAllParametersAsTheyAre()
    {
        var network = new CenteredClassifier(1);
        Trainer.For(network, new Adam(), Quiet).Fit(DigitsSamples.Split.Train, epochs: 1);
        var before = network.Weights.Values.ToArray();
        network.Saliency(DigitsSamples.All.Input(5), DigitsSamples.All.Target(5));
        network.IntegratedGradients(DigitsSamples.All.Input(6), DigitsSamples.All.Target(6), steps: 4);
        Assert.Equal(before, network.Weights.Values);
    }

    [Fact]
    public void SaliencyIsTheDerivativeOfTheLoss()
    {
        var network = new SmallRegressor(1);
        float[] input = [0.3f, -0.7f, 1.1f];
        var gradients = network.Saliency(input, [2]);
        for (var index = 0; index < 3; index++)
        {
            var (above, below) = ((float[])input.Clone(), (float[])input.Clone());
            above[index] += 1e-2f;
            below[index] -= 1e-2f;
            Assert.Equal((Loss(above) - Loss(below)) / 2e-2, gradients[index], 1e-2);
        }

        double Loss(float[] values)
        {
            var output = new float[1];
            network.Forward(values, output);
            return Math.Pow(output[0] - 2, 2);
        }
    }

    [Fact]
    public void IntegratedGradientsAddUpToTheDifferenceOfTheLosses()
    {
        var data = DigitsSamples.Split.Train;
        var network = new SmallClassifier(1);
        Trainer.For(network, new Adam(), Quiet).Fit(data, epochs: 3);
        var shares = network.IntegratedGradients(data.Input(5), data.Target(5), steps: 256);
        Assert.Equal(Loss(data.Input(5).ToArray()) - Loss(new float[64]), shares.Sum(share => (double)share), 0.02);

        double Loss(float[] input) => network.EvaluateBatch(new Batch(input, data.Target(5), 1), new float[10]);
    }

    [Fact]
    public void ANetworkWhoseStatisticsWouldChangeIsRefused() =>
        Assert.Contains("batchNorm1 of NormRegressor", Assert.Throws<InvalidOperationException>(() => new NormRegressor(1).Saliency([1, 2, 3], [0])).Message, StringComparison.Ordinal);

    [Fact]
    public void AnInputOfAnotherLengthIsRefused() => Assert.Throws<ArgumentException>(() => new SmallRegressor(1).Saliency([1, 2], [0]));
}
