namespace StaticNet.CodeFixes.Sequential;

/// <summary>A call in Python code whose arguments are literals and other calls: <c>nn.Conv2d(3, 16, kernel_size=(3, 3))</c>.</summary>
/// <param name="name">The last part of the function's name.</param>
/// <param name="positional">The arguments without a name.</param>
/// <param name="named">The arguments with one.</param>
internal sealed class PythonCall(string name, IReadOnlyList<PythonValue> positional, IReadOnlyDictionary<string, PythonValue> named)
{
    private readonly HashSet<PythonValue> _unread = [.. positional, .. named.Values];

    /// <summary>The last part of the function's name.</summary>
    public string Name { get; } = name;

    /// <summary>The arguments without a name.</summary>
    public IReadOnlyList<PythonValue> Positional { get; } = positional;

    /// <summary>Whether there are arguments that nobody has asked for, so nobody knows what they mean.</summary>
    public bool HasUnread => _unread.Count > 0;

    /// <summary>The names of the arguments that have one.</summary>
    public IEnumerable<string> Names => named.Keys;

    /// <summary>An argument, which then counts as read; null if it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Its place among those without names; −1 if it has none.</param>
    public PythonValue? Find(string name, int place = -1)
    {
        if (!named.TryGetValue(name, out var value) && place >= 0 && place < Positional.Count)
            value = Positional[place];
        if (value is not null)
            _unread.Remove(value);
        return value;
    }

    /// <summary>A whole number of at least 1.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Its place.</param>
    /// <param name="standard">What it is if it is not given; null if it must be.</param>
    /// <exception cref="FormatException">The argument is something else.</exception>
    public int Count(string name, int place, int? standard = null) => Find(name, place) is { } value ? AtLeast(1, value.Integer) : standard ?? throw new FormatException();

    /// <summary>One number for both axes, or two.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Its place.</param>
    /// <param name="least">The least that they may be.</param>
    /// <param name="standard">What both are if they are not given, or <c>None</c>; null if they must be.</param>
    /// <exception cref="FormatException">The argument is something else.</exception>
    public (int Height, int Width) Pair(string name, int place, int least, int? standard = null) => Find(name, place) switch
    {
        null or { Text: "None" } => standard is { } number ? (number, number) : throw new FormatException(),
        { Items: { Count: 2 } items } => (AtLeast(least, items[0].Integer), AtLeast(least, items[1].Integer)),
        { Items: null } value when AtLeast(least, value.Integer) is var both => (both, both),
        _ => throw new FormatException(),
    };

    /// <summary>A number, or the standard if it is not given.</summary>
    /// <exception cref="FormatException">The argument is something else.</exception>
    public double Number(string name, int place, double standard) => Find(name, place)?.Number ?? standard;

    /// <summary><c>True</c> or <c>False</c>, or the standard if it is not given.</summary>
    /// <exception cref="FormatException">The argument is something else.</exception>
    public bool Flag(string name, int place, bool standard) => Find(name, place) switch
    {
        null => standard,
        { Text: "True" } => true,
        { Text: "False" } => false,
        _ => throw new FormatException(),
    };

    private static int AtLeast(int least, int number) => number >= least ? number : throw new FormatException();
}
