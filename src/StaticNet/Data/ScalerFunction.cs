namespace StaticNet.Data;

/// <summary>The function that a <see cref="Scaler"/> applies to z = (x − shift) / scale. All are odd and increasing, so any
/// number can be scaled and scaled back.</summary>
public enum ScalerFunction
{
    /// <summary>y = z.</summary>
    Linear,

    /// <summary>y = ±ln(1 + |x − shift|) / scale, with the sign of x − shift: the scale divides the logarithm.</summary>
    Logarithm,

    /// <summary>y = ±(1 − e^−|z|), with the sign of z: −1 to 1.</summary>
    Exponential,

    /// <summary>y = 2/π · arctan z: −1 to 1.</summary>
    Arctangent,
}
