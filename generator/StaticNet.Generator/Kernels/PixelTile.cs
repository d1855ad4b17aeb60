namespace StaticNet.Generator.Kernels;

/// <summary>Taps that a range of a tile's pixels has.</summary>
/// <param name="FirstTap">The first tap.</param>
/// <param name="EndTap">The end of the taps.</param>
/// <param name="FirstPixel">The first pixel of the tile that has them.</param>
/// <param name="EndPixel">The end of those pixels.</param>
internal readonly record struct TapSegment(int FirstTap, int EndTap, int FirstPixel, int EndPixel);

/// <summary>Equal tiles that follow each other.</summary>
/// <param name="Tile">Each of them.</param>
/// <param name="First">The first pixel of the first one.</param>
/// <param name="Count">Their number.</param>
internal readonly record struct PixelRun(PixelTile Tile, int First, int Count)
{
    /// <summary>The pixel after the last one.</summary>
    public int End => First + (Count * Tile.Pixels);
}

/// <summary>Some pixels that follow each other in a row, computed together.</summary>
internal sealed class PixelTile : IEquatable<PixelTile>
{
    private PixelTile(int pixels, IReadOnlyList<TapSegment> segments)
    {
        Pixels = pixels;
        Segments = segments;
    }

    /// <summary>A tile whose taps are found when it runs.</summary>
    public static PixelTile OfSide(int pixels) => new(pixels, []) { IsOfSide = true };

    /// <summary>Whether its taps are found when it runs.</summary>
    public bool IsOfSide { get; private init; }

    /// <summary>The number of pixels.</summary>
    public int Pixels { get; }

    /// <summary>Which taps which pixels have; all of them one segment away from the borders.</summary>
    public IReadOnlyList<TapSegment> Segments { get; }

    /// <summary>
    /// Covers a row with tiles of at most the given number of pixels; sizes are equalised (14 = 5 + 5 + 4). Equal tiles that follow each other
    /// are one run: a long row has few, and they are found without a look at each of its pixels.
    /// </summary>
    public static List<PixelRun> Cover(TapAxis axis, int most)
    {
        var count = ((axis.Count - 1) / most) + 1;
        var (small, larger) = (axis.Count / count, axis.Count % count);
        var runs = new List<PixelRun>();
        for (var (tile, first) = (0, 0); tile < count;)
        {
            var isLarger = tile < larger;
            var pixels = isLarger ? small + 1 : small;
            var equal = Math.Max(1, Math.Min((isLarger ? larger : count) - tile, axis.SameFrom(first) / pixels));
            var made = new PixelTile(pixels, SegmentsOf(axis, first, pixels));
            if (runs.Count > 0 && runs[runs.Count - 1] is var last && last.Tile.Equals(made))
                runs[runs.Count - 1] = last with { Count = last.Count + equal };
            else
                runs.Add(new PixelRun(made, first, equal));
            tile += equal;
            first += equal * pixels;
        }

        return runs;
    }

    public bool Equals(PixelTile? other) => other is not null && Pixels == other.Pixels && Segments.SequenceEqual(other.Segments);

    public override bool Equals(object? obj) => Equals(obj as PixelTile);

    public override int GetHashCode() => (Pixels * 31) + Segments.Count;

    private static List<TapSegment> SegmentsOf(TapAxis axis, int first, int pixels)
    {
        var taps = Enumerable.Range(first, pixels).Select(axis.TapsOf).ToArray();
        var bounds = taps.SelectMany(range => new[] { range.Begin, range.End }).Distinct().OrderBy(bound => bound).ToArray();
        var segments = new List<TapSegment>();
        for (var index = 0; index + 1 < bounds.Length; index++)
        {
            var (tap, end) = (bounds[index], bounds[index + 1]);
            var having = Enumerable.Range(0, pixels).Where(pixel => tap >= taps[pixel].Begin && tap < taps[pixel].End).ToArray();
            if (having.Length == 0)
                continue;
            var segment = new TapSegment(tap, end, having[0], having[having.Length - 1] + 1);
            var last = segments.Count > 0 ? segments[segments.Count - 1] : default;
            if (segments.Count > 0 && last.EndTap == tap && last.FirstPixel == segment.FirstPixel && last.EndPixel == segment.EndPixel)
                segments[segments.Count - 1] = last with { EndTap = end };
            else
                segments.Add(segment);
        }

        return segments;
    }
}
