using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>For shape rules that have passed before.</summary>
internal sealed class NoErrors : IShapeErrors
{
    public static readonly NoErrors Instance = new();

    public TensorType? Argument(string argument, string expected, string actual) => throw new InvalidOperationException($"{argument} must be {expected}, but is {actual}.");

    public TensorType? Shapes(string problem) => throw new InvalidOperationException(problem);
}
