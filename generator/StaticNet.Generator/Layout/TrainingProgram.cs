using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Layout;

/// <summary>The operations of a training step.</summary>
/// <param name="Forward">The forward operations that the losses depend on.</param>
/// <param name="Losses">The losses.</param>
/// <param name="Backward">The gradients, of values and of parameters.</param>
/// <param name="Gradients">The gradients of values, by value.</param>
internal sealed record TrainingProgram(
    IReadOnlyList<Operation> Forward, IReadOnlyList<Loss> Losses, IReadOnlyList<Operation> Backward, IReadOnlyDictionary<Value, Value> Gradients)
{
    /// <summary>The values that the program takes from a step: outputs between its halves, and gradients of inputs after it.</summary>
    public IReadOnlyList<Value> Taken { get; init; } = [];
}
