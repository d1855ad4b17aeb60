using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>A function of single elements, as a tree over its operands. Its derivative, its cost and its text follow from that.</summary>
/// <param name="name">The name in comments.</param>
/// <param name="tree">The function.</param>
internal sealed class ElementFunction(string name, Expression tree)
{
    /// <summary>More instructions than this are too many to be written several times in one method.</summary>
    private const int MostLight = 16;

    private readonly Dictionary<Expression, int> _uses = Derivation.Uses(tree);

    public string Name { get; } = name;

    /// <summary>The function.</summary>
    public Expression Tree { get; } = tree;

    /// <summary>
    /// The gradient of the operand of the index, over the operands, <see cref="Derivation.Gradient"/> and <see cref="Derivation.Output"/>,
    /// where it is not derived: because the output tells what is needed, or to be exact where what is derived would not be.
    /// </summary>
    public Func<int, Expression>? GradientTree { get; init; }

    /// <summary>The name of the gradient of the operand of the index.</summary>
    public Func<int, string>? GradientName { get; init; }

    /// <summary>Whether it is too long to be written several times in one method.</summary>
    public bool IsHeavy { get; } = Derivation.Cost(tree) > MostLight;

    /// <summary>Whether the text names an operand more than once.</summary>
    public bool UsesTwice(int operand) => _uses.TryGetValue(new Operand(operand), out var uses) && uses > 1;

    /// <summary>The expression.</summary>
    /// <param name="v">The vectors.</param>
    /// <param name="operands">The operands' texts.</param>
    /// <param name="declare">Writes a local for a part that occurs several times, and gives its name; null: the part is written out each time.</param>
    public string Write(VectorSyntax v, IReadOnlyList<string> operands, Func<string, string>? declare = null) =>
        new ExpressionText(v, operands, declare, _uses).Write(Tree);

    /// <summary>The same function with its operands numbered otherwise.</summary>
    public ElementFunction Renumbered(Func<int, int> number) => new(Name, Derivation.Renumber(Tree, number)) { GradientName = GradientName is null ? null : _ => GradientName(0) };

    /// <summary>The value over numbers.</summary>
    public double Evaluate(IReadOnlyList<double> operands) => Derivation.Evaluate(Tree, index => operands[index]);

    /// <summary>The rule for the operand of the index.</summary>
    /// <param name="operand">Which operand.</param>
    /// <param name="elements">How many of the operands are values; vectors by channel follow.</param>
    public GradientRule Gradient(int operand, int elements)
    {
        var gradient = GradientTree?.Invoke(operand) ?? Derivation.Gradient * ByOutput(Derivation.By(operand, Tree));
        if (gradient == Derivation.Gradient)
            return default;

        var taken = Derivation.Uses(gradient).Keys.OfType<Operand>().Select(other => other.Index).Where(index => index != Derivation.Gradient.Index)
            .OrderBy(index => index >= elements).ThenBy(index => index == GradientRule.Output).ThenBy(index => index).ToList();
        var function = new ElementFunction(
            GradientName?.Invoke(operand) ?? $"{Name}'s derivative", Derivation.Renumber(gradient, index => index == Derivation.Gradient.Index ? 0 : taken.IndexOf(index) + 1));
        return new GradientRule(function, taken.Where(index => index < elements).ToArray(), taken.Where(index => index >= elements).Select(index => index - elements).ToArray());
    }

    /// <summary>The derivative with the function's own output in place of what it is made from, where that is cheaper.</summary>
    private Expression ByOutput(Expression derivative)
    {
        var byOutput = Derivation.Replace(derivative, Tree, Derivation.Output);
        return Derivation.Cost(byOutput) < Derivation.Cost(derivative) ? byOutput : derivative;
    }
}
