using StaticNet.Generator.Operations;

namespace StaticNet.Exporting.Onnx;

/// <summary>Writes functions of single elements, whatever their tree, as nodes.</summary>
/// <param name="model">Takes the nodes.</param>
/// <param name="layer">The layer's name, which begins those of its values.</param>
/// <param name="operands">The names of what the function takes.</param>
internal sealed class ElementNodes(ModelBuilder model, string layer, params IReadOnlyList<string> operands)
{
    private const float SqrtOfHalf = 0.70710678f;
    private const float SqrtOfTwoByPi = 0.79788456f;
    private const float TanhCube = 0.044715f;

    // A part that occurs several times is one value.
    private readonly Dictionary<Expression, string> _written = [];

    public string Write(Expression tree)
    {
        if (!_written.TryGetValue(tree, out var name))
            _written.Add(tree, name = WriteNew(tree));
        return name;
    }

    private string WriteNew(Expression tree) => tree switch
    {
        Operand operand => operands[operand.Index],
        Constant constant => model.Number(constant.Value),
        Negation negation => Node("Neg", Write(negation.X)),
        Application application => Apply(application.Function.Name ?? throw new InvalidOperationException("Gradients are not exported."), Write(application.X)),
        Binary { Kind: BinaryKind.AtMost, A: Binary { Kind: BinaryKind.AtLeast, B: Constant } least, B: Constant } most => Node("Clip", Write(least.A), Write(least.B), Write(most.B)),
        Binary { Kind: BinaryKind.AtLeast, A: var x, B: Constant { Value: 0 } } => Node("Relu", Write(x)),
        Binary binary => Node(
            binary.Kind switch
            {
                BinaryKind.Sum => "Add",
                BinaryKind.Difference => "Sub",
                BinaryKind.Product => "Mul",
                BinaryKind.Quotient => "Div",
                BinaryKind.AtLeast or BinaryKind.Maximum => "Max",
                _ => "Min",
            },
            Write(binary.A),
            Write(binary.B)),
        MultiplyAdd sum => Node("Add", Node("Mul", Write(sum.A), Write(sum.B)), Write(sum.C)),
        Select select => Node("Where", Node(select.Kind.ToString(), Write(select.Left), Write(select.Right)), Write(select.Then), Write(select.Otherwise)),
        _ => throw new InvalidOperationException($"{tree.GetType().Name} is not an element function."),
    };

    private string Apply(string function, string x) => function switch
    {
        "ceiling" => Node("Ceil", x),
        "expm1" => Node("Sub", Node("Exp", x), model.Number(1)),
        "logsigmoid" => Node("Neg", Node("Softplus", Node("Neg", x))),
        "silu" => Node("Mul", x, Node("Sigmoid", x)),
        "gelu" => HalfOf(x, Node("Erf", Node("Mul", x, model.Number(SqrtOfHalf)))),
        "gelu_tanh" => HalfOf(x, Node("Tanh", Node("Mul", Node("Add", x, Node("Mul", Node("Mul", Node("Mul", x, x), x), model.Number(TanhCube))), model.Number(SqrtOfTwoByPi)))),
        _ => Node(char.ToUpperInvariant(function[0]) + function[1..], x),
    };

    /// <summary>x/2 · (1 + y).</summary>
    private string HalfOf(string x, string y) => Node("Mul", Node("Mul", x, model.Number(0.5f)), Node("Add", y, model.Number(1)));

    private string Node(string type, params string[] inputs) => model.Node(type, $"{layer}.{type}", inputs);
}
