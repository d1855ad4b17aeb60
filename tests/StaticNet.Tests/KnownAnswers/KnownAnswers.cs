using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.KnownAnswers;

/// <summary>
/// Figures that texts print, held against any network under test: the reference in double precision, or generated code.
/// </summary>
public static class KnownAnswers
{
    /// <summary>A gradient step on some parameters, without momentum.</summary>
    /// <returns>The loss before the step.</returns>
    public static double Update(
        ITrainableUnderTest network,
        Dictionary<string, double[]> parameters,
        ReferenceBatch batch,
        double rate,
        params string[] learned)
    {
        network.SetParameters(parameters);
        var (loss, gradients) = network.Train(batch);
        foreach (var name in learned)
        {
            for (var index = 0; index < parameters[name].Length; index++)
                parameters[name][index] -= rate * gradients[name][index];
        }

        network.SetParameters(parameters);
        return loss;
    }

    /// <summary>The 2-2-2 example: its error, one update, and many. Biases are held.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tolerance">The largest error of a printed figure, 5e-10 of double precision.</param>
    /// <param name="lateTolerance">The same after 10,000 updates, as a share of the figure.</param>
    public static void WorkedExample(ITrainableUnderTest network, double tolerance, double lateTolerance)
    {
        var parameters = new Dictionary<string, double[]>
        {
            ["hidden.weight"] = [0.15, 0.20, 0.25, 0.30],
            ["hidden.bias"] = [0.35, 0.35],
            ["output.weight"] = [0.40, 0.45, 0.50, 0.55],
            ["output.bias"] = [0.60, 0.60],
        };
        var batch = new ReferenceBatch([[0.05, 0.10]], [[0.01, 0.99]]);
        network.SetParameters(parameters);
        AssertNear([0.751365070, 0.772928465], network.Forward(batch.Inputs[0]), tolerance);
        AssertNear([0.298371109], [network.Evaluate(batch)], tolerance);

        var loss = Update(network, parameters, batch, 0.5, "hidden.weight", "output.weight");
        AssertNear([0.298371109], [loss], tolerance);
        AssertNear([0.14978072, 0.19956143, 0.24975114, 0.29950229], parameters["hidden.weight"], 10 * tolerance);
        AssertNear([0.35891648, 0.40866619, 0.51130127, 0.56137012], parameters["output.weight"], 10 * tolerance);
        AssertNear([0.291027774], [network.Evaluate(batch)], tolerance);

        for (var step = 1; step < 9_999; step++)
            Update(network, parameters, batch, 0.5, "hidden.weight", "output.weight");
        AssertNear([0.0000351085], [network.Evaluate(batch)], 0.0000351085 * lateTolerance);
        Update(network, parameters, batch, 0.5, "hidden.weight", "output.weight");
        AssertNear([0.0000351019], [network.Evaluate(batch)], 0.0000351019 * lateTolerance);
    }

    /// <summary>A sigmoid neuron that is to answer 1 with 0, at rate 0.15, for 300 steps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">Weight and bias at the start.</param>
    /// <param name="first">The output at the start, to four places.</param>
    /// <param name="last">The output at the end, to three places.</param>
    public static void SigmoidNeuron(ITrainableUnderTest network, (double Weight, double Bias) start, double first, double last)
    {
        var parameters = new Dictionary<string, double[]> { ["dense1.weight"] = [start.Weight], ["dense1.bias"] = [start.Bias] };
        var batch = new ReferenceBatch([[1]], [[0]]);
        network.SetParameters(parameters);
        AssertNear([first], network.Forward([1]), 0.00005);

        for (var step = 0; step < 300; step++)
            Update(network, parameters, batch, 0.15, "dense1.weight", "dense1.bias");
        AssertNear([last], network.Forward([1]), 0.0005);
    }

    /// <summary>4·1 + 1·3 + (−3)·2 = 1.</summary>
    public static void WeightedSum(INetworkUnderTest network)
    {
        network.SetParameters(new Dictionary<string, double[]> { ["dense1.weight"] = [1, 3, 2], ["dense1.bias"] = [0] });

        Assert.Equal([1], network.Forward([4, 1, -3]));
    }

    /// <summary>The same sum does not reach the threshold 3, and does the threshold 0.</summary>
    public static void Perceptron(INetworkUnderTest network)
    {
        network.SetParameters(new Dictionary<string, double[]> { ["dense1.weight"] = [1, 3, 2], ["dense1.bias"] = [-3] });
        Assert.Equal([0], network.Forward([4, 1, -3]));

        network.SetParameters(new Dictionary<string, double[]> { ["dense1.weight"] = [1, 3, 2], ["dense1.bias"] = [0] });
        Assert.Equal([1], network.Forward([4, 1, -3]));
    }

    /// <summary>The truth table of NAND.</summary>
    public static void Nand(INetworkUnderTest network)
    {
        network.SetParameters(new Dictionary<string, double[]> { ["dense1.weight"] = [-2, -2], ["dense1.bias"] = [3] });

        Assert.Equal([1], network.Forward([0, 0]));
        Assert.Equal([1], network.Forward([0, 1]));
        Assert.Equal([1], network.Forward([1, 0]));
        Assert.Equal([0], network.Forward([1, 1]));
    }

    /// <summary>softmax(3, 1, −3), to four places.</summary>
    public static void SoftmaxOfThree(INetworkUnderTest network)
    {
        network.SetParameters(new Dictionary<string, double[]>());

        AssertNear([0.8789, 0.1189, 0.0022], network.Forward([3, 1, -3]), 0.00005);
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
            Assert.InRange(actual[index], expected[index] - tolerance, expected[index] + tolerance);
    }
}
