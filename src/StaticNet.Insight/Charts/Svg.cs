using System.Globalization;
using System.Net;
using System.Text;
using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>Charts as SVG, a few lines each: they are part of the page, scale with it, print well and need no library.</summary>
internal static class Svg
{
    private const int Width = 360;
    private const int Height = 220;
    private const int Left = 52;
    private const int Right = 8;
    private const int Top = 8;
    private const int Bottom = 32;
    private const int NameHeight = 16;
    private const int MostPoints = 400;
    private const int MostTicks = 20;
    private const int MostPixels = 64;

    /// <summary>The share of a value below which a difference is one of rounding only.</summary>
    private const double SmallestSpan = 1e-9;

    // Lines differ in their dashes too, so that they can be told apart without colour.
    private static readonly string[] Dashes = ["", "6 3", "2 3", "8 3 2 3"];
    private static readonly string[] Colors = ["#0b62a4", "#c4510b", "#2e7d32", "#6a3d9a", "#8c564b", "#b8860b"];

    /// <summary>A line of a chart.</summary>
    internal sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

    /// <summary>Lines over a common axis, with their names below them as a list of the page.</summary>
    /// <param name="title">What it shows, for readers who hear it.</param>
    /// <param name="xAxis">What the horizontal axis is.</param>
    /// <param name="series">The lines; what is not finite is left out.</param>
    /// <param name="logarithmic">Whether the vertical axis shows orders of magnitude.</param>
    public static string Lines(string title, string xAxis, IReadOnlyList<Series> series, bool logarithmic = false)
    {
        var shown = Shown(series, logarithmic);
        return shown.Length == 0
            ? "<p>Nothing was measured.</p>"
            : Plot(Begin(title), xAxis, shown, logarithmic).Append("</svg>").Append(Legend([.. shown.Select(line => line.Name)])).ToString();
    }

    /// <summary>An image that stands on its own: lines over a common axis, with their names below them in the image.</summary>
    /// <param name="title">What it shows, for readers who hear it.</param>
    /// <param name="xAxis">What the horizontal axis is.</param>
    /// <param name="series">The lines; what is not finite is left out.</param>
    /// <returns>Null if nothing is finite.</returns>
    public static string? Image(string title, string xAxis, IReadOnlyList<Series> series)
    {
        var shown = Shown(series, logarithmic: false);
        if (shown.Length == 0)
            return null;
        var text = Plot(Begin(title, Height + (shown.Length * NameHeight)), xAxis, shown, logarithmic: false);
        foreach (var (index, (name, _)) in shown.Index())
        {
            var middle = Height + (index * NameHeight) + (NameHeight / 2);
            text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {middle}h30\" {Stroke(index)}/><text x=\"{Left + 36}\" y=\"{middle + 4}\" fill=\"currentColor\">{Text(name)}</text>");
        }

        return text.Append("</svg>").ToString();
    }

    /// <summary>Bars of equal width.</summary>
    public static string Bars(string title, string xAxis, IReadOnlyList<double> heights, double from, double to)
    {
        var (x, y) = ((from, to), (0.0, Math.Max(heights.Max(), 1e-12)));
        var text = Begin(title);
        Axes(text, x, y, xAxis, logarithmic: false);
        var width = (double)(Width - Left - Right) / heights.Count;
        for (var index = 0; index < heights.Count; index++)
        {
            var top = Place(heights[index], y, Height - Bottom, Top);
            text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + (index * width):F1}\" y=\"{top:F1}\" width=\"{Math.Max(1, width - 0.5):F1}\" height=\"{Height - Bottom - top:F1}\" fill=\"{Colors[0]}\"/>");
        }

        return text.Append("</svg>").ToString();
    }

    /// <summary>
    /// A picture of numbers, the least black and the largest white: of three channels in colours, of another number in the grey of their mean. It has
    /// at most 64 × 64 pixels: of a larger one, means.
    /// </summary>
    /// <param name="values">The numbers, channel by channel and row by row.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="title">What it shows, for readers who hear it.</param>
    public static string Picture(ReadOnlySpan<float> values, ImageShape shape, string title)
    {
        var (planes, height, width) = Reduced(values, shape);
        var least = planes.Min(plane => plane.Min());
        var range = planes.Max(plane => plane.Max()) - least;
        var scale = range > 0 ? 255 / range : 0;
        // One path for each colour, of which equal neighbours are one line.
        var paths = new SortedDictionary<int, StringBuilder>();
        for (var row = 0; row < height; row++)
        {
            for (int column = 0, end; column < width; column = end)
            {
                var color = ColorAt(row, column);
                for (end = column + 1; end < width && ColorAt(row, end) == color;)
                    end++;
                if (!paths.TryGetValue(color, out var path))
                    paths.Add(color, path = new StringBuilder());
                path.Append(CultureInfo.InvariantCulture, $"M{column} {row}.5h{end - column}");
            }
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"picture\" role=\"img\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\"><title>{Text(title)}</title>");
        foreach (var (color, path) in paths)
            text.Append(CultureInfo.InvariantCulture, $"<path stroke=\"#{color:x6}\" d=\"{path}\"/>");
        return text.Append("</svg>").ToString();

        int ColorAt(int row, int column)
        {
            var place = (row * width) + column;
            return (Shade(0) << 16) | (Shade(1) << 8) | Shade(2);

            int Shade(int channel) => (int)((planes[planes.Length == 3 ? channel : 0][place] - least) * scale) & 0xF8;
        }
    }

    /// <summary>Text as it stands in a page.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with four digits.</summary>
    public static string Number(double value) => !double.IsFinite(value) ? "–" : value.ToString(Math.Abs(value) is >= 10_000 and < 10_000_000 ? "N0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>Three planes of colours or one of grey, where a pixel is the mean of as many as are too small to be seen.</summary>
    private static (float[][] Planes, int Height, int Width) Reduced(ReadOnlySpan<float> values, ImageShape shape)
    {
        var side = (Math.Max(shape.Height, shape.Width) + MostPixels - 1) / MostPixels;
        var (height, width) = ((shape.Height + side - 1) / side, (shape.Width + side - 1) / side);
        var sums = new float[shape.Channels == 3 ? 3 : 1][];
        var counts = new int[height * width];
        for (var plane = 0; plane < sums.Length; plane++)
            sums[plane] = new float[height * width];
        for (var index = 0; index < values.Length; index++)
        {
            var (channel, row, column) = (index / shape.Pixels, index % shape.Pixels / shape.Width, index % shape.Width);
            var place = (row / side * width) + (column / side);
            sums[channel % sums.Length][place] += values[index];
            counts[place]++;
        }

        foreach (var plane in sums)
        {
            for (var place = 0; place < plane.Length; place++)
                plane[place] /= (float)counts[place] / sums.Length;
        }

        return (sums, height, width);
    }

    private static (string Name, List<(double X, double Y)> Points)[] Shown(IReadOnlyList<Series> series, bool logarithmic) =>
        [.. series.Select(line => (line.Name, Points: Thinned(line, logarithmic))).Where(line => line.Points.Count > 0)];

    private static StringBuilder Plot(StringBuilder text, string xAxis, (string Name, List<(double X, double Y)> Points)[] shown, bool logarithmic)
    {
        var all = shown.SelectMany(line => line.Points).ToArray();
        var x = Range(all.Select(point => point.X));
        var y = Range(all.Select(point => point.Y));
        Axes(text, x, y, xAxis, logarithmic);
        foreach (var (index, (_, points)) in shown.Index())
        {
            var path = string.Join(' ', points.Select(point => Invariant($"{Place(point.X, x, Left, Width - Right):F1},{Place(point.Y, y, Height - Bottom, Top):F1}")));
            text.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" {Stroke(index)} points=\"{path}\"/>");
        }

        return text;
    }

    /// <summary>How the line of a number is drawn, beside its name too.</summary>
    private static string Stroke(int index) => $"stroke=\"{Colors[index % Colors.Length]}\" stroke-width=\"1.6\" stroke-dasharray=\"{Dashes[index % Dashes.Length]}\"";

    private static StringBuilder Begin(string title, int height = Height) => new StringBuilder().Append(
        CultureInfo.InvariantCulture, $"<svg role=\"img\" viewBox=\"0 0 {Width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui,sans-serif\" font-size=\"11\"><title>{Text(title)}</title>");

    private static string Legend(string[] names)
    {
        if (names.Length == 1)
            return "";
        var text = new StringBuilder("<ul class=\"legend\">");
        foreach (var (index, name) in names.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><svg viewBox=\"0 0 30 8\" width=\"30\" height=\"8\" aria-hidden=\"true\"><path d=\"M0 4h30\" {Stroke(index)}/></svg> {Text(name)}</li>");
        }

        return text.Append("</ul>").ToString();
    }

    private static void Axes(StringBuilder text, (double From, double To) x, (double From, double To) y, string xAxis, bool logarithmic)
    {
        // Of several orders of magnitude, whole ones.
        foreach (var tick in Ticks(y, least: logarithmic && y.To - y.From > 1.5 ? 1 : 0))
        {
            var place = Place(tick, y, Height - Bottom, Top);
            text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {place:F1}H{Width - Right}\" stroke=\"#8884\"/><text x=\"{Left - 5}\" y=\"{place + 4:F1}\" text-anchor=\"end\" fill=\"currentColor\">{Number(logarithmic ? Math.Pow(10, tick) : tick)}</text>");
        }

        foreach (var tick in Ticks(x))
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Place(tick, x, Left, Width - Right):F1}\" y=\"{Height - 18}\" text-anchor=\"middle\" fill=\"currentColor\">{Number(tick)}</text>");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - 4}\" text-anchor=\"end\" fill=\"currentColor\">{Text(xAxis)}</text><path d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\" fill=\"none\" stroke=\"currentColor\"/>");
    }

    /// <summary>Round numbers, four or so.</summary>
    private static IEnumerable<double> Ticks((double From, double To) range, double least = 0)
    {
        var rough = Math.Max(least, (range.To - range.From) / 4);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = unit * (rough / unit < 1.5 ? 1 : rough / unit < 3.5 ? 2 : rough / unit < 7.5 ? 5 : 10);
        var first = Math.Ceiling(range.From / step) * step;
        for (var index = 0; index < MostTicks; index++)
        {
            var tick = first + (index * step);
            if (!(tick <= range.To + (step * 1e-6)))
                yield break;
            yield return Math.Abs(tick) < step * 1e-6 ? 0 : tick;
        }
    }

    /// <summary>From the least value to the most, with a margin where they hardly differ: ticks must be told apart.</summary>
    private static (double From, double To) Range(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var (least, most) = (all.Min(), all.Max());
        var size = Math.Max(Math.Abs(least), Math.Abs(most));
        var margin = most - least > SmallestSpan * size ? 0 : Math.Max(0.5, size * 0.1);
        return (least - margin, most + margin);
    }

    private static double Place(double value, (double From, double To) range, double begin, double end) => begin + ((value - range.From) / (range.To - range.From) * (end - begin));

    /// <summary>No more points than can be seen: of each part, its mean.</summary>
    private static List<(double X, double Y)> Thinned(Series line, bool logarithmic)
    {
        var points = line.X.Zip(line.Y).Select(point => (X: point.First, Y: logarithmic ? Math.Log10(point.Second) : point.Second)).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (points.Count <= MostPoints)
            return points;
        return [.. Enumerable.Range(0, MostPoints).Select(part =>
        {
            var own = points[(int)((long)part * points.Count / MostPoints)..(int)((part + 1L) * points.Count / MostPoints)];
            return (own.Average(point => point.X), own.Average(point => point.Y));
        })];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
