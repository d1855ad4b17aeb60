using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>Loops over the vectors of one row whose width is known: whole vectors first, then one with masked lanes.</summary>
internal static class RowLoops
{
    /// <summary>What is said where zeros are stored.</summary>
    public const string PaddingComment = "// The rest of the row is padding, which must be zero.";

    /// <summary>Up to this many vectors are written out.</summary>
    private const int Unrolled = 2;

    /// <summary>Writes a body for every vector that holds elements.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="width">The elements of the row.</param>
    /// <param name="body">Takes the offset's expression and the mask of the lanes that hold elements; null: all do.</param>
    /// <param name="sums">What the body adds to, where the vectors of the row may be too many for it.</param>
    public static void Write(CodeWriter writer, VectorSyntax v, int width, Action<string, string?> body, LongSum? sums = null)
    {
        var whole = width / v.Lanes;
        if (width <= v.Lanes)
        {
            // One vector needs no braces to keep its names apart.
            body("0", width == v.Lanes ? null : Mask(v, width));
            return;
        }

        if (whole > Unrolled && sums is not null)
        {
            sums.Rounds("lane", Types.NUInt, Literal.Of(whole * v.Lanes), v.Lanes, () => body("lane", null));
        }
        else if (whole > Unrolled)
        {
            writer.Block($"for ({Types.NUInt} lane = 0; lane < {whole * v.Lanes}; lane += {v.Lanes})", () => body("lane", null));
        }
        else
        {
            for (var vector = 0; vector < whole; vector++)
            {
                var lane = vector * v.Lanes;
                writer.Block("", () => body(Literal.Of(lane), null));
            }
        }

        if (width % v.Lanes != 0)
            writer.Block("", () => body(Literal.Of(whole * v.Lanes), Mask(v, width % v.Lanes)));
    }

    /// <summary>Writes zeros after the last vector that holds elements, up to the end of the padded row.</summary>
    public static void WritePadding(CodeWriter writer, VectorSyntax v, string address, string row, int width)
    {
        var first = (width + v.Lanes - 1) / v.Lanes * v.Lanes;
        if (first < Lanes.Pad(width))
            writer.Line(PaddingComment);
        for (var lane = first; lane < Lanes.Pad(width); lane += v.Lanes)
            writer.Line(v.Store(v.Zero, address, $"{row}{lane}"));
    }

    /// <summary>A constant whose first lanes are all ones.</summary>
    public static string Mask(VectorSyntax v, int lanes) =>
        v.AsSingle($"{v.Type}.Create({string.Join(", ", Enumerable.Range(0, v.Lanes).Select(lane => lane < lanes ? "-1" : "0"))})");
}

/// <summary>The first lanes of a vector, where memory after them is not ours to read.</summary>
internal static class PartialVector
{
    public static string Load(VectorSyntax v, string reference, int first, int count)
    {
        var elements = Enumerable.Range(0, v.Lanes)
            .Select(lane => lane >= count ? "0" : first + lane == 0 ? reference : $"{Types.Unsafe}.Add(ref {reference}, {first + lane})");
        return $"{v.Type}.Create({string.Join(", ", elements)})";
    }
}
