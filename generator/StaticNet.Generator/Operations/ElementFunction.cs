using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>A function of single elements, as text over vectors.</summary>
/// <param name="Name">The name in comments.</param>
/// <param name="Write">Makes the expression from the syntax of the vectors and the operands, which are plain names.</param>
/// <param name="Gradient">The rule for the input of the index.</param>
/// <param name="IsHeavy">Whether it is too long to be written several times in one method.</param>
internal sealed record ElementFunction(
    string Name, Func<VectorSyntax, string[], string> Write, Func<int, GradientRule> Gradient, bool IsHeavy = false);
