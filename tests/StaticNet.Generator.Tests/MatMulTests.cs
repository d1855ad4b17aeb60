using System.Globalization;
using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>Products of two layers, and zeros along any axis.</summary>
public class MatMulTests
{
    private static readonly string[] Networks =
    [
        "[Input(4, 6)][Dense(5, Name = \"a\")][Dense(5, From = \"input\", Name = \"b\")][MatMul(\"a\", \"b\", TransposeSecond = true)]",
        "[Input(4, 6)][Dense(5, Name = \"a\")][Dense(4, From = \"input\")][MatMul(\"a\")]",
        "[Input(2, 4, 6)][Dense(17, Name = \"a\")][Dense(4, From = \"input\", Name = \"b\")][MatMul(\"b\", \"a\")][Flatten]",
        "[Input(3, 4, 6)][Dense(17, Name = \"a\")][Dense(17, From = \"input\", Name = \"b\")][MatMul(\"b\", \"a\", TransposeSecond = true)][Flatten]",
        "[Input(3, 4, 6, Layout = Layout.ChannelsLast)][Conv2D(20, Kernel = 1, Name = \"a\")][Conv2D(20, Kernel = 1, From = \"input\", Name = \"b\")][MatMul(\"a\", \"b\", TransposeSecond = true)][Conv2D(2)][Flatten]",
        "[Input(5, 7)][Dense(6, Name = \"a\")][MatMul(\"a\", \"a\", TransposeSecond = true)][Activation(Activation.Softmax)][MatMul(\"a\")]",
        "[Input(3, 5, 4)][Conv2D(20)][Pad(0, 2, 5)][Pad(-1, 0, 3)][Conv2D(4, Kernel = 2)][Flatten]",
        "[Input(6)][Dense(7)][Pad(0, 1, 2)]",
    ];

    [Fact]
    public void Outputs_and_gradients_are_those_of_the_reference()
    {
        var types = CompiledNetworks.Load(CompiledNetworks.Compile(Networks.Select((layers, index) =>
            $"using StaticNet; [Network]{layers}[Dense(3)][MeanSquaredErrorLoss][Training(BatchSize = 5)] public sealed partial class Net{index};")));

        Assert.Equal(Networks.Length, types.Count);
        Assert.All(types, type =>
        {
            var report = NetworkComparison.Compare(type, seed: 5);
            Assert.True(report.Passed, string.Create(CultureInfo.InvariantCulture, $"{type.Name}: {report}"));
        });
    }
}
