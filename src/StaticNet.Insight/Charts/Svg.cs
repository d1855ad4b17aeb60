using System.Globalization;
using System.Net;
using System.Text;

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

    /// <summary>A picture of numbers from 0, white, to 1, black: three planes are colours.</summary>
    public static string Picture(ReadOnlySpan<float> values, int channels, int height, int width, string title)
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        var scale = most > least ? 255 / (most - least) : 0;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"picture\" role=\"img\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\"><title>{Text(title)}</title><rect width=\"{width}\" height=\"{height}\" fill=\"#000\"/>");
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width;)
            {
                // Equal neighbours are one rectangle.
                var color = ColorAt(values, row, column);
                var end = column + 1;
                while (end < width && ColorAt(values, row, end) == color)
                    end++;
                if (color != "#000000")
                    text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{column} {row}h{end - column}v1h-{end - column}z\" fill=\"{color}\"/>");
                column = end;
            }
        }

        return text.Append("</svg>").ToString();

        string ColorAt(ReadOnlySpan<float> pixels, int row, int column)
        {
            var place = (row * width) + column;
            Span<int> color = stackalloc int[3];
            for (var channel = 0; channel < 3; channel++)
                color[channel] = (int)((pixels[place + (channels == 3 ? channel * height * width : 0)] - least) * scale) & 0xF8;
            return Invariant($"#{color[0]:x2}{color[1]:x2}{color[2]:x2}");
        }
    }

    /// <summary>Text as it stands in a page.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with four digits.</summary>
    public static string Number(double value) => !double.IsFinite(value) ? "–" : value.ToString(Math.Abs(value) is >= 10_000 and < 10_000_000 ? "N0" : "G4", CultureInfo.InvariantCulture);

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
