using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The transformations of F(4×4, 3×3) along one axis, with the interpolation points 0, ±1, ±2 and ∞. Written so that common
/// parts are computed once.
/// </summary>
internal static class WinogradTransforms
{
    /// <summary>Six inputs to six points: Bᵀ·d.</summary>
    public static void WriteInput(CodeWriter writer, VectorSyntax v, string[] d, string point)
    {
        writer.Line($"var even = {v.MultiplyAdd(v.Constant(-4), d[2], d[4])};");
        writer.Line($"var odd = {v.MultiplyAdd(v.Constant(-4), d[1], d[3])};");
        writer.Line($"var difference = {d[4]} - {d[2]};");
        writer.Line($"var twice = {v.Constant(2)} * ({d[3]} - {d[1]});");
        writer.Line($"var {point}0 = {v.MultiplyAdd(v.Constant(4), d[0], v.MultiplyAdd(v.Constant(-5), d[2], d[4]))};");
        writer.Line($"var {point}1 = even + odd;");
        writer.Line($"var {point}2 = even - odd;");
        writer.Line($"var {point}3 = difference + twice;");
        writer.Line($"var {point}4 = difference - twice;");
        writer.Line($"var {point}5 = {v.MultiplyAdd(v.Constant(4), d[1], v.MultiplyAdd(v.Constant(-5), d[3], d[5]))};");
    }

    /// <summary>Six points to four outputs: Aᵀ·m.</summary>
    public static void WriteOutput(CodeWriter writer, VectorSyntax v, string m, string result)
    {
        writer.Line($"var sum = {m}1 + {m}2;");
        writer.Line($"var difference = {m}1 - {m}2;");
        writer.Line($"var farSum = {m}3 + {m}4;");
        writer.Line($"var farDifference = {m}3 - {m}4;");
        writer.Line($"var {result}0 = {m}0 + sum + farSum;");
        writer.Line($"var {result}1 = {v.MultiplyAdd(v.Constant(2), "farDifference", "difference")};");
        writer.Line($"var {result}2 = {v.MultiplyAdd(v.Constant(4), "farSum", "sum")};");
        writer.Line($"var {result}3 = {v.MultiplyAdd(v.Constant(8), "farDifference", "difference")} + {m}5;");
    }

    /// <summary>Three taps to six points: G·g.</summary>
    public static void WriteWeight(CodeWriter writer, VectorSyntax v, string[] g, string point)
    {
        writer.Line($"var outer = ({g[0]} + {g[2]}) * {v.Constant(-1f / 6)};");
        writer.Line($"var middle = {g[1]} * {v.Constant(-1f / 6)};");
        writer.Line($"var far = {v.MultiplyAdd(g[0], v.Constant(1f / 24), $"{g[2]} * {v.Constant(1f / 6)}")};");
        writer.Line($"var farMiddle = {g[1]} * {v.Constant(1f / 12)};");
        writer.Line($"var {point}0 = {g[0]} * {v.Constant(0.25f)};");
        writer.Line($"var {point}1 = outer + middle;");
        writer.Line($"var {point}2 = outer - middle;");
        writer.Line($"var {point}3 = far + farMiddle;");
        writer.Line($"var {point}4 = far - farMiddle;");
        writer.Line($"var {point}5 = {g[2]};");
    }
}
