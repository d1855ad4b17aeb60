using StaticNet.Data;

namespace StaticNet.Tests.Data;

/// <summary>Divisions that keep groups whole and times in order.</summary>
public class DataSplitGroupTests
{
    [Fact]
    public void No_group_is_in_two_parts()
    {
        string[] groups = [.. Enumerable.Range(0, 200).Select(sample => $"patient {sample * 7 % 23}")];

        var parts = DataSplit.DivideByGroup(groups, [0.6, 0.2], seed: 3);

        Assert.Equal(3, parts.Length);
        Assert.Equal(Enumerable.Range(0, 200), parts.SelectMany(part => part).Order());
        var owners = parts.Select(part => part.Select(sample => groups[sample]).ToHashSet()).ToArray();
        Assert.Equal(23, owners.Sum(owner => owner.Count));
        // Groups have 8 or 9 samples.
        Assert.InRange(parts[0].Length, 120 - 9, 120 + 9);
        Assert.InRange(parts[1].Length, 40 - 9, 40 + 9);
        Assert.Equal(parts.Select(part => part.AsEnumerable()), DataSplit.DivideByGroup(groups, [0.6, 0.2], seed: 3).Select(part => part.AsEnumerable()));
        Assert.NotEqual(parts[0].Order(), DataSplit.DivideByGroup(groups, [0.6, 0.2], seed: 4)[0].Order());
    }

    [Fact]
    public void Every_part_gets_a_group_even_where_there_are_few()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.All(DataSplit.DivideByGroup([1, 1, 2, 2], [0.9], seed), part => Assert.Equal(2, part.Length));
            Assert.All(DataSplit.DivideByGroup([1, 2, 2, 2, 2, 3], [0.8, 0.1], seed), part => Assert.NotEmpty(part));
        }

        var whole = DataSplit.DivideByGroup([1, 1], [1.0], 0);
        Assert.Equal((2, 0), (whole[0].Length, whole[1].Length));
        Assert.Contains("1 groups and 2 parts", Assert.Throws<ArgumentException>(() => DataSplit.DivideByGroup([1, 1], [0.5], 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.DivideByGroup([1, 2], [0.7, 0.4], 0));
    }

    [Fact]
    public void Folds_hold_whole_groups_back()
    {
        int[] groups = [.. Enumerable.Range(0, 90).Select(sample => sample < 30 ? 0 : 1 + (sample % 12))];

        var folds = DataSplit.FoldsByGroup(groups, 3, seed: 1);

        Assert.Equal(Enumerable.Range(0, 90), folds.SelectMany(fold => fold.Validation).Order());
        foreach (var fold in folds)
        {
            Assert.Equal(30, fold.Validation.Length);
            Assert.Equal(Enumerable.Range(0, 90), fold.Training.Concat(fold.Validation).Order());
            Assert.Empty(fold.Training.Select(sample => groups[sample]).Intersect(fold.Validation.Select(sample => groups[sample])));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.FoldsByGroup([1, 1, 2], 3, 0));
    }

    [Fact]
    public void Parts_follow_each_other_in_time()
    {
        var start = new DateTime(2026, 1, 1);
        DateTime[] times = [.. new[] { 5, 1, 9, 3, 7, 2, 8, 4, 6, 0 }.Select(day => start.AddDays(day))];

        var parts = DataSplit.DivideByTime(times, [0.6, 0.2]);

        Assert.Equal([9, 1, 5, 3, 7, 0], parts[0].ToArray());
        Assert.Equal([8, 4], parts[1].ToArray());
        Assert.Equal([6, 2], parts[2].ToArray());
    }

    [Fact]
    public void Samples_of_one_time_stay_together()
    {
        double[] times = [1, 2, 2, 2, 3, 3, 4, 4];

        var parts = DataSplit.DivideByTime(times, [0.25, 0.25]);

        Assert.Equal([0, 1, 2, 3], parts[0].ToArray());
        Assert.Empty(parts[1]);
        Assert.Equal([4, 5, 6, 7], parts[2].ToArray());
        Assert.Contains("that of sample 1 is NaN", Assert.Throws<ArgumentException>(() => DataSplit.DivideByTime([0.0, double.NaN], [0.5])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_in_time_validate_on_what_comes_after()
    {
        int[] times = [.. Enumerable.Range(0, 12).Select(sample => (sample * 5) % 12)];

        var folds = DataSplit.FoldsByTime(times, 3);

        Assert.Equal([3, 6, 9], folds.Select(fold => fold.Training.Length));
        Assert.All(folds, fold => Assert.Equal(3, fold.Validation.Length));
        foreach (var fold in folds)
            Assert.True(fold.Training.Max(sample => times[sample]) < fold.Validation.Min(sample => times[sample]));
        Assert.Throws<ArgumentException>(() => DataSplit.FoldsByTime([1, 1, 1, 1], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.FoldsByTime([1, 2], 2));
    }
}
