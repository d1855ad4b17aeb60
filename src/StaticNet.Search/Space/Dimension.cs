using System.Text.Json;

namespace StaticNet.Search;

/// <summary>One choice of a search, such as the learning rate: its name, and the values it can have.</summary>
/// <remarks>
/// Search methods know a dimension as numbers from 0 to 1, from its first value to its last one, whatever its type and scale;
/// an objective gets its values, typed: <see cref="Trial.Get{T}"/>.
/// </remarks>
public abstract class Dimension
{
    private protected Dimension(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Its name, in reports and journals.</summary>
    public string Name { get; }

    /// <summary>When the dimension plays a part; null (the default): in every trial.</summary>
    public Condition? When { get; init; }

    /// <summary>The number of different values; null where there is a continuum.</summary>
    public abstract int? Count { get; }

    /// <summary>Whether neighbouring numbers are similar values; false for a choice among names.</summary>
    public abstract bool IsOrdered { get; }

    /// <summary>What it can be, in words: <c>0.0001 to 0.1, logarithmic</c>.</summary>
    /// <returns>The text, without the name.</returns>
    public abstract override string ToString();

    /// <summary>The value at a place from 0 to 1; of a choice, its index.</summary>
    internal abstract double FromUnit(double unit);

    /// <summary>The place of a value, from 0 to 1: in the middle of its share, where values are counted.</summary>
    internal abstract double ToUnit(double value);

    /// <summary>The value as a person reads it.</summary>
    internal abstract string Text(double value);

    /// <summary>The value with all its digits.</summary>
    internal virtual string ExactText(double value) => Text(value);

    internal abstract void Write(Utf8JsonWriter json, double value);

    internal abstract bool TryRead(JsonElement json, out double value);
}

/// <summary>A dimension whose values have a type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class Dimension<T> : Dimension
{
    private protected Dimension(string name)
        : base(name)
    {
    }

    /// <summary>A value of this dimension, for a trial of your own; see <see cref="SearchOptions.FirstTrials"/>.</summary>
    /// <param name="value">One of its values.</param>
    /// <returns>The dimension with the value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The dimension does not have this value.</exception>
    public DimensionValue At(T value) => new(this, NumberOf(value));

    /// <summary>The value as a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension does not have this value.</exception>
    private protected abstract double NumberOf(T value);

    internal abstract T ValueOf(double number);
}

/// <summary>A dimension with one of its values, made by <see cref="Dimension{T}.At"/>.</summary>
public readonly record struct DimensionValue
{
    internal DimensionValue(Dimension dimension, double value) => (Dimension, Value) = (dimension, value);

    /// <summary>The dimension.</summary>
    public Dimension Dimension { get; }

    internal double Value { get; }

    /// <summary>The name and the value: <c>learning_rate 0.003</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Dimension.Name} {Dimension.Text(Value)}";
}

/// <summary>When a dimension plays a part: only with certain values of another one.</summary>
public sealed class Condition
{
    private readonly Func<double, bool> _holds;

    internal Condition(Dimension on, string text, Func<double, bool> holds) => (On, Text, _holds) = (on, text, holds);

    /// <summary>The dimension on which it depends, which comes before the dependent one in the space.</summary>
    public Dimension On { get; }

    internal string Text { get; }

    /// <summary>The condition in words: <c>optimizer is sgd</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{On.Name} {Text}";

    /// <summary>Whether it holds, given the value of the other dimension; NaN if that plays no part itself.</summary>
    internal bool Holds(double value) => !double.IsNaN(value) && _holds(value);
}
