using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using StaticNet.Reference.Comparison;

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
    [InlineData("more than a panel of filters", "[Input(3, 32, 32)][Conv2D(20, Kernel = 5, Padding = 2)][MaxPool2D(2)]")]
    [InlineData("Winograd's algorithm, asked for", "[Input(1, 28, 28)][Conv2D(6, Kernel = 3, Algorithm = ConvolutionAlgorithm.Winograd)][MaxPool2D(2)]")]
    [InlineData("groups", "[Input(2, 28, 28)][Conv2D(6, Kernel = 3, Groups = 2)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("a norm by channel behind it", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5)][BatchNorm][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("pooling that overlaps", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5)][MaxPool2D(3, Stride = 2)][Flatten][Dense(10)]")]
    [InlineData("a slope a channel", "[Input(1, 28, 28)][Conv2D(6, Kernel = 5, Activation = Activation.PReLU)][MaxPool2D(2)][Flatten][Dense(10)]")]
    [InlineData("an output with its channels last", "[Input(1, 28, 28, Layout = Layout.ChannelsLast)][Conv2D(6, Kernel = 5)]")]
    public void Others_stand_with_their_channels_last(string case_, string layers) => Assert.False(HasPlanes(layers), case_);

    /// <summary>Widths around those of vectors, odd sizes, one row, padding, dilation, both sides of a panel of filters.</summary>
    private static readonly string[] Numeric =
    [
        "[Input(1, 13, 28)][Conv2D(6, Kernel = 5, Padding = 2, Activation = Activation.Tanh)][AveragePool2D(2)][Conv2D(16, Kernel = 5)]",
        "[Input(3, 9, 33)][Conv2D(8, Kernel = 3, Padding = 1, Activation = Activation.Sigmoid)][Conv2D(7, Kernel = 3, Activation = Activation.ReLU)][MaxPool2D(2)][Conv2D(20, Kernel = 3, Padding = 1)]",
        "[Input(3, 32, 32)][Conv2D(20, Kernel = 5, Padding = 2)][MaxPool2D(2)]",
        "[Input(2, 6, 32)][Conv2D(16, Kernel = 3, Padding = 1)][MaxPool2D(2)]",
        "[Input(1, 1, 40)][Conv2D(4, Kernel = 5, Padding = 2, Activation = Activation.Tanh)][Conv2D(3, Kernel = 7, Padding = 3)]",
        "[Input(2, 3, 17)][Conv2D(5, Kernel = 3, Padding = 2, Dilation = 2, Activation = Activation.Tanh)][Conv2D(4, Kernel = 2)]",
        "[Input(30, 5, 16)][Conv2D(6, Kernel = 3, Padding = 2, Activation = Activation.Tanh)][MaxPool2D(2)][Conv2D(40, Kernel = 3, Activation = Activation.Tanh)]",
        "[Input(2, 70)][Conv1D(5, Kernel = 7, Padding = 3, Dilation = 2, Activation = Activation.Tanh)][MaxPool1D(2)][Conv1D(4, Kernel = 13, Padding = 6)]",
        "[Input(1, 4, 50)][Conv2D(3, KernelHeight = 2, KernelWidth = 11, Activation = Activation.Tanh)][AveragePool2D(2)]",
        "[Input(8, 16, 16)][Subsampling2D(2, Activation = Activation.Tanh)]",
        "[Input(3, 8, 6)][Subsampling2D(2)]",
        "[Input(2, 7, 21)][MaxPool2D(2)][Conv2D(4, Kernel = 3, Padding = 1, AutoPadding = AutoPadding.SameLower)]",
        "[Input(4, 8, 16)][Conv2D(4, Kernel = 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd)][Conv2D(3, Kernel = 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd)]",
        // Convolutions in groups, whose tiles take a part of the channels.
        "[Input(48, 4, 5)][Conv2D(48, Kernel = 3, Padding = 1, Groups = 4, Activation = Activation.Tanh)][Conv2D(96, Kernel = 3, Groups = 2)]",
        "[Input(64, 3, 3)][Conv2D(64, Kernel = 3, Padding = 1, Groups = 32, Activation = Activation.Tanh)][Conv2D(128, Kernel = 1, Groups = 4)]",
        "[Input(36, 5, 5)][Conv2D(60, Kernel = 3, Stride = 2, Groups = 3, Activation = Activation.Tanh)][ConvTranspose2D(45, Kernel = 3, Groups = 5)]",
        "[Input(24, 9)][Conv1D(72, Kernel = 3, Padding = 1, Groups = 6, Activation = Activation.Tanh)][Conv1D(24, Kernel = 3, Dilation = 2, Groups = 3)]",
    ];

    [Theory]
    [MemberData(nameof(CompiledNetworks.Widths), MemberType = typeof(CompiledNetworks))]
    public void Agree_with_the_reference(int vectorBits)
    {
        // Without the instructions 512 bits take long.
        var networks = vectorBits == 512 && !Vector512.IsHardwareAccelerated ? Numeric.Take(6) : Numeric;
        var sources = networks.Select((layers, index) =>
            $"namespace StaticNet.Drawn; using StaticNet; [Network]{layers}[Flatten][Dense(3)][MeanSquaredErrorLoss][Training(BatchSize = 4)] public sealed partial class Net{index};").ToArray();

        foreach (var type in CompiledNetworks.Load(CompiledNetworks.Compile(sources, vectorBits)))
        {
            var report = NetworkComparison.Compare(type, seed: 1);
            Assert.True(report.Passed, $"{Numeric[int.Parse(type.Name[3..], System.Globalization.CultureInfo.InvariantCulture)]}\n{report}");
        }
    }

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
