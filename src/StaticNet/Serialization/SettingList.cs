using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace StaticNet.Serialization;

/// <summary>Settings as texts under names with dots: <c>optimizer.beta1</c> is <c>0.9</c>. Numbers are written to the
/// bit.</summary>
/// <remarks>A missing number is <c>none</c>. Many numbers together are their count and a hash.</remarks>
public sealed class SettingList
{
    private const string None = "none";

    /// <summary>The most numbers that are written one by one.</summary>
    private const int MostNumbers = 16;

    private readonly IDictionary<string, string> _entries;
    private readonly string _prefix;

    /// <summary>Makes a list.</summary>
    /// <param name="entries">The dictionary for the texts.</param>
    public SettingList(IDictionary<string, string> entries)
        : this(entries, "")
    {
    }

    private SettingList(IDictionary<string, string> entries, string prefix)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = entries;
        _prefix = prefix;
    }

    /// <summary>Adds a text; null for none.</summary>
    /// <param name="name">The name; an existing one gets the new text.</param>
    /// <param name="text">The text.</param>
    public void Add(string name, string? text)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _entries[_prefix + name] = text ?? None;
    }

    /// <summary>Adds a number or the like; null for none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="number">The number.</param>
    public void Add(string name, IFormattable? number) => Add(name, number?.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Adds a choice; null for none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="choice">The choice.</param>
    public void Add(string name, bool? choice) => Add(name, choice is null ? null : choice.Value ? "yes" : "no");

    /// <summary>Adds numbers: one by one, or beyond sixteen their count and a hash of their bits.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="numbers">The numbers.</param>
    public void Add<T>(string name, ReadOnlySpan<T> numbers)
        where T : unmanaged, IFormattable
    {
        if (numbers.Length > MostNumbers)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers)).AsSpan(0, 8));
            Add(name, string.Create(CultureInfo.InvariantCulture, $"{numbers.Length} numbers ({hash})"));
            return;
        }

        var texts = new string[numbers.Length];
        for (var index = 0; index < texts.Length; index++)
            texts[index] = numbers[index].ToString(null, CultureInfo.InvariantCulture);
        Add(name, texts.Length == 0 ? null : string.Join(", ", texts));
    }

    /// <summary>Adds the class of an object and, if it is <see cref="IDescribed"/>, its settings, as <c>name.setting</c>; null
    /// for none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="part">The object to describe.</param>
    public void AddPart(string name, object? part)
    {
        Add(name, part?.GetType().Name);
        (part as IDescribed)?.Describe(new SettingList(_entries, $"{_prefix}{name}."));
    }
}
