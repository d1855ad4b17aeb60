namespace StaticNet;

/// <summary>x to a constant exponent, element by element.</summary>
/// <remarks>
/// Whole exponents up to ±64 are computed as products, for any x, and 0.5 and 1.5 as roots. All others go through the logarithm,
/// and the result is NaN for negative x. The error is about half a unit in the last place per factor and, through the logarithm,
/// two units and 2⁻²³·|exponent · ln x| of the result.
/// </remarks>
public sealed class PowerAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="exponent">The exponent, any finite number.</param>
    public PowerAttribute(float exponent) => Exponent = exponent;

    /// <summary>The exponent.</summary>
    public float Exponent { get; }
}
