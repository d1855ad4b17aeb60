namespace StaticNet.Analyzers.Tests;

/// <summary>Networks for which a look at each path, or at each element of each window, would never end.</summary>
public class LargeNetworkTests
{
    [Fact]
    public async Task Layers_that_many_paths_lead_to_are_looked_at_once()
    {
        // Each block doubles the paths: of 60 there are more than anything could count.
        var blocks = Enumerable.Range(1, 60).Select(block => $"[Conv2D(4, Kernel = 3, Padding = 1)]\n[Add(\"block{block - 1}\", Name = \"block{block}\", Activation = Activation.ReLU)]");
        var found = await Advised.Of($"""
            using StaticNet;
            [Network]
            [Input(3, 400, 400)]
            [Conv2D(4, Kernel = 3, Padding = 1, Name = "block0")]
            {string.Join("\n", blocks)}
            [GlobalAveragePool]
            [Dense(10)]
            [SoftmaxCrossEntropyLoss]
            [Training]
            public sealed partial class Net;
            """);

        var finding = Assert.Single(found, diagnostic => diagnostic.Id == "SN1020");
        Assert.Contains("123×123", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_windows_over_long_axes_are_counted_without_a_look_at_each_element()
    {
        var found = await Advised.Of("""
            using StaticNet;
            [Network]
            [Input(1, 1000000)]
            [Conv1D(1, Kernel = 400000, Stride = 300000, Dilation = 2)]
            [GlobalAveragePool]
            [MeanSquaredErrorLoss]
            [Training(BatchSize = 1)]
            public sealed partial class Net;
            """);

        Assert.Contains(found, diagnostic => diagnostic.Id == "SN1015");
    }
}
