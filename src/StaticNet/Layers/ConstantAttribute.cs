namespace StaticNet;

/// <summary>
/// A fixed tensor, such as a mean to subtract or a mask. <see cref="AddAttribute"/>, <see cref="SubtractAttribute"/>,
/// <see cref="MultiplyAttribute"/>, <see cref="DivideAttribute"/>, <see cref="MinimumAttribute"/> and
/// <see cref="MaximumAttribute"/> take it by its name.
/// </summary>
/// <remarks>
/// It has the shape of what it is joined with, or one number per channel ([channels] or [channels, 1, 1]), or is a single number.
/// It is not part of the chain of layers: the next layer takes the output of the one before the constant. Parameter:
/// <c>value</c>, which is held and saved with the weights, and which no optimizer changes.
/// </remarks>
public sealed class ConstantAttribute : LayerAttribute
{
    /// <summary>Declares the constant.</summary>
    /// <param name="shape">One to three sizes, channels first.</param>
    public ConstantAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes.</summary>
    public int[] Shape { get; }

    /// <summary>The elements, row-major, as many as the shape has. Default: null, which means that all are
    /// <see cref="Value"/>.</summary>
    public float[]? Values { get; set; }

    /// <summary>The value of every element if there are no <see cref="Values"/>. Default: 0.</summary>
    public float Value { get; set; }
}
