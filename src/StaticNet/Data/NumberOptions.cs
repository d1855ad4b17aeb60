using System.Collections.ObjectModel;

namespace StaticNet.Data;

/// <summary>How numbers of 32 and 64 bits in a .npy or IDX file become floats, which have 24 bits.</summary>
/// <remarks>
/// A column is a place within a sample, given by its index from 0 in row-major order over all axes but the first. An array with
/// one axis has only column 0.
/// </remarks>
/// <example>Time stamps of 10 digits, which would be 128 seconds apart, as hours since the first one:
/// <code>
/// var hours = new NumberOptions
/// {
///     Offsets = new Dictionary&lt;int, double&gt; { [0] = 1_700_000_000 },
///     Scales = new Dictionary&lt;int, double&gt; { [0] = 1 / 3600.0 },
/// };
/// var data = DataSet.FromNpy("times.npy", "targets.npy", inputNumbers: hours);
/// </code></example>
public sealed record NumberOptions
{
    /// <summary>The number that is subtracted from each number of a column before it becomes a float; finite. Columns that are not named: 0.</summary>
    public IReadOnlyDictionary<int, double> Offsets { get; init; } = ReadOnlyDictionary<int, double>.Empty;

    /// <summary>A factor by which each number of a column is then multiplied; finite and not 0. Columns that are not named:
    /// 1.</summary>
    public IReadOnlyDictionary<int, double> Scales { get; init; } = ReadOnlyDictionary<int, double>.Empty;

    /// <summary>
    /// Where warnings are written, about columns (among the first 4,096) whose numbers differ by less than float32 can
    /// distinguish. Default: the standard error stream; <see cref="TextWriter.Null"/> for none.
    /// </summary>
    public TextWriter Warnings { get; init; } = Console.Error;

    /// <summary>Checks the options for a file whose samples have some columns.</summary>
    /// <exception cref="ArgumentException">A column does not exist, a value is outside its range, or there is no writer.</exception>
    internal void Check(int columns)
    {
        if (Offsets is null || Scales is null || Warnings is null)
            throw new ArgumentException($"Expected {nameof(Offsets)}, {nameof(Scales)} and {nameof(Warnings)} that are not null; TextWriter.Null is for no warnings.");
        foreach (var (column, _) in Offsets.Concat(Scales))
        {
            if (column < 0 || column >= columns)
                throw new ArgumentException($"Expected indices from 0 to {columns - 1}, the places within a sample; {nameof(NumberOptions)} has {column}.");
        }

        foreach (var (column, offset) in Offsets)
        {
            if (!double.IsFinite(offset))
                throw new ArgumentException($"Expected finite offsets; that of index {column} is {offset}.");
        }

        foreach (var (column, scale) in Scales)
        {
            if (!double.IsFinite(scale) || scale == 0)
                throw new ArgumentException($"Expected finite scales other than 0; that of index {column} is {scale}.");
        }
    }
}
