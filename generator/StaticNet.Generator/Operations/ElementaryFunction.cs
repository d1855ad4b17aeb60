using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>A function of one element that trees apply.</summary>
/// <param name="Name">What a user's expression calls it; null: nothing.</param>
/// <param name="Write">Makes the text from the syntax of the vectors and the operand.</param>
/// <param name="Cost">About how many instructions it is.</param>
/// <param name="Value">The function of a number.</param>
/// <param name="Derivative">Its derivative, a tree over the operand; null: only gradients use the function.</param>
internal sealed record ElementaryFunction(
    string? Name, Func<VectorSyntax, string, string> Write, int Cost, Func<double, double> Value, Func<Expression, Expression>? Derivative)
{
    /// <summary>Whether the text names the operand more than once.</summary>
    public bool NamesTwice { get; init; }

    public Expression Of(Expression x) => new Application(this, x);
}
