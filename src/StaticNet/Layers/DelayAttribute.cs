namespace StaticNet;

/// <summary>
/// A delay line: gives what came a number of steps before, y[t] = x[t − steps], and zeros before the first step. It needs a sequence,
/// <see cref="InputAttribute.Steps"/>. No parameters.
/// </summary>
/// <remarks>
/// In a stream the values that are still to come live in the stream's state; the state's first values are zero. The gradient of step t is
/// that of step t + steps of the output.
/// </remarks>
public sealed class DelayAttribute : LayerAttribute
{
    /// <summary>Declares a delay.</summary>
    /// <param name="steps">The steps, 1 or more.</param>
    public DelayAttribute(int steps) => Steps = steps;

    /// <summary>The steps.</summary>
    public int Steps { get; }
}
