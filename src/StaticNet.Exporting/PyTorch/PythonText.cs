using System.Globalization;
using StaticNet.Generator.Operations;

namespace StaticNet.Exporting.PyTorch;

/// <summary>Numbers and functions of single elements as Python.</summary>
internal static class PythonText
{
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(float value) =>
        float.IsPositiveInfinity(value) ? "math.inf" : float.IsNegativeInfinity(value) ? "-math.inf" : WithPoint(value.ToString("R", CultureInfo.InvariantCulture));

    public static string Number(double value) => WithPoint(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Whole numbers as a tuple, also a single one.</summary>
    public static string Tuple(params IEnumerable<int> numbers) => numbers.ToArray() is [var only] ? $"({Number(only)},)" : $"({string.Join(", ", numbers.Select(Number))})";

    /// <summary>Whole numbers as a tuple, or as one number if they are all the same.</summary>
    public static string Sizes(IEnumerable<int> sizes) => sizes.Distinct().ToArray() is [var only] ? Number(only) : Tuple(sizes);

    public static string List(IEnumerable<float> numbers) => $"[{string.Join(", ", numbers.Select(Number))}]";

    /// <summary>The function of an element, over the tensor of all of them.</summary>
    /// <param name="tree">The function.</param>
    /// <param name="x">The tensor.</param>
    public static string Function(Expression tree, string x)
    {
        var text = Write(tree, x);
        // What is the same for all elements still has their shape.
        return Derivation.Uses(tree).ContainsKey(ElementFunctions.X) ? text : $"torch.zeros_like({x}) + {text}";
    }

    private static string Write(Expression tree, string x) => tree switch
    {
        Operand => x,
        Constant constant => Number(constant.Value),
        Negation negation => $"-{Write(negation.X, x)}",
        Application application => Call(application.Function.Name ?? throw new InvalidOperationException("Gradients are not exported."), Tensor(application.X, x)),
        Binary { Kind: BinaryKind.AtLeast or BinaryKind.Maximum } most => Bound("maximum", "min", most, x),
        Binary { Kind: BinaryKind.AtMost or BinaryKind.Minimum } least => Bound("minimum", "max", least, x),
        Binary binary => $"({Write(binary.A, x)} {Sign(binary.Kind)} {Write(binary.B, x)})",
        MultiplyAdd sum => $"({Write(sum.A, x)} * {Write(sum.B, x)} + {Write(sum.C, x)})",
        Select select => $"torch.where({Tensor(select.Left, x)} {Sign(select.Kind)} {Write(select.Right, x)}, {Write(select.Then, x)}, {Write(select.Otherwise, x)})",
        _ => throw new InvalidOperationException($"{tree.GetType().Name} is not an element function."),
    };

    /// <summary>The larger or the smaller of two parts; a clamp if one of them is a number.</summary>
    private static string Bound(string function, string argument, Binary parts, string x) => parts switch
    {
        { B: Constant bound } => $"torch.clamp({Tensor(parts.A, x)}, {argument}={Number(bound.Value)})",
        { A: Constant bound } => $"torch.clamp({Write(parts.B, x)}, {argument}={Number(bound.Value)})",
        _ => $"torch.{function}({Write(parts.A, x)}, {Write(parts.B, x)})",
    };

    /// <summary>A part where only a tensor will do.</summary>
    private static string Tensor(Expression tree, string x) => tree is Constant constant ? $"torch.tensor({Number(constant.Value)})" : Write(tree, x);

    private static string Call(string function, string x) => function switch
    {
        "ceiling" => $"torch.ceil({x})",
        "softplus" or "logsigmoid" or "gelu" or "silu" => $"F.{function}({x})",
        "gelu_tanh" => $"F.gelu({x}, approximate=\"tanh\")",
        _ => $"torch.{function}({x})",
    };

    private static string Sign(BinaryKind kind) => kind switch
    {
        BinaryKind.Sum => "+",
        BinaryKind.Difference => "-",
        BinaryKind.Product => "*",
        _ => "/",
    };

    private static string Sign(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Greater => ">",
        ComparisonKind.GreaterOrEqual => ">=",
        ComparisonKind.Less => "<",
        _ => "<=",
    };

    /// <summary>A number that Python does not read as a whole one.</summary>
    private static string WithPoint(string text) => text.Contains('.', StringComparison.Ordinal) || text.Contains('E', StringComparison.Ordinal) ? text.Replace('E', 'e') : text + ".0";
}
