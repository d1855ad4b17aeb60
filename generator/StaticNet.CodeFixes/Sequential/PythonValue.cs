using System.Globalization;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>A literal, a list of values, or a call.</summary>
/// <param name="text">A number or a word as it is written, a string without quotes; empty for the others.</param>
/// <param name="items">The items of a tuple or a list.</param>
/// <param name="call">The call.</param>
/// <remarks>Two values are never equal, even if they are written alike.</remarks>
internal sealed class PythonValue(string text, IReadOnlyList<PythonValue>? items = null, PythonCall? call = null)
{
    /// <summary>A number or a word as it is written, a string without quotes; empty for the others.</summary>
    public string Text { get; } = text;

    /// <summary>The items of a tuple or a list; null for the others.</summary>
    public IReadOnlyList<PythonValue>? Items { get; } = items;

    /// <summary>The call; null for the others.</summary>
    public PythonCall? Call { get; } = call;

    /// <summary>The whole number, which is not negative.</summary>
    /// <exception cref="FormatException">The value is not one.</exception>
    public int Integer => int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException();

    /// <summary>The number.</summary>
    /// <exception cref="FormatException">The value is not one that single precision holds.</exception>
    public double Number => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= float.MaxValue ? number : throw new FormatException();
}
