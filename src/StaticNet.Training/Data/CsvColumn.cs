namespace StaticNet.Training;

/// <summary>A column of a CSV file, by its place (<c>0</c>, <c>^1</c> for the last) or by its name in the header.</summary>
public readonly struct CsvColumn
{
    private readonly Index _index;
    private readonly double? _scale;

    /// <summary>The column at a place, counted from the start or from the end.</summary>
    public CsvColumn(Index index) => _index = index;

    /// <summary>The column of that name, compared ordinally.</summary>
    public CsvColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The name, or null if the column is given by its place.</summary>
    public string? Name { get; }

    /// <summary>The number that is subtracted from each number, before it becomes a float; finite. Default: 0.</summary>
    /// <remarks>Float32 has 24 bits: time stamps of 10 digits are 128 seconds apart. Subtract the first one.</remarks>
    public double Offset { get; init; }

    /// <summary>A factor by which each number is then multiplied; finite and not 0. Default: 1.</summary>
    public double Scale
    {
        get => _scale ?? 1;
        init => _scale = value;
    }

    /// <summary>The column at a place from 0.</summary>
    public static implicit operator CsvColumn(int index) => new(new Index(index));

    /// <summary>The column at a place, counted from the start or from the end.</summary>
    public static implicit operator CsvColumn(Index index) => new(index);

    /// <summary>The column of that name.</summary>
    public static implicit operator CsvColumn(string name) => new(name);

    /// <summary>The name or the place.</summary>
    public override string ToString() => Name is null ? _index.ToString() : $"'{Name}'";

    /// <summary>The name or the index, for a message.</summary>
    internal string Describe() => Name is null ? $"at index {_index}{(_index.IsFromEnd ? "" : ", counted from 0")}" : $"'{Name}'";

    /// <summary>The place from 0 in a file of <paramref name="count"/> columns, or −1 if there is no such column.</summary>
    internal int Find(int count, string[]? header)
    {
        var place = Name is null ? _index.GetOffset(count) : Array.IndexOf(header ?? [], Name);
        return (uint)place < (uint)count ? place : -1;
    }
}
