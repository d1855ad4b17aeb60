using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>Large strides and windows, whose remainders and borders are loops, against the double-precision reference.</summary>
public class LongWindowTests
{
    private static readonly string[] Layers =
    [
        "[Input(8, 40)][ConvTranspose1D(8, Kernel = 256, Stride = 128)]",
        "[Input(8, 5, 6)][ConvTranspose2D(9, Kernel = 16, Stride = 8, Padding = 3, OutputPadding = 2)]",
        "[Input(20, 4, 5)][ConvTranspose2D(17, Kernel = 6, Stride = 3, Padding = 1)][Conv2D(5, Kernel = 9, Stride = 5)]",
        "[Input(1, 600)][Conv1D(8, Padding = 1)][Conv1D(16, Kernel = 128, Stride = 64)]",
        "[Input(1, 3, 3)][ConvTranspose2D(1, Kernel = 3, Stride = 30)]",
        "[Input(3, 17)][ConvTranspose1D(5, Kernel = 11, Stride = 7, Dilation = 3, Padding = 2)]",
        "[Input(3, 17)][ConvTranspose1D(5, Kernel = 4, Stride = 12, Dilation = 8)]",
        "[Input(6, 9)][ConvTranspose1D(10, Kernel = 13, Stride = 6, Dilation = 4, Groups = 2)]",
        "[Input(2, 20, 20)][DepthwiseConv2D(Kernel = 18, Padding = 17)]",
        "[Input(20, 2, 90)][DepthwiseConv2D(KernelWidth = 70, KernelHeight = 2, PaddingLeft = 60, PaddingRight = 13, StrideWidth = 5, DilationWidth = 2)]",
        "[Input(4, 200)][Conv1D(5, Kernel = 128, Padding = 100, Stride = 3)][Conv1D(5, Kernel = 40, Padding = 70, Dilation = 2)]",
        "[Input(6, 50)][Conv1D(18, Kernel = 49, Padding = 24, Groups = 2)][Conv1D(20, Kernel = 49, Padding = 24)]",
        "[Input(3, 9, 60)][Conv2D(18, KernelHeight = 3, KernelWidth = 90, PaddingLeft = 44, PaddingRight = 40, StrideWidth = 6)]",
    ];

    [Theory]
    [InlineData(0, 0, 13)]
    [InlineData(128, 2, 4)]
    [InlineData(512, 5, 4)]
    public void Agree_with_the_reference(int vectorBits, int first, int count)
    {
        var sources = Layers.Skip(first).Take(count).Select((layers, index) =>
            FormattableString.Invariant($"using StaticNet; [Network]{layers}[MeanSquaredErrorLoss][Training(BatchSize = 3)] public sealed partial class Long{index};"));
        var types = CompiledNetworks.Load(CompiledNetworks.Compile(sources, vectorBits));

        Assert.Equal(count, types.Count);
        Assert.All(types, type => NetworkComparison.Compare(type, seed: 1).ThrowIfDifferent());
    }
}
