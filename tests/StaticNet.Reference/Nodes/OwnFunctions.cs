namespace StaticNet.Reference.Nodes;

/// <summary>Activations that networks of the tests write as expressions, by their text; with α where they take it.</summary>
public static class OwnFunctions
{
    /// <summary>The step of the difference quotient, which is good to about 1e-9.</summary>
    private const double Step = 1e-5;

    /// <summary>The functions of x and α.</summary>
    public static IReadOnlyDictionary<string, Func<double, double, double>> All { get; } = new Dictionary<string, Func<double, double, double>>
    {
        ["x * tanh(softplus(x))"] = (x, _) => x * Math.Tanh(ScalarFunction.Softplus(x)),
        ["alpha * x * sigmoid(alpha * x)"] = (x, alpha) => alpha * x * ScalarFunction.Sigmoid(alpha * x),
        ["x - tanh(x)"] = (x, _) => x - Math.Tanh(x),
        ["x > 0 ? log(1 + x) : -log(1 - x)"] = (x, _) => x > 0 ? Math.Log(1 + x) : -Math.Log(1 - x),
        ["exp(-x*x)"] = (x, _) => Math.Exp(-x * x),
        ["x / sqrt(1 + pow(x, 2))"] = (x, _) => x / Math.Sqrt(1 + (x * x)),
        ["(x + 1) * (x - 2) / (3 + cos(pi * x)) - 2.5e-1"] = (x, _) => ((x + 1) * (x - 2) / (3 + Math.Cos(Math.PI * x))) - 0.25,
        ["clip(0.2*x + .5, 0, 1) * x"] = (x, _) => Math.Min(Math.Max((0.2 * x) + 0.5, 0), 1) * x,
        ["elu(x) + 0.1f * sin(3 * x)"] = (x, _) => (x > 0 ? x : Math.Exp(x) - 1) + (0.1 * Math.Sin(3 * x)),
        ["max(x, 0.25 * x) - min(x * x, 2)"] = (x, _) => Math.Max(x, 0.25 * x) - Math.Min(x * x, 2),
    };

    /// <summary>Those whose derivative jumps nowhere.</summary>
    public static IEnumerable<string> Smooth => All.Keys.Where(text => !text.Contains("clip", StringComparison.Ordinal) && !text.Contains("max", StringComparison.Ordinal));

    /// <summary>The derivative by x.</summary>
    public static double Derivative(Func<double, double, double> function, double x, double alpha) =>
        (function(x + Step, alpha) - function(x - Step, alpha)) / (2 * Step);
}
