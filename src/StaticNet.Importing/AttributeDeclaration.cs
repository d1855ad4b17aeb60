using System.Collections.Immutable;

namespace StaticNet.Importing;

/// <summary>One attribute of a declaration: its name and its arguments.</summary>
/// <param name="Name">The attribute's name without its ending, such as <c>Dense</c>.</param>
/// <param name="Positional">The arguments of its constructor, in order; <see cref="Literal.Of(object)"/> lists what they can be.</param>
public sealed record AttributeDeclaration(string Name, ImmutableArray<object> Positional)
{
    private ImmutableArray<KeyValuePair<string, object>> _named = [];

    /// <summary>Declares an attribute with the arguments of its constructor.</summary>
    /// <param name="name">The attribute's name without its ending.</param>
    /// <param name="positional">The arguments of its constructor, in order.</param>
    public AttributeDeclaration(string name, params ReadOnlySpan<object> positional)
        : this(name, ImmutableArray.Create(positional))
    {
    }

    /// <summary>A remark for the line above the attribute; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>The properties that are set, in the order in which they were added.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Named => _named;

    /// <summary>The value of a property.</summary>
    /// <param name="property">Its name.</param>
    /// <returns>The value, or null if the property is not set.</returns>
    public object? this[string property] => _named.FirstOrDefault(argument => argument.Key == property).Value;

    /// <summary>The same attribute with a property set.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A copy, in which the property has its old place, or else the last.</returns>
    public AttributeDeclaration With(string property, object value)
    {
        var argument = KeyValuePair.Create(property, value);
        var place = Enumerable.Range(0, _named.Length).FirstOrDefault(index => _named[index].Key == property, -1);
        return this with { _named = place < 0 ? _named.Add(argument) : _named.SetItem(place, argument) };
    }

    /// <summary>The same attribute with a property set if its value is not the default.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="defaultValue">The value that the property has if nothing is written.</param>
    /// <returns>A copy, or the attribute itself.</returns>
    public AttributeDeclaration With<T>(string property, T value, T defaultValue)
        where T : notnull => EqualityComparer<T>.Default.Equals(value, defaultValue) ? this : With(property, value);

    /// <summary>The same attribute with a property not set.</summary>
    /// <param name="property">Its name.</param>
    /// <returns>A copy.</returns>
    public AttributeDeclaration Without(string property) => this with { _named = _named.RemoveAll(argument => argument.Key == property) };

    /// <summary>The attribute as C#, in brackets.</summary>
    public override string ToString()
    {
        var arguments = string.Join(", ", [.. Positional.Select(Literal.Of), .. _named.Select(argument => $"{argument.Key} = {Literal.Of(argument.Value)}")]);
        return arguments.Length == 0 ? $"[{Name}]" : $"[{Name}({arguments})]";
    }

    /// <summary>Whether both are written alike.</summary>
    /// <param name="other">Another attribute.</param>
    public bool Equals(AttributeDeclaration? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
