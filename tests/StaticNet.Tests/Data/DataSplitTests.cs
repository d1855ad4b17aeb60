using StaticNet.Data;

namespace StaticNet.Tests.Data;

public class DataSplitTests
{
    [Theory]
    [InlineData(100, 0.7, 0.15, 70, 15, 15)]
    [InlineData(10, 0.5, 0.5, 5, 5, 0)]
    [InlineData(7, 0.0, 1.0, 0, 7, 0)]
    [InlineData(0, 0.7, 0.2, 0, 0, 0)]
    [InlineData(1000, 0.7, 0.3, 700, 300, 0)]
    public void Three_parts_are_all_samples_once(int count, double first, double second, int a, int b, int c)
    {
        foreach (var stratified in new[] { false, true })
        {
            var (train, validation, test) = DataSetTests.Numbered(count).Split(first, second, seed: 1, stratified);
            Assert.Equal((a, b, c), (train.Count, validation.Count, test.Count));
            Assert.Equal(
                Enumerable.Range(0, count).Select(i => i * 10f),
                [.. train.Targets.ToArray().Concat(validation.Targets.ToArray()).Concat(test.Targets.ToArray()).Order()]);
        }
    }

    [Fact]
    public void Stratified_parts_and_folds_have_each_class_in_proportion()
    {
        int[] sizes = [500, 200, 33, 7];
        var data = new DataSet(1, 1, new float[740], [.. sizes.SelectMany((size, label) => Enumerable.Repeat((float)label, size))]);
        var parts = DataSplit.Divide(data, [0.6, 0.3], seed: 3, stratified: true);
        var folds = DataSplit.Folds(data, 5, seed: 3, stratified: true);

        foreach (var (part, fraction) in parts.Zip([0.6, 0.3, 0.1]))
        {
            for (var label = 0; label < sizes.Length; label++)
                Assert.InRange(part.Count(sample => data.Target(sample)[0] == label), (sizes[label] * fraction) - 2, (sizes[label] * fraction) + 2);
        }
        foreach (var fold in folds)
        {
            for (var label = 0; label < sizes.Length; label++)
                Assert.InRange(fold.Validation.Count(sample => data.Target(sample)[0] == label), sizes[label] / 5, (sizes[label] / 5) + 1);
        }
    }

    [Theory]
    [InlineData(10, 2, false)]
    [InlineData(10, 3, true)]
    [InlineData(10, 10, false)]
    [InlineData(101, 5, true)]
    public void Folds_partition_the_samples_exactly(int count, int folds, bool stratified)
    {
        var data = DataSetTests.Numbered(count);
        var all = Enumerable.Range(0, count).ToArray();
        var made = DataSplit.Folds(data, folds, seed: 2, stratified);

        Assert.Equal(folds, made.Length);
        Assert.Equal(all, made.SelectMany(fold => fold.Validation).Order());
        foreach (var fold in made)
        {
            Assert.InRange(fold.Validation.Length, count / folds, (count / folds) + 1);
            Assert.Equal(all, fold.Training.Concat(fold.Validation).Order());
            Assert.Equal(fold.Validation.Select(sample => sample * 10f), data.Subset(fold.Validation.AsSpan()).Targets.ToArray());
        }
        if (count > 20)
            Assert.NotEqual(made[0].Training.Order(), made[0].Training);
    }

    [Fact]
    public void The_same_seed_gives_the_same_division()
    {
        var data = DataSetTests.Numbered(100);

        Assert.Equal(DataSplit.Folds(data, 4, 1)[2].Training.AsEnumerable(), DataSplit.Folds(data, 4, 1)[2].Training.AsEnumerable());
        Assert.NotEqual(DataSplit.Folds(data, 4, 1)[2].Training.AsEnumerable(), DataSplit.Folds(data, 4, 2)[2].Training.AsEnumerable());
        Assert.Equal(DataSplit.Divide(data, [0.5, 0.2], 1)[2].AsEnumerable(), DataSplit.Divide(new DataSourceTests.OwnSource(data), [0.5, 0.2], 1)[2].AsEnumerable());
        Assert.NotEqual(DataSplit.Divide(data, [0.5, 0.2], 1)[2].AsEnumerable(), DataSplit.Divide(data, [0.5, 0.2], 2)[2].AsEnumerable());
    }

    [Fact]
    public void A_division_that_makes_no_sense_is_refused()
    {
        var data = DataSetTests.Numbered(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.7, 0.4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.7, -0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(double.NaN, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.Folds(data, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.Folds(data, 11, 1));
        Assert.Throws<ArgumentException>(() => DataSplit.Folds(new DataSet(1, 0, [1, 2], []), 2, 1, stratified: true));
    }
}
