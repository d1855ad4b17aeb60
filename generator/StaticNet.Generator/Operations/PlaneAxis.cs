using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>One axis of a sum over planes: result q takes the elements q − before + tap·dilation.</summary>
/// <param name="Input">The elements of the input, without the frame.</param>
/// <param name="Output">The results.</param>
/// <param name="Taps">The taps of a result.</param>
/// <param name="Dilation">The elements from tap to tap.</param>
/// <param name="Before">The zeros that the first result meets.</param>
internal readonly record struct PlaneAxis(int Input, int Output, int Taps, int Dilation, int Before)
{
    /// <summary>The rows that a tile takes together, so that one broadcast of a weight serves them all.</summary>
    public const int RowsOfTile = 2;

    /// <summary>The axis of a convolution.</summary>
    public static PlaneAxis Forward(WindowedAxis window) => new(window.Input, window.Output, window.Kernel, window.Dilation, window.Before);

    /// <summary>The axis of the gradient of its input, whose taps are in reverse.</summary>
    public static PlaneAxis Gradient(WindowedAxis window) =>
        new(window.Output, window.Input, window.Kernel, window.Dilation, ((window.Kernel - 1) * window.Dilation) - window.Before);

    /// <summary>Whether every tap of every result exists.</summary>
    public bool IsInside => Before == 0 && Output + ((Taps - 1) * Dilation) <= Input;

    /// <summary>The rows of zeros above and below: taps outside are left out, but for those that another row of the tile has.</summary>
    public int Border => IsInside ? 0 : RowsOfTile - 1;

    /// <summary>The frame of planes that are read.</summary>
    public static TensorType FrameOf(int channels, IReadOnlyList<PlaneAxis> axes)
    {
        // Whole vectors of results read as many elements, from each tap on.
        var columns = axes[axes.Count - 1];
        var width = Lanes.Pad(columns.Output) + ((columns.Taps - 1) * columns.Dilation);
        return TensorType.Of([channels, .. axes.Take(axes.Count - 1).Select(rows => rows.Input + (2 * rows.Border)), width]);
    }

    /// <summary>Where the planes are in their frame.</summary>
    public static int[] PlaceOf(IReadOnlyList<PlaneAxis> axes) => [.. axes.Take(axes.Count - 1).Select(rows => rows.Border), axes[axes.Count - 1].Before];
}
