namespace StaticNet.Optimizers;

/// <summary>The checks of optimizers' figures.</summary>
internal static class Figures
{
    /// <summary>The value, or null, when it is null or finite and 0 or more.</summary>
    public static float? RequireFinite(float? value, string name) => value is { } number ? RequireFinite(number, name) : null;

    /// <summary>The value, when it is finite and 0 or more.</summary>
    public static float RequireFinite(float value, string name) => value >= 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of 0 or more.");

    /// <summary>The value, when it is null or above 0; infinity is.</summary>
    public static float? RequirePositive(float? value, string name) => value is null or > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a number above 0, or null.");

    /// <summary>The value, when it is finite and above 0: what is added to divisors.</summary>
    public static float RequireEpsilon(float value, string name) => value > 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    /// <summary>The value, when it is from 0 to below 1: the factor of a moving average.</summary>
    public static double RequireFraction(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 to below 1.");
}
