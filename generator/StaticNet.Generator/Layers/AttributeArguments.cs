using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>
/// The arguments of an attribute, without symbols: positional ones by their parameter's name, named ones by their property's.
/// A value that is absent or of another type reads as its fallback, which is one of the library's <see cref="Defaults"/>
/// or its type's own (an attribute's initialisers are invisible to a generator).
/// </summary>
/// <param name="title">The attribute's name without its ending, for messages.</param>
/// <param name="values">Numbers, booleans, strings, the numbers of enum members, and arrays of those.</param>
internal sealed class AttributeArguments(string title, IReadOnlyDictionary<string, object?> values)
{
    private readonly List<ArgumentFault> _faults = [];

    /// <summary>The attribute's name without its ending.</summary>
    public string Title => title;

    /// <summary>What was wrong with the values that have been read.</summary>
    public IReadOnlyList<ArgumentFault> Faults => _faults;

    public int Int32(string name, int fallback = 0) => Value(name, fallback);

    public float Single(string name, float fallback = 0) => Value(name, fallback);

    public double Double(string name, double fallback = 0) => Value(name, fallback);

    public bool Boolean(string name, bool fallback = false) => Value(name, fallback);

    public string? Text(string name) => Find(name) as string;

    /// <summary>Whether an argument is given.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A member of an enum, the first where none is given; another number is a fault.</summary>
    public TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Find(name) is not int number)
            return default;
        if (Enum.IsDefined(typeof(TEnum), number))
            return (TEnum)(object)number;

        var members = Enum.GetNames(typeof(TEnum));
        _faults.Add(new ArgumentFault(name, $"{members[0]} to {members[members.Length - 1]}", Invariant.Text(number)));
        return default;
    }

    /// <summary>Refuses an argument that has no meaning here, though the attribute's base class has it.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="why">Why it has none.</param>
    public void Refuse<TEnum>(string name, string why)
        where TEnum : struct, Enum
    {
        if (Find(name) is int number)
            _faults.Add(new ArgumentFault(name, $"left out, since {why}", ((TEnum)(object)number).ToString()));
    }

    /// <summary>Sizes; null reads as none.</summary>
    public EquatableArray<int> Sizes(string name) => Items(name).OfType<int>().ToEquatableArray();

    /// <summary>Numbers; null where none are given.</summary>
    public EquatableArray<float>? Numbers(string name) => Find(name) is object?[] items ? items.OfType<float>().ToEquatableArray() : null;

    /// <summary>Names; null reads as none, but a null among them is a fault.</summary>
    public EquatableArray<string> Names(string name)
    {
        var items = Items(name);
        if (items.Contains(null))
            _faults.Add(new ArgumentFault(name, "names of layers", "null"));
        return items.OfType<string>().ToEquatableArray();
    }

    private T Value<T>(string name, T fallback) => Find(name) is T value ? value : fallback;

    private object?[] Items(string name) => Find(name) as object?[] ?? [];

    private object? Find(string name) => values.TryGetValue(name, out var value) ? value : null;
}
