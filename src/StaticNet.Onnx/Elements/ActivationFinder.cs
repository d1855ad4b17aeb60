using StaticNet.Importing;
using StaticNet.Onnx.Folding;

namespace StaticNet.Onnx.Elements;

/// <summary>Finds the layer that computes an expression. What exporters decompose is recognised by its values, in whatever order it
/// was written.</summary>
internal static class ActivationFinder
{
    private static readonly (Activation Activation, Func<double, double> Function)[] Known =
    [
        (Activation.ReLU, x => Math.Max(x, 0)),
        (Activation.Sigmoid, Functions.Sigmoid),
        (Activation.Tanh, Math.Tanh),
        (Activation.SiLU, x => x * Functions.Sigmoid(x)),
        (Activation.GELU, x => x * 0.5 * (1 + ErrorFunction.Of(x * Math.Sqrt(0.5)))),
        (Activation.GELUTanh, x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        (Activation.HardSwish, x => x * Math.Clamp((x / 6) + 0.5, 0, 1)),
        (Activation.HardSigmoid, x => Math.Clamp((x / 6) + 0.5, 0, 1)),
        (Activation.Mish, x => x * Math.Tanh(Functions.Softplus(x))),
        (Activation.ReLU6, x => Math.Clamp(x, 0, 6)),
        (Activation.HardTanh, x => Math.Clamp(x, -1, 1)),
        (Activation.Softplus, Functions.Softplus),
        (Activation.Softsign, x => x / (1 + Math.Abs(x))),
        (Activation.LogSigmoid, x => -Functions.Softplus(-x)),
        (Activation.TanhShrink, x => x - Math.Tanh(x)),
        (Activation.LeCunTanh, x => 1.7159 * Math.Tanh(2 * x / 3)),
        (Activation.Exp, Math.Exp),
        (Activation.Log, Math.Log),
        (Activation.Sqrt, Math.Sqrt),
        (Activation.Square, x => x * x),
        (Activation.Reciprocal, x => 1 / x),
        (Activation.Abs, Math.Abs),
        (Activation.Sign, x => Math.Sign(x)),
        (Activation.Negate, x => -x),
        (Activation.Sin, Math.Sin),
        (Activation.Cos, Math.Cos),
    ];

    private static readonly double[] Places = [.. Enumerable.Range(-96, 193).Select(index => index / 8d), 1e-3, -1e-3, 0.3, -0.7, 20, -20];

    /// <summary>The layer for an expression, or null if it is the element itself.</summary>
    public static AttributeDeclaration? Find(Expression expression)
    {
        if (expression.Affine is { } affine)
            return affine == (1, 0) ? null : affine == (-1, 0) ? new AttributeDeclaration("Activation", Activation.Negate) : new AttributeDeclaration("Rescaling", affine.Factor).With("Offset", affine.Offset, 0f);
        foreach (var (activation, function) in Known)
        {
            if (Places.All(x => Agree(expression.At(x), function(x))))
                return new AttributeDeclaration("Activation", activation);
        }

        return expression switch
        {
            Expression.Bounded { Argument: var argument } bounds when argument == Expression.X => Clip(bounds),
            Expression.Power { Argument: var argument } power when argument == Expression.X => new AttributeDeclaration("Power", power.Exponent),
            _ => new AttributeDeclaration("Activation", expression.Text),
        };
    }

    private static AttributeDeclaration Clip(Expression.Bounded bounds) =>
        new AttributeDeclaration("Clip").With("Min", bounds.Low, float.NegativeInfinity).With("Max", bounds.High, float.PositiveInfinity);

    private static bool Agree(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-7 + (1e-6 * Math.Abs(b));
}
