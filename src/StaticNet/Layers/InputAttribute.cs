namespace StaticNet;

/// <summary>
/// The shape of one input sample: [features], [channels, length] or [channels, height, width]. Every network has one or more. Samples
/// are row-major spans of floats in that order, unless <see cref="Layout"/> says otherwise.
/// </summary>
/// <remarks>
/// Of several inputs each has a name. The layer below an [Input] takes it, unless that layer's From names another. One sample of all inputs
/// holds them one after the other in the order of the attributes; generated overloads of Forward take each in a span of its own.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares the input's shape.</summary>
    /// <param name="shape">One to three positive sizes.</param>
    public InputAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes, without the batch.</summary>
    public int[] Shape { get; }

    /// <summary>
    /// Its name, a C# identifier, by which layers, arguments and constants call it. Default: <c>input</c>; of several, each needs one.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The steps of a sample, 1 to 1,048,576. Above 1 a sample is a sequence, <see cref="Shape"/> is that of one step, and samples hold steps one
    /// after the other. Layers work on each step by itself, but for those that look from step to step, such as <see cref="DelayAttribute"/>.
    /// Such a network also runs over streams of any length, step by step: see <see cref="IStreamingNetwork{TSelf}"/>. It is the same for all
    /// inputs of a network. Default: 1.
    /// </summary>
    public int Steps { get; set; } = Defaults.Steps;

    /// <summary>
    /// The order in which the user's spans hold inputs, outputs, and targets that have the shape of an output.
    /// <see cref="Shape"/> and all other shapes are channels first in any case; what has a single axis is the same in both. It is the same for all inputs of a network.
    /// Default: channels first.
    /// </summary>
    public Layout Layout { get; set; }
}
