using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace StaticNet.Search;

/// <summary>One of several alternatives without an order: an optimizer, a network.</summary>
/// <typeparam name="T">Their type. In reports and journals an alternative is its text, <see cref="object.ToString"/>.</typeparam>
/// <example><code>
/// var optimizer = new ChoiceDimension&lt;string&gt;("optimizer", ["adam", "sgd"]);
/// var momentum = new UniformDimension("momentum", 0, 0.99) { When = optimizer.Is("sgd") };
/// </code></example>
public sealed class ChoiceDimension<T> : Dimension<T>
    where T : notnull
{
    private readonly ImmutableArray<T> _alternatives;
    private readonly ImmutableArray<string> _texts;

    /// <summary>Makes the dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="alternatives">Two or more, with different texts.</param>
    /// <exception cref="ArgumentException">There are fewer, or two have the same text.</exception>
    public ChoiceDimension(string name, params T[] alternatives)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        if (alternatives.Length < 2)
            throw new ArgumentException($"Expected two or more alternatives of {name}; there are {alternatives.Length}.", nameof(alternatives));
        _alternatives = [.. alternatives];
        _texts = [.. alternatives.Select(alternative => Convert.ToString(alternative, CultureInfo.InvariantCulture) ?? "")];
        if (_texts.GroupBy(text => text, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Expected alternatives of {name} with different texts; '{twice.Key}' is there twice.", nameof(alternatives));
    }

    /// <inheritdoc/>
    public override int? Count => _alternatives.Length;

    /// <inheritdoc/>
    public override bool IsOrdered => false;

    /// <summary>A condition: one of these alternatives.</summary>
    /// <param name="alternatives">One or more of them.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The dimension does not have such an alternative.</exception>
    public Condition Is(params T[] alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        var places = ImmutableHashSet<double>.Empty;
        var texts = new List<string>();
        foreach (var alternative in alternatives)
        {
            var place = NumberOf(alternative);
            places = places.Add(place);
            texts.Add(Text(place));
        }

        return new Condition(this, $"is {string.Join(" or ", texts)}", places.Contains);
    }

    /// <inheritdoc/>
    public override string ToString() => $"one of {string.Join(", ", _texts)}";

    internal override double FromUnit(double unit) => Math.Clamp(Math.Floor(unit * _alternatives.Length), 0, _alternatives.Length - 1);

    internal override double ToUnit(double value) => (value + 0.5) / _alternatives.Length;

    internal override string Text(double value) => _texts[(int)value];

    internal override void Write(Utf8JsonWriter json, double value) => json.WriteStringValue(Text(value));

    internal override bool TryRead(JsonElement json, out double value)
    {
        var index = json.ValueKind == JsonValueKind.String ? _texts.IndexOf(json.GetString()!) : -1;
        value = index;
        return index >= 0;
    }

    internal override T ValueOf(double number) => _alternatives[(int)number];

    private protected override double NumberOf(T value)
    {
        var index = _alternatives.IndexOf(value);
        return index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected a {Name} that is {this}.");
    }
}
