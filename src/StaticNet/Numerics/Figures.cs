namespace StaticNet.Numerics;

/// <summary>The checks of the figures that optimizers and schedules take.</summary>
internal static class Figures
{
    /// <summary>The value, or null, when it is null or finite and 0 or more.</summary>
    public static float? RequireFinite(float? value, string name) => value is { } number ? RequireFinite(number, name) : null;

    /// <summary>The value, when it is finite and 0 or more.</summary>
    public static float RequireFinite(float value, string name) => value >= 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of 0 or more.");

    /// <summary>The value, when it is null or above 0; infinity is.</summary>
    public static float? RequireLimit(float? value, string name) => value is null or > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a number above 0, or null.");

    /// <summary>The value, when it is finite and above 0.</summary>
    public static float RequireFinitePositive(float value, string name) => value > 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    /// <summary>The value, when it is from at least 0 and less than 1: the factor of a moving average.</summary>
    public static double RequireFraction(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a number of at least 0 and less than 1.");

    /// <summary>The value, when it is from 0 to 1, both included.</summary>
    public static float RequireShare(float value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 to 1.");

    /// <summary>The value, when it is 1 or more: a number of steps.</summary>
    public static long RequireSteps(long value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected 1 step or more.");
}
