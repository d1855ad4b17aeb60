using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.PyTorch;

/// <summary>A value of a module's forward pass.</summary>
/// <param name="Text">The variable that has it, or an expression of one.</param>
/// <param name="Type">The shape of one step of a sample, in the logical order.</param>
/// <param name="Steps">The steps of a sample; 1 if it is not a sequence.</param>
/// <param name="HasStepAxis">Whether it is [batch, steps, shape…]; otherwise steps are more samples.</param>
internal sealed record ModuleValue(string Text, TensorType Type, int Steps, bool HasStepAxis)
{
    /// <summary>The value with steps as more samples.</summary>
    public ModuleValue Folded => HasStepAxis ? this with { Text = $"{Text}.flatten(0, 1)", HasStepAxis = false } : this;

    /// <summary>The value with an axis of its steps.</summary>
    public ModuleValue WithSteps => HasStepAxis ? this : this with { Text = $"{Text}.unflatten(0, (-1, {PythonText.Number(Steps)}))", HasStepAxis = true };
}
