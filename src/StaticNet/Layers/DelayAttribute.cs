namespace StaticNet;

/// <summary>
/// A delay line: its output is its input of a number of steps ago, y[t] = x[t − steps], and for the first ones, which follow no such step, the
/// <see cref="InitialValue"/>. It needs a sequence, <see cref="InputAttribute.Steps"/>. No parameters.
/// </summary>
/// <remarks>
/// In a stream, the delayed values are held in the stream's state, where they are the initial value at first and after a reset. The gradient of step t is that
/// of step t + steps of the output.
/// </remarks>
public sealed class DelayAttribute : LayerAttribute
{
    /// <summary>Declares a delay.</summary>
    /// <param name="steps">The steps, 1 or more.</param>
    public DelayAttribute(int steps) => Steps = steps;

    /// <summary>The steps.</summary>
    public int Steps { get; }

    /// <summary>What comes out of every element in the first steps of a sequence and of a stream, a finite number. Default: 0.</summary>
    public float InitialValue { get; set; }
}
