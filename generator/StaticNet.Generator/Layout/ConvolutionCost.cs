using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layout;

/// <summary>
/// What the ways to compute a convolution cost: products of one vector of 16 lanes a sample, lanes that stay empty included, with what
/// a way does besides counted as products of the same time. The ways are compared by these numbers alone; the factors are measured
/// (<c>-- convolutions</c> of the benchmarks).
/// </summary>
/// <param name="convolution">The convolution.</param>
internal readonly struct ConvolutionCost(Convolution convolution)
{
    /// <summary>What the transformations of Winograd's algorithm cost, for a tile and panel of 16 channels.</summary>
    private const int Transformation = 150;

    /// <summary>What the frame of planes costs: half as much as the products.</summary>
    private const double Frame = 1.5;

    /// <summary>Winograd's products are of shorter rows, and its tiles go through memory more often.</summary>
    private const double Tiles = 10 / 9d;

    private IReadOnlyList<WindowedAxis> Windows => convolution.Windows;

    private int Inputs => convolution.Weight.Inputs;

    private int Outputs => convolution.Weight.Outputs;

    /// <summary>Outputs as lanes, every tap that meets the input, pixel by pixel.</summary>
    public double Direct => (double)Windows.Aggregate(1L, (product, window) => product * window.Taps) * Inputs * Lanes.Panels(Outputs);

    /// <summary>The pixels of a row as lanes, output by output.</summary>
    public double Planes
    {
        get
        {
            var columns = Windows[Windows.Count - 1];
            return Direct * (Lanes.Panels(columns.Output) * (double)Outputs * Frame) / (columns.Output * (double)Lanes.Panels(Outputs));
        }
    }

    /// <summary>36 products in place of 144 for 16 outputs, whole tiles also at the borders, and the transformations of inputs and outputs.</summary>
    public double Winograd
    {
        get
        {
            var tiles = (double)WinogradConvolution.TilesOf(Windows);
            var products = WinogradConvolution.Points * tiles * Inputs * Lanes.Panels(Outputs);
            return (products + (tiles * Transformation * (Lanes.Panels(Inputs) + Lanes.Panels(Outputs)))) * Tiles;
        }
    }
}
