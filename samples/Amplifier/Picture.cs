using System.Globalization;
using System.Text;

namespace Amplifier;

/// <summary>A picture of waves, one above the other, as SVG.</summary>
internal static class Picture
{
    private const int Width = 900, Height = 160;

    public static void Write(string path, params (string Title, float[] Samples, string Colour)[] waves)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height * waves.Length}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (var row = 0; row < waves.Length; row++)
        {
            var (title, samples, colour) = waves[row];
            var (middle, largest) = ((row * Height) + (Height / 2), Math.Max(samples.Max(MathF.Abs), 1e-6f));
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{(row * Height) + 16}\">{title}</text>\n<polyline fill=\"none\" stroke=\"{colour}\" points=\"");
            for (var sample = 0; sample < samples.Length; sample++)
                svg.Append(CultureInfo.InvariantCulture, $"{sample * (double)Width / samples.Length:F1},{middle - (samples[sample] / largest * ((Height / 2) - 20)):F1} ");
            svg.Append("\"/>\n");
        }

        File.WriteAllText(path, svg.Append("</svg>\n").ToString());
    }
}
