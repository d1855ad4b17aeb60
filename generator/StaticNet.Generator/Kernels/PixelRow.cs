namespace StaticNet.Generator.Kernels;

/// <summary>How the pixels of a row are covered by tiles: all written out, or those at the sides left to loops.</summary>
/// <param name="IsWritten">Whether all of them are written out.</param>
/// <param name="First">The first pixel that is not left to the loop of the near side.</param>
/// <param name="End">The first pixel after those that are left to the loop of the far side.</param>
/// <param name="Written">The tiles between; where there are sides, counted from the first pixel between them.</param>
/// <param name="HasTaps">Whether any pixel has a tap.</param>
internal sealed record PixelRow(bool IsWritten, int First, int End, IReadOnlyList<PixelRun> Written, bool HasTaps)
{
    /// <summary>Covers a row.</summary>
    /// <param name="axis">The row.</param>
    /// <param name="most">The most pixels of a tile.</param>
    /// <param name="mostSegments">Up to this many segments of tiles are written out.</param>
    public static PixelRow Of(TapAxis axis, int most, int mostSegments)
    {
        // Pixels at the sides have segments of their own, as a rule: more than this need not be tried.
        var (first, end) = axis.Whole;
        if (axis.Count - (end - first) <= mostSegments * most)
        {
            var tiles = PixelTile.Cover(axis, most);
            if (tiles.Sum(run => run.Tile.Segments.Count) <= mostSegments)
                return new PixelRow(true, 0, axis.Count, tiles, tiles.Any(run => run.Tile.Segments.Count > 0));
        }

        return new PixelRow(false, first, end, end > first ? PixelTile.Cover(axis.Part(first, end - first), most) : [], true);
    }
}
