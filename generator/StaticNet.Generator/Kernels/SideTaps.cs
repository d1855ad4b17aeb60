using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>Which taps meet the input with the pixels of a tile at a side, found when it runs.</summary>
internal static class SideTaps
{
    /// <summary>The names of the range of taps that all pixels of a tile have.</summary>
    public const string SharedBegin = "sharedBegin", SharedEnd = "sharedEnd";

    private const string Left = "left";

    /// <summary>Writes the range of taps that all pixels of a tile have; it may be empty.</summary>
    public static void WriteShared(CodeWriter writer, TapAxis columns, int pixels, string column)
    {
        writer.Line(pixels == 1 ? "// The taps that meet the input." : "// The taps that meet the input with all of these pixels.");
        writer.Line($"var {Left} = {Arithmetic.Sum(Arithmetic.Product(column, columns.InputStep), columns.FirstOffset)};");
        writer.Line($"var {SharedBegin} = {First(columns, 0)};");
        writer.Line($"var {SharedEnd} = {(pixels == 1 ? End(columns, 0) : $"{Types.Math}.Max({SharedBegin}, {End(columns, pixels - 1)})")};");
    }

    /// <summary>The first tap that meets the input with a pixel.</summary>
    public static string First(TapAxis columns, int pixel)
    {
        var start = Arithmetic.Factor(Arithmetic.Sum(Left, pixel * columns.InputStep));
        return columns.OffsetStep == 1 ? $"{Types.Math}.Max(0, -{start})" : $"{Types.Math}.Max(0, ({columns.OffsetStep - 1} - {start}) / {columns.OffsetStep})";
    }

    /// <summary>The end of the taps that meet the input with a pixel.</summary>
    public static string End(TapAxis columns, int pixel)
    {
        var room = columns.Input - 1 + columns.OffsetStep - (pixel * columns.InputStep);
        return $"{Types.Math}.Min({columns.Taps}, {Arithmetic.Quotient($"{Literal.Of(room)} - {Left}", columns.OffsetStep)})";
    }
}
