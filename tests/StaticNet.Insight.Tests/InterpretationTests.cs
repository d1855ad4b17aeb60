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
