using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// A 3×3 convolution by Winograd's F(4×4, 3×3): tiles of 4×4 outputs are made of 6×6 inputs by 36 products in a transformed
/// space. Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.
/// </summary>
internal sealed class WinogradConvolution : Operation
{
    /// <summary>The outputs of a tile along an axis, its inputs along an axis, and its points in the transformed space.</summary>
    public const int TileOutputs = 4, TileInputs = 6, Points = TileInputs * TileInputs;

    /// <summary>
    /// The tiles that go through the transformed space together: a multiple of the rows of every register tile, and few enough for their
    /// points to stay in L2.
    /// </summary>
    public const int Block = 12;

    /// <summary>
    /// The tiles that there is room for at each point. One more than a block has: points that are a multiple of 4 KiB apart would push one another
    /// out of L1.
    /// </summary>
    public const int Room = 13;

    /// <param name="convolution">The convolution that it computes.</param>
    public WinogradConvolution(WindowSum convolution)
        : base(convolution.Layer, [convolution.Inputs[0], convolution.WinogradWeight.Output], convolution.Output)
    {
        Convolution = convolution;
        var (inputs, outputs) = (Lanes.Pad(convolution.Weight.Inputs), Math.Min(Lanes.Pad(convolution.Weight.Shape[0]), 2 * Lanes.Panel));
        Scratch = new Value(convolution.Layer + ".tiles", TensorType.Of((Points * Room * (inputs + outputs)) + (TileOutputs * TileInputs * Lanes.Panel)), null) { IsShared = true };
    }

    public WindowSum Convolution { get; }

    public override string Verb => "Winograd";

    public override TailUse Tail => TailUse.Rows;

    public override IEnumerable<Parameter> Parameters => Convolution.Bias is null ? [] : [Convolution.Bias];

    /// <summary>The tiles of a sample.</summary>
    public static int TilesOf(IReadOnlyList<WindowedAxis> axes) => axes.Aggregate(1, (product, axis) => product * (((axis.Output - 1) / TileOutputs) + 1));
}

/// <summary>A convolution's weight in the transformed space: for each panel of 16 outputs and each of 36 points a row an input.</summary>
internal sealed class WinogradWeight : Operation
{
    public WinogradWeight(WindowSum convolution)
        : base(convolution.Layer, [], TensorType.Of(Lanes.Panels(convolution.Weight.Shape[0]) * WinogradConvolution.Points * convolution.Weight.Inputs, Lanes.Panel), isShared: true)
    {
        Convolution = convolution;
        Output.Name = convolution.Weight.FullName + ".winograd";
    }

    public WindowSum Convolution { get; }

    public override string Verb => "WinogradWeight";

    public override IEnumerable<Parameter> Parameters => [Convolution.Weight];
}
