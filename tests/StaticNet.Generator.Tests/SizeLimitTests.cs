using System.Globalization;

namespace StaticNet.Generator.Tests;

/// <summary>The limits count floats as they stand in memory, and what is within them can be generated.</summary>
public class SizeLimitTests
{
    private const string Loss = "[MeanSquaredErrorLoss]";

    /// <summary>A network on either side of a limit: its source, where {0} stands for the size, the largest size, and what the next one counts.</summary>
    public static TheoryData<string, int, long, string> Limits => new()
    {
        // 16,384 × 16,384 weights are the limit itself.
        { "[Input(16384)][Dense({0}, Bias = false)]", 16_384, 16_384L * 16_400, "parameters" },
        // The weights of 16,384 filters of one channel each stand between the zeros of all other channels.
        { "[Input({0}, 1, 1)][Conv2D({0}, Kernel = 1, Groups = {0}, Bias = false)]", 16_384, 16_385L * 16_400, "parameters" },
        { "[Input(4, 8, 8)][Conv2D({0}, Kernel = 8, Bias = false)]", 1 << 20, ((1 << 20) + 16) * 256L, "parameters" },
        // One channel stands as a plane; the image stands in a frame of zeros, whose rows are padded to 272.
        { $"[Input(1, 4096, 256)][Conv2D(1, Padding = 1)]{Loss}[Training(BatchSize = {{0}})]", 124, 125 * ((4096L * 256) + (4098 * 272)), "activations" },
        // Twelve channels of each pixel are sixteen floats; the loss reads them as planes.
        { $"[Input(1, 4096, 256)][Conv2D(12, Padding = 1)]{Loss}[Training(BatchSize = {{0}})]", 8, 9 * ((4096L * 256 * (16 + 12)) + (4098 * 272)), "activations" },
        // Without pixels rows are features.
        { $"[Input(4096, 256)][Dense(256)]{Loss}[Training(BatchSize = {{0}})]", 256, 257 * 4096L * 256, "activations" },
        // A training step copies a weight with its inputs padded instead of its outputs: sixteen floats for each of one.
        { $"[Input(8)][Dense(1)][Dense({{0}}, Bias = false)]{Loss}[Training(BatchSize = 1)]", (1 << 24) - 1, (16L << 24) + 16, "parameters" },
        // All steps of a sequence are kept for the backward pass.
        { $"[Input(1, Steps = 32768)][Dense(512)]{Loss}[Training(BatchSize = {{0}})]", 16, 17L * 512 * 32768, "activations" },
        // A stream keeps the steps of all its delays side by side.
        { "[Input(4096, Steps = 2)][Delay(40000)][Delay({0})]", 25_536, 65_537L * 4096, "numbers kept from step to step" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void The_largest_network_within_a_limit_is_generated_and_the_next_one_is_refused(string layers, int largest, long beyond, string what)
    {
        var within = Run(layers, largest);
        var refused = Run(layers, largest + 1);

        Assert.Empty(within.Diagnostics);
        Assert.NotEmpty(within.Files);
        var diagnostic = Assert.Single(refused.Diagnostics);
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        Assert.Empty(refused.Files);
        Assert.Equal($"Net has {beyond} {what}{(what == "activations" ? " of a batch" : "")} with padding; code is generated for at most {Vocabulary.Limits.MostFloats}", message);
    }

    [Theory]
    [InlineData("[Input(4096, 3, 3)][Conv2D(65536, Padding = 1)]")]
    [InlineData("[Input(65536)][Dense(65536)]")]
    [InlineData("[Input(65536, 3)][Conv1D(65536, Kernel = 3)]")]
    public void More_weights_than_a_number_of_32_bits_counts_are_refused_as_others(string layers)
    {
        var run = GeneratorHarness.Run($"using StaticNet; [Network]{layers} partial class Net;");

        Assert.Equal("SN0020", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", Storage = WeightStorage.BFloat16")]
    public void A_twin_leaves_the_size_of_its_network_to_the_network(string storage)
    {
        var run = GeneratorHarness.Run($"""
            using StaticNet;
            [Network][Input(65536)][Dense(65536)] partial class Net;
            [InferenceOf(typeof(Net){storage})] partial class Twin;
            """);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SN0020", diagnostic.Id);
        Assert.Equal("Network", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
        Assert.Empty(run.Files);
    }

    [Fact]
    public void A_sample_near_the_limit_goes_through_inference_alone()
    {
        // 2²⁸ floats a sample: eight of them side by side would have no offset any more.
        var run = Run("[Input(1, 4096, {0})][DepthwiseConv2D(Kernel = 1)][DepthwiseConv2D(Kernel = 1)]", 2048);

        Assert.Empty(run.Diagnostics);
        Assert.Contains("ChunkLength = 1;", run.Files["Net.Layout.g.cs"], StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string layers, int size) =>
        GeneratorHarness.Run($"using StaticNet; [Network]{string.Format(CultureInfo.InvariantCulture, layers, size)} partial class Net;");
}
