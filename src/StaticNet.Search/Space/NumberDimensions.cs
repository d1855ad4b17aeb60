using System.Globalization;
using System.Text.Json;

namespace StaticNet.Search;

/// <summary>Numbers from one to another, as likely everywhere: momentum, a rate of dropout.</summary>
public sealed class UniformDimension : Dimension<double>
{
    private readonly double _minimum;
    private readonly double _maximum;

    /// <summary>Makes the dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="minimum">The smallest value, finite.</param>
    /// <param name="maximum">The largest value, finite and larger.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not finite, or not in this order.</exception>
    public UniformDimension(string name, double minimum, double maximum)
        : base(name)
    {
        Bounds.Require(name, minimum, maximum);
        (_minimum, _maximum) = (minimum, maximum);
    }

    /// <inheritdoc/>
    public override int? Count => null;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <inheritdoc/>
    public override string ToString() => Bounds.Text(_minimum, _maximum);

    internal override double FromUnit(double unit) => Math.Clamp(_minimum + (unit * (_maximum - _minimum)), _minimum, _maximum);

    internal override double ToUnit(double value) => (value - _minimum) / (_maximum - _minimum);

    internal override string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    internal override string ExactText(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal override void Write(Utf8JsonWriter json, double value) => json.WriteNumberValue(value);

    internal override bool TryRead(JsonElement json, out double value) => Bounds.TryRead(json, _minimum, _maximum, out value);

    internal override double ValueOf(double number) => number;

    private protected override double NumberOf(double value) => Bounds.Within(Name, value, _minimum, _maximum);
}

/// <summary>Positive numbers over orders of magnitude, each order as likely: learning rates, weight decay.</summary>
public sealed class LogDimension : Dimension<double>
{
    private readonly double _minimum;
    private readonly double _maximum;

    /// <summary>Makes the dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="minimum">The smallest value, above 0.</param>
    /// <param name="maximum">The largest value, finite and larger.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not positive and finite, or not in this order.</exception>
    public LogDimension(string name, double minimum, double maximum)
        : base(name)
    {
        if (!(minimum > 0))
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum, $"Expected a smallest {name} above 0, because its scale is logarithmic.");
        Bounds.Require(name, minimum, maximum);
        (_minimum, _maximum) = (minimum, maximum);
    }

    /// <inheritdoc/>
    public override int? Count => null;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <inheritdoc/>
    public override string ToString() => $"{Bounds.Text(_minimum, _maximum)}, logarithmic";

    internal override double FromUnit(double unit) => Math.Clamp(Math.Pow(_minimum, 1 - unit) * Math.Pow(_maximum, unit), _minimum, _maximum);

    // Of logarithms, because the ratio of the bounds can be too large for a number.
    internal override double ToUnit(double value) => (Math.Log(value) - Math.Log(_minimum)) / (Math.Log(_maximum) - Math.Log(_minimum));

    internal override string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    internal override string ExactText(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal override void Write(Utf8JsonWriter json, double value) => json.WriteNumberValue(value);

    internal override bool TryRead(JsonElement json, out double value) => Bounds.TryRead(json, _minimum, _maximum, out value);

    internal override double ValueOf(double number) => number;

    private protected override double NumberOf(double value) => Bounds.Within(Name, value, _minimum, _maximum);
}

/// <summary>Whole numbers from one to another: samples of a batch, epochs.</summary>
public sealed class IntegerDimension : Dimension<int>
{
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly bool _isLogarithmic;

    /// <summary>Makes the dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="minimum">The smallest value.</param>
    /// <param name="maximum">The largest value, which is larger.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not in this order, or more than 2³¹ − 1 apart.</exception>
    public IntegerDimension(string name, int minimum, int maximum)
        : base(name)
    {
        Bounds.Require(name, minimum, maximum);
        if ((long)maximum - minimum >= int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, $"Expected at most {int.MaxValue} values of {name}; from {minimum} on there are more.");
        (_minimum, _maximum) = (minimum, maximum);
    }

    /// <summary>Whether each order of magnitude is as likely, as with <see cref="LogDimension"/>; the smallest value must be 1 or more then.
    /// Default: false.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The smallest value is under 1.</exception>
    public bool IsLogarithmic
    {
        get => _isLogarithmic;
        init => _isLogarithmic = !value || _minimum >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(IsLogarithmic), value, $"Expected a smallest {Name} of 1 or more for a logarithmic scale; it is {_minimum}.");
    }

    /// <inheritdoc/>
    public override int? Count => _maximum - _minimum + 1;

    /// <inheritdoc/>
    public override bool IsOrdered => true;

    /// <summary>A condition: a value of at least so much.</summary>
    /// <param name="value">The smallest value with which it holds.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The dimension does not have this value.</exception>
    public Condition AtLeast(int value)
    {
        var least = NumberOf(value);
        return new Condition(this, string.Create(CultureInfo.InvariantCulture, $"is at least {value}"), number => number >= least);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Bounds.Text(_minimum, _maximum)}, whole{(IsLogarithmic ? ", logarithmic" : "")}";

    internal override double FromUnit(double unit)
    {
        var (low, high) = (_minimum - 0.5, _maximum + 0.5);
        var place = IsLogarithmic ? low * Math.Pow(high / low, unit) : low + (unit * (high - low));
        return Math.Clamp(Math.Round(place), _minimum, _maximum);
    }

    internal override double ToUnit(double value)
    {
        var (low, high) = (_minimum - 0.5, _maximum + 0.5);
        return IsLogarithmic ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
    }

    internal override string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    internal override void Write(Utf8JsonWriter json, double value) => json.WriteNumberValue((int)value);

    internal override bool TryRead(JsonElement json, out double value) =>
        Bounds.TryRead(json, _minimum, _maximum, out value) && value == Math.Floor(value);

    internal override int ValueOf(double number) => (int)number;

    private protected override double NumberOf(int value) => Bounds.Within(Name, value, _minimum, _maximum);
}

/// <summary>What dimensions with a smallest and a largest value share.</summary>
internal static class Bounds
{
    public static void Require(string name, double minimum, double maximum)
    {
        if (!double.IsFinite(minimum) || !double.IsFinite(maximum - minimum) || !(minimum < maximum))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximum), maximum, string.Create(CultureInfo.InvariantCulture, $"Expected finite bounds of {name}, the smaller one first; they are {minimum} and {maximum}."));
        }
    }

    public static double Within(string name, double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected a {name} of {Text(minimum, maximum)}.");

    public static bool TryRead(JsonElement json, double minimum, double maximum, out double value)
    {
        value = double.NaN;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value) && value >= minimum && value <= maximum;
    }

    public static string Text(double minimum, double maximum) => string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}");
}
