namespace StaticNet;

/// <summary>
/// Gives the last step of a sequence as the value of the whole: what follows, and the outputs and losses of it, have one value a sample. It needs a
/// sequence, <see cref="InputAttribute.Steps"/>. In a stream it gives each step as it comes. No parameters.
/// </summary>
public sealed class LastStepAttribute : LayerAttribute;
