using System.Globalization;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>A call in Python code whose arguments are literals and other calls: <c>nn.Conv2d(3, 16, kernel_size=(3, 3))</c>.</summary>
/// <param name="Name">The last part of the function's name.</param>
/// <param name="Positional">The arguments without a name.</param>
/// <param name="Named">The arguments with one.</param>
internal sealed record PythonCall(string Name, IReadOnlyList<PythonValue> Positional, IReadOnlyDictionary<string, PythonValue> Named)
{
    /// <summary>An argument; null if it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Its place among those without names; −1 if it has none.</param>
    public PythonValue? Find(string name, int place = -1) =>
        Named.TryGetValue(name, out var value) ? value : place >= 0 && place < Positional.Count ? Positional[place] : null;

    /// <summary>A whole number, or the fallback.</summary>
    public int Integer(string name, int place, int fallback) => Find(name, place) is { } value ? value.Integer : fallback;

    /// <summary>One number for both axes, or two; none if it is not given.</summary>
    public int[] Pair(string name, int place, int fallback) => Find(name, place) is not { } value ? [fallback, fallback]
        : value.Items is { } items ? [.. items.Select(item => item.Integer)] : [value.Integer, value.Integer];

    /// <summary>Whether an argument is <c>False</c>.</summary>
    public bool IsFalse(string name, int place = -1) => Find(name, place) is { Text: "False" };
}

/// <summary>A literal, a list of values, or a call.</summary>
/// <param name="Text">A number or a word as it is written, a string without quotes; empty for the others.</param>
/// <param name="Items">The items of a tuple or a list.</param>
/// <param name="Call">The call.</param>
internal sealed record PythonValue(string Text, IReadOnlyList<PythonValue>? Items = null, PythonCall? Call = null)
{
    /// <summary>The whole number.</summary>
    /// <exception cref="FormatException">The value is not one.</exception>
    public int Integer => int.Parse(Text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The number.</summary>
    /// <exception cref="FormatException">The value is not one.</exception>
    public double Number => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
