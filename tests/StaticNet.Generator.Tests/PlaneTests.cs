using System.Text.RegularExpressions;

namespace StaticNet.Generator.Tests;

/// <summary>Which values stand in planes, with the pixels of a row as lanes.</summary>
public partial class PlaneTests
{
    private const string Planes = "the pixels of a row are lanes";

    [Theory]
    [InlineData("few filters before pooling", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("few filters before a convolution", "[Input(3, 30, 30)][Conv2D(8, Kernel = 3, Activation = Activation.ReLU)][Conv2D(32, Kernel = 3)][Flatten][Dense(10)]")]
    [InlineData("an output of one map", "[Input(16, 24, 24)][Conv2D(1, Kernel = 3, Padding = 1)]")]
    [InlineData("one axis", "[Input(2, 100)][Conv1D(4, Kernel = 5)][MaxPool1D(2)][Flatten][Dense(2)]")]
    public void Few_channels_stand_in_planes(string case_, string layers) => Assert.True(HasPlanes(layers), case_);

    [Theory]
    [InlineData("many filters", "[Input(1, 28, 28)][Conv2D(16, Kernel = 5)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("narrow maps", "[Input(1, 8, 8)][Conv2D(6, Kernel = 5)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("strides", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5, Stride = 2)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("one tap", "[Input(3, 28, 28)][Conv2D(6, Kernel = 1)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("groups", "[Input(2, 28, 28)][Conv2D(6, Kernel = 3, Groups = 2)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("a norm by channel behind it", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5)][BatchNorm][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("pooling that overlaps", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5)][MaxPool2D(3, Stride = 2)][Flatten][Dense(10)]")]
    [InlineData("a slope a channel", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5, Activation = Activation.PReLU)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("an output with its channels last", "[Input(1, 28, 28, Layout = Layout.ChannelsLast)][Conv2D(6, Kernel = 5)]")]
    public void Others_stand_with_their_channels_last(string case_, string layers) => Assert.False(HasPlanes(layers), case_);

    [Fact]
    public void A_row_of_six_maps_takes_its_own_floats_and_no_panel_a_pixel()
    {
        var layout = FilesOf("[Input(1, 28, 28)][Conv2D(6, Kernel = 5, Padding = 2, Activation = Activation.Tanh)][AveragePool2D(2)][Conv2D(16, Kernel = 5)]");

        Assert.Contains("Conv1 = 0; // 5376 floats", layout, StringComparison.Ordinal);
        Assert.Contains("// 1344 floats", layout, StringComparison.Ordinal);
    }

    private static bool HasPlanes(string layers) => LineOfComment().Replace(FilesOf(layers), " ").Contains(Planes, StringComparison.Ordinal);

    private static string FilesOf(string layers)
    {
        var run = GeneratorHarness.Run($"using StaticNet;\n[Network]{layers}[MeanSquaredErrorLoss][Training(BatchSize = 4)] partial class Net;");
        return string.Join("\n", run.Files.Values);
    }

    /// <summary>Where a comment goes on in the next line.</summary>
    [GeneratedRegex(@"\n\s*// ")]
    private static partial Regex LineOfComment();
}
