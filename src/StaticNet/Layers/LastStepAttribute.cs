namespace StaticNet;

/// <summary>
/// Outputs the last step of a sequence as the value of the whole sequence: the layers, outputs and losses after it have one value
/// per sample. It needs a sequence, <see cref="InputAttribute.Steps"/>. In a stream, it outputs each step as it arrives. No
/// parameters.
/// </summary>
public sealed class LastStepAttribute : LayerAttribute;
