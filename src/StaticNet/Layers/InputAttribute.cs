namespace StaticNet;

/// <summary>
/// The shape of one input sample: [features], [channels, length] or [channels, height, width]. Every network has one or more. Samples
/// are row-major spans of floats in that order, unless <see cref="Layout"/> says otherwise.
/// </summary>
/// <remarks>
/// If there are several inputs, each has a name. The layer below an [Input] takes it, unless that layer's From names another. A
/// sample holds all inputs one after the other, in the order of the attributes; generated overloads of Forward take a separate
/// span for each.
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
    /// Its name, a C# identifier, which layers, arguments and constants use. Default: <c>input</c>; if there are several inputs,
    /// each needs a name.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The steps of a sample, 1 to 1,048,576. Above 1, a sample is a sequence, <see cref="Shape"/> is that of one step, and
    /// samples hold steps one after the other. Layers work on each step separately, except those that look across steps, such as
    /// <see cref="DelayAttribute"/>. Such a network also runs over streams of any length, step by step: see
    /// <see cref="IStreamingNetwork{TSelf}"/>. It is the same for all inputs of a network. Default: 1.
    /// </summary>
    public int Steps { get; set; } = Defaults.Steps;

    /// <summary>
    /// The order in which the user's spans hold inputs, outputs, and targets that have the shape of an output.
    /// <see cref="Shape"/> and all other shapes are always channels first; values with a single axis are the same in both. It is
    /// the same for all inputs of a network. Default: channels first.
    /// </summary>
    public Layout Layout { get; set; }
}
