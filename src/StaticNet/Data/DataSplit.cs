using System.Collections.Immutable;
using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>Divides the samples of a source into parts of given fractions or into folds for cross-validation, at random, by
/// groups, or by time.</summary>
/// <remarks>
/// The results are numbers of samples, for <see cref="DataSource.Subset"/>; the source does not change. If stratified, every
/// class is divided in the same proportions: the class is the target itself where it is one number, and the index of the largest
/// where it is several.
/// </remarks>
public static partial class DataSplit
{
    /// <summary>Divides samples into parts; together they are all samples, each once.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="fractions">The fractions of all parts except the last, which gets the rest; each 0 to 1, together at most 1.</param>
    /// <param name="seed">The same seed produces the same division.</param>
    /// <param name="stratified">Whether every class is divided in the same proportions.</param>
    /// <returns>The numbers of each part's samples, in random order: one more part than fractions.</returns>
    /// <exception cref="ArgumentException">A fraction is not allowed, or stratified without targets.</exception>
    public static ImmutableArray<ImmutableArray<int>> Divide(
        DataSource data, ReadOnlySpan<double> fractions, ulong seed, bool stratified = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rest = 1.0;
        var (shuffled, row) = Shuffle(data, seed, stratified);
        var parts = new int[data.Count];
        for (var part = 0; part < fractions.Length; part++)
        {
            var fraction = fractions[part];
            RequireFraction(fraction, rest);
            row = TakeShare(row, rest > 0 ? Math.Min(1, fraction / rest) : 0, parts, part);
            rest = Math.Max(0, rest - fraction);
        }
        foreach (var sample in row)
            parts[sample] = fractions.Length;
        return [.. Enumerable.Range(0, fractions.Length + 1).Select(part => shuffled.Where(sample => parts[sample] == part).ToImmutableArray())];
    }

    /// <summary>
    /// Divides samples into folds for cross-validation: every sample is used for validation in exactly one fold and for training
    /// in all others. The folds' sizes, and their counts of each class if stratified, differ by at most one.
    /// </summary>
    /// <param name="data">The samples, at least as many as folds.</param>
    /// <param name="count">The number of folds, 2 or more.</param>
    /// <param name="seed">The same seed produces the same folds.</param>
    /// <param name="stratified">Whether every class is divided among the folds equally.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="ArgumentException">There are too few folds or samples, or stratified without targets.</exception>
    public static ImmutableArray<DataFold> Folds(DataSource data, int count, ulong seed, bool stratified = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (count < 2 || count > data.Count)
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"Expected 2 folds or more, at most one for each of {data.Count} samples.");
        var (shuffled, row) = Shuffle(data, seed, stratified);
        var folds = new int[data.Count];
        for (var k = 0; k < row.Length; k++)
            folds[row[k]] = k % count;
        return
        [
            .. Enumerable.Range(0, count).Select(fold => new DataFold(
                [.. shuffled.Where(sample => folds[sample] != fold)],
                [.. shuffled.Where(sample => folds[sample] == fold)])),
        ];
    }

    /// <summary>The samples in random order, and the row to divide: the same or, stratified, sorted by class.</summary>
    private static (int[] Shuffled, int[] Row) Shuffle(DataSource data, ulong seed, bool stratified)
    {
        if (stratified && data.TargetLength == 0)
            throw new ArgumentException("Expected targets to divide by; these samples have none.", nameof(stratified));
        var shuffled = Shuffled(data.Count, seed);
        if (!stratified)
            return (shuffled, shuffled);
        var classes = data.ReadClasses();
        return (shuffled, [.. shuffled.OrderBy(sample => classes[sample])]);
    }

    /// <summary>Assigns a fraction of the row to a part and returns the others.</summary>
    private static int[] TakeShare(int[] row, double fraction, int[] parts, int part)
    {
        // Every k-th sample of the row is taken wherever the rounded share of k steps up: the first of a shuffled row would do as
        // well, but this also divides each run of one class when the row is sorted by class.
        var others = new List<int>(row.Length);
        for (var k = 0; k < row.Length; k++)
        {
            if (RoundedShare(k + 1, fraction) > RoundedShare(k, fraction))
                parts[row[k]] = part;
            else
                others.Add(row[k]);
        }
        return [.. others];
    }

    private static void RequireFraction(double fraction, double rest)
    {
        // A little over 1 is the rounding of fractions such as 0.7 + 0.2 + 0.1.
        if (!(fraction >= 0 && fraction <= rest + 1e-9))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, $"Expected a fraction from 0 to {rest}, which is what is left.");
    }

    private static long RoundedShare(int count, double fraction) => (long)Math.Floor((count * fraction) + 0.5);
}

/// <summary>One fold of a cross-validation; see <see cref="DataSplit.Folds"/>.</summary>
/// <param name="Training">The numbers of the samples to train with, in random order.</param>
/// <param name="Validation">The numbers of the samples to validate with, in random order.</param>
public sealed record DataFold(ImmutableArray<int> Training, ImmutableArray<int> Validation);
