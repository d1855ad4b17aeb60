using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.Onnx;

/// <summary>A value of the model: what a layer gives, for a batch of samples.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Type">The shape of one step of a sample, in the logical order.</param>
/// <param name="Steps">The steps of a sample; 1 where it is no sequence.</param>
/// <param name="HasStepAxis">
/// Whether it is [batch, steps, shape…]; otherwise steps are more samples, [batch · steps, shape…], as all layers take them that do not look
/// from step to step.
/// </param>
internal sealed record NodeValue(string Name, TensorType Type, int Steps, bool HasStepAxis)
{
    /// <summary>The axes before those of the shape.</summary>
    public int Leading => HasStepAxis ? 2 : 1;
}
