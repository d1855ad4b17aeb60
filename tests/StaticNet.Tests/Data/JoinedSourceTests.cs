using StaticNet.Data;

namespace StaticNet.Tests.Data;

/// <summary>Sources one after the other and side by side.</summary>
public class JoinedSourceTests
{
    private static readonly DataSet First = new(2, 1, [1, 2, 3, 4, 5, 6], [10, 20, 30]);
    private static readonly DataSet Second = new(2, 1, [7, 8, 9, 10], [40, 50], [0.5f, 2]);
    private static readonly DataSet None = new(2, 1, [], []);

    [Fact]
    public void Concatenated_sources_come_one_after_the_other()
    {
        var joined = DataSource.Concat(None, First, None, Second, None);

        Assert.Equal((5, 2, 1, true), (joined.Count, joined.InputLength, joined.TargetLength, joined.HasSampleWeights));
        var (inputs, targets, weights) = Gather(joined, [4, 0, 1, 2, 3, 3, 0]);
        Assert.Equal([9f, 10, 1, 2, 3, 4, 5, 6, 7, 8, 7, 8, 1, 2], inputs);
        Assert.Equal([50f, 10, 20, 30, 40, 40, 10], targets);
        Assert.Equal([2f, 1, 1, 1, 0.5f, 0.5f, 1], weights);
        Assert.Equal("sample 1 of source 4", joined.PlaceOf(4));
    }

    [Fact]
    public void Zipped_sources_have_the_inputs_and_targets_of_each()
    {
        var images = new DataSet(3, 0, [1, 2, 3, 4, 5, 6, 7, 8, 9], []);
        var features = new DataSet(1, 2, [-1, -2, -3], [10, 11, 20, 21, 30, 31], [1, 0, 3]);

        var joined = DataSource.Zip(images, features, First);

        Assert.Equal((3, 6, 3, true), (joined.Count, joined.InputLength, joined.TargetLength, joined.HasSampleWeights));
        var (inputs, targets, weights) = Gather(joined, [2, 0]);
        Assert.Equal([7f, 8, 9, -3, 5, 6, 1, 2, 3, -1, 1, 2], inputs);
        Assert.Equal([30f, 31, 30, 10, 11, 10], targets);
        Assert.Equal([3f, 1], weights);
    }

    [Fact]
    public void Joined_sources_are_cut_into_batches_without_allocating()
    {
        using var loader = new DataLoader(DataSource.Concat(DataSource.Zip(First, First), DataSource.Zip(First, First)), 4, seed: 1);

        Assert.Equal(0, Loaded.BytesOfEpoch(loader));
        Assert.Equal([10f, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30], Loaded.Targets(loader, 0).Order());
    }

    [Fact]
    public void A_subset_of_a_joined_source_keeps_its_places()
    {
        var part = DataSource.Concat(First, Second).Subset([4, 2]);

        Assert.Equal("sample 1 of source 2", part.PlaceOf(0));
        Assert.Equal("sample 2 of source 1", part.PlaceOf(1));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        var wide = new DataSet(3, 1, [1, 2, 3], [1]);

        Assert.Contains("source 1 has 2 inputs and 1 targets per sample, source 2 3 and 1", Assert.Throws<ArgumentException>(() => DataSource.Concat(First, wide)).Message, StringComparison.Ordinal);
        Assert.Contains("source 1 has 3, source 2 2", Assert.Throws<ArgumentException>(() => DataSource.Zip(First, Second)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DataSource.Zip(Second, Second));
        Assert.Throws<ArgumentException>(() => DataSource.Concat());
        Assert.Throws<ArgumentException>(() => DataSource.Zip());
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSource.Concat(First).GatherTargets([3], new float[1]));
    }

    private static (float[] Inputs, float[] Targets, float[] Weights) Gather(DataSource source, int[] samples)
    {
        var gathered = (new float[samples.Length * source.InputLength], new float[samples.Length * source.TargetLength], new float[samples.Length]);
        source.Gather(samples, gathered.Item1, gathered.Item2, gathered.Item3);
        return gathered;
    }
}
