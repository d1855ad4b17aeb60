namespace StaticNet.Generator.Operations;

/// <summary>Where an expression is not understood, and why.</summary>
/// <param name="Place">The character, from 1.</param>
/// <param name="Problem">What was expected or is wrong.</param>
internal sealed record ExpressionFault(int Place, string Problem);
