namespace StaticNet;

/// <summary>
/// A fixed tensor, such as a mean to subtract or a mask: what <see cref="AddAttribute"/>, <see cref="SubtractAttribute"/>,
/// <see cref="MultiplyAttribute"/>, <see cref="DivideAttribute"/>, <see cref="MinimumAttribute"/> and <see cref="MaximumAttribute"/> take by its name.
/// </summary>
/// <remarks>
/// It has the shape of what it is joined with, or one number a channel ([channels] or [channels, 1, 1]), or is one number. It is no part of the
/// chain of layers: the next layer takes what the one before the constant gives. Parameter: <c>value</c>, which is held and saved
/// with the weights, and which no optimizer changes.
/// </remarks>
public sealed class ConstantAttribute : LayerAttribute
{
    /// <summary>Declares the constant.</summary>
    /// <param name="shape">One to three sizes, channels first.</param>
    public ConstantAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes.</summary>
    public int[] Shape { get; }

    /// <summary>The elements, row-major, as many as the shape has. Default: null, which means <see cref="Value"/> for each.</summary>
    public float[]? Values { get; set; }

    /// <summary>What every element is where there are no <see cref="Values"/>. Default: 0.</summary>
    public float Value { get; set; }
}
