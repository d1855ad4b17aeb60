using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>x / (k + α·s)^β, where s is a sum of squares.</summary>
internal static class LocalResponse
{
    public static ElementFunction Function(float alpha, float beta, float k)
    {
        string Base(VectorSyntax v, string sum) => $"({v.MultiplyAdd(sum, v.Constant(alpha), v.Constant(k))})";
        var isHeavy = beta is not (0.5f or 0.75f or 1);
        string Response(VectorSyntax v, string[] x) => Scaled(v, x[0], Base(v, x[1]), beta);
        var throughFactor = new ElementFunction("the gradient through the local response", Response, ElementFunctions.NotTwice, isHeavy);
        var ofSum = new ElementFunction(
            "the gradient of the sum of squares",
            (v, x) => $"{Scaled(v, $"{v.Constant(-alpha * beta)} * {x[0]} * {x[1]}", Base(v, x[2]), beta)} / {Base(v, x[2])}",
            ElementFunctions.NotTwice,
            isHeavy);
        return new("local response", Response, input => input == 0 ? new GradientRule(throughFactor, 1) : new GradientRule(ofSum, 0, 1), isHeavy);
    }

    /// <summary>x · s^−β; the usual exponents need roots only.</summary>
    private static string Scaled(VectorSyntax v, string x, string s, float beta) => beta switch
    {
        0.5f => $"{x} / {v.Type}.Sqrt({s})",
        0.75f => $"{x} / ({v.Type}.Sqrt({s}) * {v.Type}.Sqrt({v.Type}.Sqrt({s})))",
        1 => $"{x} / {s}",
        _ => $"{x} * {VectorSyntax.Call("Exp", $"{v.Constant(-beta)} * {VectorSyntax.Call("Log", s)}")}",
    };
}
