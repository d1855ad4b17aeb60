using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Pooling in ceiling mode by windows that are wider than the padded input, by less than a stride. The values of the first test are
/// PyTorch's.
/// </summary>
public class CeilModeTests
{
    [Theory]
    [InlineData("2, 3, 3", "MaxPool2D(4, CeilMode = true)", new float[] { 8, 17 })]
    [InlineData("2, 3, 3", "AveragePool2D(4, CeilMode = true)", new float[] { 4, 13 })]
    [InlineData("2, 3, 3", "AveragePool2D(4, CeilMode = true, CountIncludesPadding = false)", new float[] { 4, 13 })]
    [InlineData("2, 5", "MaxPool1D(7, Stride = 3, CeilMode = true)", new float[] { 4, 9 })]
    [InlineData("2, 5", "AveragePool1D(6, CeilMode = true)", new float[] { 2, 7 })]
    [InlineData("1, 2, 9", "AveragePool2D(4, Stride = 3, CeilMode = true)", new float[] { 6, 9, 11.5f })]
    [InlineData("1, 3", "MaxPool1D(3, Dilation = 2, Stride = 3, CeilMode = true)", new float[] { 2 })]
    [InlineData("1, 2", "AveragePool1D(6, Padding = 1, CeilMode = true)", new float[] { 0.25f })]
    [InlineData("1, 2", "AveragePool1D(6, Padding = 1, CeilMode = true, CountIncludesPadding = false)", new float[] { 0.5f })]
    public void Windows_wider_than_the_input_take_all_of_it(string input, string pool, float[] expected)
    {
        var type = CompiledNetworks.Load(CompiledNetworks.Compile([$"using StaticNet; [Network][Input({input})][{pool}] public partial class Pooled;"])).Single();
        Assert.Equal(expected, Forward(type));
    }

    [Theory]
    [InlineData("MaxPool2D(7, Stride = 4, CeilMode = true)")] // −4 is free
    [InlineData("AveragePool2D(4)")]
    public void Windows_wider_by_a_stride_are_refused(string pool)
    {
        var run = GeneratorHarness.Run($"using StaticNet; [Network][Input(2, 3, 3)][{pool}] public partial class Pooled;");
        Assert.Contains(run.Diagnostics, diagnostic => diagnostic.Id == "SN0004");
    }

    [Fact]
    public void Their_gradients_agree_with_the_reference()
    {
        string[] pools =
        [
            "MaxPool2D(4, CeilMode = true)", "AveragePool2D(4, CeilMode = true)", "AveragePool2D(5, Padding = 1, CeilMode = true, CountIncludesPadding = false)",
            "AveragePool2D(6, Padding = 1, Stride = 5, CeilMode = true)", "MaxPool2D(2, KernelWidth = 5, Stride = 4, DilationHeight = 2, CeilMode = true)",
        ];
        var sources = pools.Select((pool, index) =>
            $"using StaticNet; [Network][Input(3, 3, 3)][Conv2D(20, Padding = 1)][{pool}][Flatten][Dense(2)][MeanSquaredErrorLoss][Training] public partial class Pooled{index};");
        foreach (var type in CompiledNetworks.Load(CompiledNetworks.Compile(sources)))
        {
            var report = NetworkComparison.Compare(type, seed: 3);
            Assert.True(report.Passed, report.ToString());
        }
    }

    private static float[] Forward(Type type) =>
        (float[])typeof(CeilModeTests).GetMethod(nameof(ForwardOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, null)!;

    /// <summary>The output of 0, 1, 2, …</summary>
    private static float[] ForwardOf<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var output = new float[TNetwork.OutputLength];
        TNetwork.Create(0).Forward([.. Enumerable.Range(0, TNetwork.InputLength).Select(index => (float)index)], output);
        return output;
    }
}
