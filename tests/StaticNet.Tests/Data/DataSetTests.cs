using StaticNet.Data;

namespace StaticNet.Tests.Data;

public sealed class DataSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_are_found_by_their_number()
    {
        var data = new DataSet(2, 1, [1, 2, 3, 4, 5, 6], [7, 8, 9], [1, 0, 0.5f]);

        Assert.Equal(3, data.Count);
        Assert.Equal(2, data.InputLength);
        Assert.Equal(1, data.TargetLength);
        Assert.True(data.HasSampleWeights);
        Assert.Equal([3f, 4], data.Input(1).ToArray());
        Assert.Equal([9f], data.Target(2).ToArray());
        Assert.Equal([1f, 0, 0.5f], data.SampleWeights.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Input(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Target(-1).Length);
    }

    [Fact]
    public void Targets_may_be_absent_and_samples_too()
    {
        var unlabelled = new DataSet(2, 0, [1, 2, 3, 4], []);
        var empty = new DataSet(3, 1, [], []);

        Assert.Equal(2, unlabelled.Count);
        Assert.Equal(0, unlabelled.Target(1).Length);
        Assert.Equal(0, empty.Count);
        Assert.False(empty.HasSampleWeights);
    }

    [Theory]
    [InlineData(0, 1, 4, 2, -1)]
    [InlineData(2, -1, 4, 2, -1)]
    [InlineData(3, 1, 4, 1, -1)]
    [InlineData(2, 1, 4, 3, -1)]
    [InlineData(2, 0, 4, 1, -1)]
    [InlineData(2, 1, 4, 2, 1)]
    public void Lengths_that_do_not_fit_are_refused(int inputLength, int targetLength, int inputs, int targets, int weights)
    {
        Assert.ThrowsAny<ArgumentException>(() => new DataSet(
            inputLength, targetLength, new float[inputs], new float[targets], weights < 0 ? null : new float[weights]));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_must_be_finite_and_not_negative(float weight)
    {
        var message = Assert.Throws<ArgumentException>(() => new DataSet(1, 1, [1, 2], [1, 2], [1, weight])).Message;

        Assert.Contains("weight 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subset_has_the_samples_in_the_order_asked_for()
    {
        var subset = Numbered(5, weights: true).Subset([4, 0, 4]);

        Assert.Equal([4f, -4, 0, 0, 4, -4], subset.Inputs.ToArray());
        Assert.Equal([40f, 0, 40], subset.Targets.ToArray());
        Assert.Equal([4f, 0, 4], subset.SampleWeights.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Subset([5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Subset([-1]));
    }

    [Fact]
    public void Taking_gives_the_first_samples()
    {
        Assert.Equal([0f, 10, 20], Numbered(5).Take(3).Targets.ToArray());
        Assert.Equal(5, Numbered(5).Take(9).Count);
        Assert.Equal(0, Numbered(5).Take(0).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Take(-1));
    }

    [Theory]
    [InlineData(10, 0.8, 8)]
    [InlineData(10, 0.25, 3)]
    [InlineData(7, 0.5, 4)]
    [InlineData(10, 0, 0)]
    [InlineData(10, 1, 10)]
    [InlineData(0, 0.5, 0)]
    [InlineData(997, 0.123, 123)]
    public void A_split_divides_every_sample_once(int count, double fraction, int expected)
    {
        foreach (var stratified in new[] { false, true })
        {
            var (first, second) = Numbered(count).Split(fraction, seed: 1, stratified);

            Assert.Equal(expected, first.Count);
            var all = first.Targets.ToArray().Concat(second.Targets.ToArray()).Order();
            Assert.Equal(Enumerable.Range(0, count).Select(i => i * 10f), all);
            for (var i = 0; i < first.Count; i++)
                Assert.Equal(first.Target(i)[0], first.Input(i)[0] * 10);
        }
    }

    [Fact]
    public void A_split_depends_on_the_seed_alone()
    {
        var data = Numbered(100);

        Assert.Equal(data.Split(0.5, 1).First.Targets.ToArray(), data.Split(0.5, 1).First.Targets.ToArray());
        Assert.NotEqual(data.Split(0.5, 1).First.Targets.ToArray(), data.Split(0.5, 2).First.Targets.ToArray());
        Assert.NotEqual(data.Take(50).Targets.ToArray(), data.Split(0.5, 1).First.Targets.ToArray().Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_stratified_split_divides_every_class_alike(int targetLength)
    {
        int[] perClass = [500, 90, 11];
        var targets = new List<float>();
        for (var label = 0; label < 3; label++)
        {
            for (var i = 0; i < perClass[label]; i++)
                targets.AddRange(targetLength == 1 ? [label] : [label == 0 ? 0.9f : 0, label == 1 ? 1 : 0, label == 2 ? 1 : 0]);
        }
        var data = new DataSet(1, targetLength, new float[601], [.. targets]);
        var (first, second) = data.Split(0.7, 3, stratified: true);

        Assert.Equal(421, first.Count);
        for (var label = 0; label < 3; label++)
        {
            Assert.InRange(ClassCount(first, label), Math.Floor(perClass[label] * 0.7), Math.Ceiling(perClass[label] * 0.7));
            Assert.Equal(perClass[label], ClassCount(first, label) + ClassCount(second, label));
        }
        // Shuffled, not sorted by class.
        Assert.NotEqual(Enumerable.Range(0, first.Count).Select(i => Label(first, i)).Order(), Enumerable.Range(0, first.Count).Select(i => Label(first, i)));
    }

    [Fact]
    public void A_split_that_makes_no_sense_is_refused()
    {
        foreach (var fraction in new[] { -0.1, 1.1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Split(fraction, 1));
        Assert.Throws<ArgumentException>(() => new DataSet(1, 0, [1, 2], []).Split(0.5, 1, stratified: true));
    }

    [Fact]
    public void IDX_files_become_scaled_inputs_and_targets()
    {
        var (images, labels) = (Path.Combine(_folder, "images"), Path.Combine(_folder, "labels"));
        File.WriteAllBytes(images, IdxFileTests.Gzip(IdxFileTests.Idx(0x08, [2, 1, 2], [0, 255, 51, 102])));
        File.WriteAllBytes(labels, IdxFileTests.Idx(0x08, [2], [3, 9]));
        var data = DataSet.FromIdx(images, labels);

        Assert.Equal(2, data.Count);
        Assert.Equal(2, data.InputLength);
        Assert.Equal([0f, 1, 51 * (1f / 255), 102 * (1f / 255)], data.Inputs.ToArray());
        Assert.Equal([3f, 9], data.Targets.ToArray());

        File.WriteAllBytes(labels, IdxFileTests.Idx(0x08, [3], [3, 9, 1]));
        Assert.Throws<ArgumentException>(() => DataSet.FromIdx(images, labels));
        File.WriteAllBytes(labels, IdxFileTests.Idx(0x08, [], [3]));
        Assert.Throws<DataFormatException>(() => DataSet.FromIdx(images, labels));
        File.WriteAllBytes(images, IdxFileTests.Idx(0x08, [2, 0], []));
        Assert.Throws<DataFormatException>(() => DataSet.FromIdx(images, labels));
        Assert.Throws<FileNotFoundException>(() => DataSet.FromIdx(images + "x", labels));
    }

    [Fact]
    public void Npy_files_become_inputs_and_targets()
    {
        var (inputs, targets) = (Path.Combine(_folder, "x.npy"), Path.Combine(_folder, "y.npy"));
        NpyFile.Save(inputs, [2, 3], [1, 2, 3, 4, 5, 6]);
        NpyFile.Save(targets, [2, 2], [1, 0, 0, 1]);
        var data = DataSet.FromNpy(inputs, targets);

        Assert.Equal([4f, 5, 6], data.Input(1).ToArray());
        Assert.Equal([0f, 1], data.Target(1).ToArray());
    }

    /// <summary>Sample i has input (i, −i), target 10·i and weight i.</summary>
    internal static DataSet Numbered(int count, bool weights = false) => new(
        2,
        1,
        [.. Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i })],
        [.. Enumerable.Range(0, count).Select(i => i * 10f)],
        weights ? [.. Enumerable.Range(0, count).Select(i => (float)i)] : null);

    private static int Label(DataSet data, int sample) =>
        data.TargetLength == 1 ? (int)data.Target(sample)[0] : data.Target(sample).IndexOfAnyExceptInRange(0f, 0.5f);

    private static int ClassCount(DataSet data, int label) => Enumerable.Range(0, data.Count).Count(i => Label(data, i) == label);
}
