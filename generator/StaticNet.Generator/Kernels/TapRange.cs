using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Kernels;

/// <summary>The windows of an axis that have a tap in the input, as expressions.</summary>
/// <param name="Origin">The tap's place in the input, less the window's number times the stride.</param>
/// <param name="Begin">The first window.</param>
/// <param name="End">The end of the windows.</param>
internal readonly record struct TapRange(string Origin, string Begin, string End)
{
    /// <summary>Of an axis that is not there.</summary>
    public static readonly TapRange None = new("0", "0", "1");

    /// <summary>Writes the range of a tap; what is constant needs no line.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="tap">The expression of the tap.</param>
    /// <param name="origin">The name of the origin.</param>
    /// <param name="name">The beginning of the names of the range: rowBegin, rowEnd.</param>
    public static TapRange Write(CodeWriter writer, WindowedAxis axis, string tap, string origin, string name)
    {
        var place = Arithmetic.Sum(Arithmetic.Product(tap, axis.Dilation), -axis.Before);
        var isConstant = Arithmetic.IsNumber(place, out _);
        if (!isConstant)
            writer.Line($"var {origin} = {place};");
        if (axis.IsInside)
            return new TapRange(isConstant ? place : origin, "0", Literal.Of(axis.Output));
        if (isConstant)
            writer.Line($"const int {origin} = {place};");

        var last = axis.Stride == 1 ? $"{axis.Input} - {origin}" : $"({axis.Input - 1 + axis.Stride} - {origin}) / {axis.Stride}";
        writer.Line($"var {name}Begin = {origin} >= 0 ? 0 : {(axis.Stride == 1 ? $"-{origin}" : $"((-{origin} - 1) / {axis.Stride}) + 1")};");
        writer.Line($"var {name}End = {Types.Math}.Min({axis.Output}, {last});");
        return new TapRange(origin, name + "Begin", name + "End");
    }

    /// <summary>Where the tap of a window is in the input.</summary>
    public Affine Place(Affine window, int stride) => Arithmetic.Sum(Arithmetic.Product(window, stride), Origin);
}
