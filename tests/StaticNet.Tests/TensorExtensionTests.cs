using System.Numerics.Tensors;
using StaticNet.Networks;

namespace StaticNet.Tests;

public class TensorExtensionTests
{
    private static readonly float[] Input = [.. Enumerable.Range(0, 2 * MlpTanh8x16x16x4.InputLength).Select(i => i / 10f)];

    [Fact]
    public void A_tensor_gives_what_a_span_gives()
    {
        var network = new MlpTanh8x16x16x4(seed: 1);
        var expected = new float[MlpTanh8x16x16x4.OutputLength];
        network.Forward(Input.AsSpan(0, 8), expected);

        var actual = new float[4];
        network.ForwardTensor(new ReadOnlyTensorSpan<float>(Input.AsSpan(0, 8), [2, 4]), new TensorSpan<float>(actual, [4, 1]));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_first_axis_of_a_batch_counts_the_samples()
    {
        var network = new MlpTanh8x16x16x4(seed: 1);
        var expected = new float[2 * MlpTanh8x16x16x4.OutputLength];
        network.ForwardBatch(Input, expected, 2);

        var actual = new float[8];
        network.ForwardTensors(new ReadOnlyTensorSpan<float>(Input, [2, 8]), new TensorSpan<float>(actual, [2, 4]));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_tensor_with_gaps_is_refused()
    {
        var network = new MlpTanh8x16x16x4();

        var error = Assert.Throws<ArgumentException>(() =>
            network.ForwardTensor(new ReadOnlyTensorSpan<float>(new float[32], [8], [2]), new TensorSpan<float>(new float[4])));

        Assert.Contains("dense", error.Message, StringComparison.Ordinal);
    }
}
