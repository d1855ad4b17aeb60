using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>Writes a tree as C# over vectors.</summary>
/// <param name="v">The vectors.</param>
/// <param name="operands">The operands' texts, which bind as closely as names.</param>
/// <param name="declare">Writes a local for a part that occurs several times, and gives its name; null: each occurrence is written out.</param>
/// <param name="uses">How often each part occurs.</param>
internal sealed class ExpressionText(VectorSyntax v, IReadOnlyList<string> operands, Func<string, string>? declare, IReadOnlyDictionary<Expression, int> uses)
{
    /// <summary>How closely a text binds, from sums to names and calls.</summary>
    private const int OfSum = 1, OfProduct = 2, OfSign = 3, OfName = 4;

    private readonly Dictionary<Expression, string> _locals = [];

    public string Write(Expression tree) => Inner(tree, OfSum);

    private string Inner(Expression tree, int least)
    {
        if (tree is Operand operand)
            return operands[operand.Index];
        if (tree is Constant constant)
            return v.Constant(constant.Value);
        if (_locals.TryGetValue(tree, out var name))
            return name;

        var (text, binds) = Outer(tree);
        if (declare is not null && uses[tree] > 1)
            return _locals[tree] = declare(text);
        return binds < least ? $"({text})" : text;
    }

    private (string Text, int Binds) Outer(Expression tree)
    {
        string Free(Expression part) => Inner(part, OfSum);
        return tree switch
        {
            Negation negation => ($"-{Inner(negation.X, OfName)}", OfSign),
            Application application => (application.Function.Write(v, Free(application.X)), OfName),
            MultiplyAdd sum => (v.MultiplyAdd(Free(sum.A), Free(sum.B), Free(sum.C)), OfName),
            Select select => (v.Select(Compare(select.Kind, Free(select.Left), Free(select.Right)), Free(select.Then), Free(select.Otherwise)), OfName),
            Binary { Kind: BinaryKind.Sum } pair => ($"{Free(pair.A)} + {Inner(pair.B, OfProduct)}", OfSum),
            Binary { Kind: BinaryKind.Difference } pair => ($"{Free(pair.A)} - {Inner(pair.B, OfProduct)}", OfSum),
            Binary { Kind: BinaryKind.Product } pair => ($"{Inner(pair.A, OfProduct)} * {Inner(pair.B, OfSign)}", OfProduct),
            Binary { Kind: BinaryKind.Quotient } pair => ($"{Inner(pair.A, OfProduct)} / {Inner(pair.B, OfSign)}", OfProduct),
            Binary { Kind: BinaryKind.AtLeast } pair => (v.Max(Free(pair.A), Free(pair.B)), OfName),
            Binary { Kind: BinaryKind.AtMost } pair => (v.Min(Free(pair.A), Free(pair.B)), OfName),
            Binary { Kind: BinaryKind.Maximum } pair => (v.Maximum(Free(pair.A), Free(pair.B)), OfName),
            Binary { Kind: BinaryKind.Minimum } pair => (v.Minimum(Free(pair.A), Free(pair.B)), OfName),
            _ => throw new InvalidOperationException($"{tree.GetType().Name} is not written."),
        };
    }

    private string Compare(ComparisonKind kind, string a, string b) => kind switch
    {
        ComparisonKind.Greater => v.Greater(a, b),
        ComparisonKind.GreaterOrEqual => v.GreaterOrEqual(a, b),
        ComparisonKind.Less => v.Less(a, b),
        _ => v.LessOrEqual(a, b),
    };
}
