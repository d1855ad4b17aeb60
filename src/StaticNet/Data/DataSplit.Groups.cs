using System.Collections.Immutable;
using StaticNet.Numerics;

namespace StaticNet.Data;

/// <content>Divisions that keep groups together, or divide by time.</content>
public static partial class DataSplit
{
    /// <summary>
    /// Divides samples into parts so that no group is in two of them, such as all photographs of one person or all rows of one
    /// patient. Otherwise, memorising a group would look like a good result.
    /// </summary>
    /// <typeparam name="TGroup">What identifies a group.</typeparam>
    /// <param name="groups">The group of each sample.</param>
    /// <param name="fractions">The fractions of all parts except the last, which gets the rest; each 0 to 1, together at most 1.
    /// Parts match them as closely as whole groups allow.</param>
    /// <param name="seed">The same seed produces the same division.</param>
    /// <returns>The numbers of each part's samples, in random order: one more part than fractions. A part whose fraction is above
    /// 0 is not empty.</returns>
    /// <exception cref="ArgumentException">A fraction is not allowed, or there are fewer groups than parts.</exception>
    public static ImmutableArray<ImmutableArray<int>> DivideByGroup<TGroup>(IReadOnlyList<TGroup> groups, ReadOnlySpan<double> fractions, ulong seed)
        where TGroup : notnull
    {
        var members = Members(groups);
        var wanted = Shares(fractions);
        var empty = wanted.Count(share => share > 0);
        if (members.Count < empty)
            throw new ArgumentException($"Expected at least one group for each part; there are {members.Count} groups and {empty} parts.", nameof(groups));
        var order = new int[members.Count];
        DataSource.FillOrder(order);
        new RandomStream(seed, 1).Shuffle<int>(order);
        var (parts, counts) = (new int[groups.Count], new int[wanted.Length]);
        for (var index = 0; index < order.Length; index++)
        {
            // As many groups as empty parts are left: each gets one.
            var mustFill = order.Length - index == empty;
            var part = -1;
            for (var other = 0; other < wanted.Length; other++)
            {
                if (wanted[other] > 0 && (!mustFill || counts[other] == 0) && (part < 0 || Lack(other) > Lack(part)))
                    part = other;
            }

            var group = members[order[index]];
            if (counts[part] == 0)
                empty--;
            counts[part] += group.Count;
            foreach (var sample in group)
                parts[sample] = part;
        }

        return Collect(parts, wanted.Length, seed);

        double Lack(int part) => (wanted[part] * groups.Count) - counts[part];
    }

    /// <summary>
    /// Divides samples into folds for cross-validation so that no group is used for both training and validation in the same
    /// fold. The sizes of folds are as nearly equal as whole groups allow.
    /// </summary>
    /// <typeparam name="TGroup">What identifies a group.</typeparam>
    /// <param name="groups">The group of each sample; at least as many as folds.</param>
    /// <param name="count">The number of folds, 2 or more.</param>
    /// <param name="seed">The same seed produces the same folds.</param>
    /// <returns>The folds.</returns>
    /// <exception cref="ArgumentException">There are too few folds or groups.</exception>
    public static ImmutableArray<DataFold> FoldsByGroup<TGroup>(IReadOnlyList<TGroup> groups, int count, ulong seed)
        where TGroup : notnull
    {
        var members = Members(groups);
        if (count < 2 || count > members.Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 2 folds or more, at most one for each of {members.Count} groups.");
        var order = new int[members.Count];
        DataSource.FillOrder(order);
        new RandomStream(seed, 1).Shuffle<int>(order);
        var (parts, counts) = (new int[groups.Count], new int[count]);
        // The largest first, each to the smallest fold.
        foreach (var group in order.OrderByDescending(index => members[index].Count).Select(index => members[index]))
        {
            var fold = Array.IndexOf(counts, counts.Min());
            counts[fold] += group.Count;
            foreach (var sample in group)
                parts[sample] = fold;
        }

        var folds = Collect(parts, count, seed);
        return [.. Enumerable.Range(0, count).Select(fold => new DataFold([.. Shuffled(groups.Count, seed).Where(sample => parts[sample] != fold)], folds[fold]))];
    }

    /// <summary>
    /// Divides samples by their times: the first part has the earliest, the last one the latest, since a model is used on data
    /// from after its training. Samples of the same time stay together, in the earlier part.
    /// </summary>
    /// <typeparam name="TTime">A date, a time, or a number.</typeparam>
    /// <param name="times">The time of each sample, in any order.</param>
    /// <param name="fractions">The fractions of all parts except the last, which gets the rest; each 0 to 1, together at most
    /// 1.</param>
    /// <returns>The numbers of each part's samples, in the order of their times: one more part than fractions.</returns>
    /// <exception cref="ArgumentException">A fraction is not allowed, or a time is NaN.</exception>
    public static ImmutableArray<ImmutableArray<int>> DivideByTime<TTime>(IReadOnlyList<TTime> times, ReadOnlySpan<double> fractions)
        where TTime : IComparable<TTime>
    {
        var order = ByTime(times);
        var shares = Shares(fractions);
        var (parts, begin, until) = (new ImmutableArray<int>[shares.Length], 0, 0.0);
        for (var part = 0; part < shares.Length; part++)
        {
            until += shares[part];
            var end = part == shares.Length - 1 ? order.Length : Math.Max(begin, EndOfTime(times, order, RoundedShare(order.Length, Math.Min(1, until))));
            parts[part] = [.. order.AsSpan(begin, end - begin)];
            begin = end;
        }

        return [.. parts];
    }

    /// <summary>
    /// Folds for cross-validation in time: each validates on samples later than all those it trains on, and trains on more than
    /// the fold before. The samples are divided in the order of their times into one more block than folds; fold k trains on the
    /// first k + 1 of them and validates on the next.
    /// </summary>
    /// <typeparam name="TTime">A date, a time, or a number.</typeparam>
    /// <param name="times">The time of each sample, in any order. Samples of the same time stay together, in the earlier
    /// block.</param>
    /// <param name="count">The number of folds, 1 or more.</param>
    /// <returns>The folds, whose samples are in the order of their times.</returns>
    /// <exception cref="ArgumentException">There are no folds, too few samples or different times, or a time is NaN.</exception>
    public static ImmutableArray<DataFold> FoldsByTime<TTime>(IReadOnlyList<TTime> times, int count)
        where TTime : IComparable<TTime>
    {
        var order = ByTime(times);
        if (count < 1 || count >= order.Length)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 fold or more, and more samples than folds; there are {order.Length} samples.");
        var folds = ImmutableArray.CreateBuilder<DataFold>(count);
        for (var fold = 1; fold <= count; fold++)
        {
            var begin = EndOfTime(times, order, (long)order.Length * fold / (count + 1));
            var end = EndOfTime(times, order, (long)order.Length * (fold + 1) / (count + 1));
            if (begin == end)
                throw new ArgumentException($"Expected samples of at least {count + 1} different times, spread over the folds; fold {fold - 1} has none to validate with.", nameof(times));
            folds.Add(new DataFold([.. order.AsSpan(0, begin)], [.. order.AsSpan(begin, end - begin)]));
        }

        return folds.ToImmutable();
    }

    private static List<List<int>> Members<TGroup>(IReadOnlyList<TGroup> groups)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        var places = new Dictionary<TGroup, int>();
        var members = new List<List<int>>();
        for (var sample = 0; sample < groups.Count; sample++)
        {
            if (places.TryAdd(groups[sample], members.Count))
                members.Add([]);
            members[places[groups[sample]]].Add(sample);
        }

        return members;
    }

    /// <summary>The shares of all parts, the last of them included.</summary>
    private static double[] Shares(ReadOnlySpan<double> fractions)
    {
        var rest = 1.0;
        foreach (var fraction in fractions)
        {
            RequireFraction(fraction, rest);
            rest = Math.Max(0, rest - fraction);
        }

        // What rounding leaves of fractions such as 0.7 + 0.2 + 0.1 is no part.
        return [.. fractions, rest < 1e-9 ? 0 : rest];
    }

    private static int[] Shuffled(int count, ulong seed)
    {
        var shuffled = new int[count];
        DataSource.FillOrder(shuffled);
        new RandomStream(seed, 0).Shuffle<int>(shuffled);
        return shuffled;
    }

    private static ImmutableArray<ImmutableArray<int>> Collect(int[] parts, int count, ulong seed)
    {
        var shuffled = Shuffled(parts.Length, seed);
        return [.. Enumerable.Range(0, count).Select(part => shuffled.Where(sample => parts[sample] == part).ToImmutableArray())];
    }

    private static int[] ByTime<TTime>(IReadOnlyList<TTime> times)
        where TTime : IComparable<TTime>
    {
        ArgumentNullException.ThrowIfNull(times);
        for (var sample = 0; sample < times.Count; sample++)
        {
            if (times[sample] is null or double.NaN or float.NaN)
                throw new ArgumentException($"Expected a time for each sample; that of sample {sample} is {(times[sample] is null ? "null" : "NaN")}.", nameof(times));
        }

        // Stable: samples of one time stay in their order.
        return [.. Enumerable.Range(0, times.Count).OrderBy(sample => times[sample])];
    }

    /// <summary>The end of the samples that have the time of the one before a place.</summary>
    private static int EndOfTime<TTime>(IReadOnlyList<TTime> times, int[] order, long place)
        where TTime : IComparable<TTime>
    {
        var end = (int)place;
        while (end > 0 && end < order.Length && times[order[end]].CompareTo(times[order[end - 1]]) == 0)
            end++;
        return end;
    }
}
