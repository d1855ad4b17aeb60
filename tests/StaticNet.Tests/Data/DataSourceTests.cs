using StaticNet.Data;

namespace StaticNet.Tests.Data;

public class DataSourceTests
{
    private static readonly int[] Some = [3, 0, 3, 9, 5];

    [Fact]
    public void A_source_of_ones_own_can_do_what_a_data_set_can()
    {
        var data = Classes();
        var own = new OwnSource(data);
        var scaler = new Scaler([1, 2], [3, 4]);
        var weights = Enumerable.Range(0, data.Count).Select(i => 0.5f * i).ToArray();
        foreach (var (expected, actual) in new (DataSource, DataSource)[]
                 {
                     (data, own),
                     (data.Subset(Some), own.Subset(Some)),
                     (data.Subset([.. Enumerable.Repeat(Some, 100).SelectMany(x => x)]), own.Subset([.. Enumerable.Repeat(Some, 100).SelectMany(x => x)])),
                     (data.ScaleInputs(scaler), own.ScaleInputs(scaler)),
                     (data.ScaleTargets(new Scaler([1], [2])), own.ScaleTargets(new Scaler([1], [2]))),
                     (data.WithSampleWeights(weights), own.WithSampleWeights(weights)),
                     (data.WithClassWeights([1, 2, 3]), own.WithClassWeights([1, 2, 3])),
                     (data.ToOneHot(4), own.ToOneHot(4)),
                     (data.WithSampleWeights(weights).WithClassWeights([1, 2, 3]).Subset(Some).ToOneHot(3), own.WithSampleWeights(weights).WithClassWeights([1, 2, 3]).Subset(Some).ToOneHot(3)),
                 })
        {
            Assert.Equal(expected.HasSampleWeights, actual.HasSampleWeights);
            Assert.Equal(expected.TargetLength, actual.TargetLength);
            Assert.Equal(Loaded.Batches(new DataLoader(expected, 3, seed: 2), 1), Loaded.Batches(new DataLoader(actual, 3, seed: 2), 1));
            Assert.Equal(0, Loaded.BytesOfEpoch(new DataLoader(actual, 3)));
        }
    }

    [Fact]
    public void One_hot_targets_have_a_one_at_the_class()
    {
        var data = new DataSet(1, 1, [5, 6, 7], [2, 0, 1], [1, 2, 3]).ToOneHot(3);

        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 1, 0], data.Targets.ToArray());
        Assert.Equal([5f, 6, 7], data.Inputs.ToArray());
        Assert.Equal([1f, 2, 3], data.SampleWeights.ToArray());
    }

    [Theory]
    [InlineData(3f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void A_target_that_is_no_class_is_named(float target)
    {
        var data = new DataSet(1, 1, [1, 2], [0, target]);
        foreach (var source in new DataSource[] { data, new OwnSource(data) })
        {
            Assert.Contains("3 classes, 0 to 2; that of sample 1 is", Assert.Throws<ArgumentException>(() => source.ToOneHot(3)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => source.WithClassWeights([1, 2, 3]));
            Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(source, 3));
        }
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var data = Classes();
        foreach (var source in new DataSource[] { data, new OwnSource(data), data.WithSampleWeights(new float[10]) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Subset([10]));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Subset([-1]));
            Assert.Throws<ArgumentException>(() => source.ScaleInputs(new Scaler([1, 2, 3], [1, 1, 1])));
            Assert.Throws<ArgumentException>(() => source.ScaleTargets(new Scaler([1, 2], [1, 1])));
            Assert.Throws<ArgumentException>(() => source.WithSampleWeights([1, 2]));
            Assert.Throws<ArgumentException>(() => source.WithClassWeights([]));
            Assert.Throws<ArgumentException>(() => source.WithClassWeights([1, float.NaN, 1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.ToOneHot(0));
            Assert.Throws<ArgumentException>(() => source.ToOneHot(3).ToOneHot(3));
            Assert.Throws<ArgumentException>(() => source.GatherInputs([0], new float[3]));
            Assert.Throws<ArgumentException>(() => source.GatherTargets([0], new float[2]));
            Assert.Throws<ArgumentException>(() => source.GatherSampleWeights([0], []));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.GatherInputs([10], new float[2]));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Subset([1]).GatherTargets([1], new float[1]));
        }
    }

    [Fact]
    public void Balanced_class_weights_make_every_class_count_alike()
    {
        var data = new DataSet(1, 1, new float[6], [0, 0, 0, 2, 2, 0]);

        Assert.Equal([6 / (3 * 4f), 0, 6 / (3 * 2f)], ClassWeights.Balanced(data, 3));
        Assert.Equal(ClassWeights.Balanced(data, 3), ClassWeights.Balanced(new OwnSource(data.ToOneHot(3)), 3));
        var weighted = data.WithClassWeights(ClassWeights.Balanced(data, 3));
        Assert.Equal([0.5f, 0.5f, 0.5f, 1, 1, 0.5f], weighted.SampleWeights.ToArray());
        Assert.Equal([1f, 1, 1, 2, 2, 1], weighted.WithClassWeights([2, 0, 2]).SampleWeights.ToArray());
    }

    /// <summary>Ten samples of three classes.</summary>
    private static DataSet Classes() => new(
        2,
        1,
        [.. Enumerable.Range(0, 20).Select(i => (float)i * i)],
        [.. Enumerable.Range(0, 10).Select(i => (float)(i * 7 % 3))]);

    /// <summary>What a user may write.</summary>
    internal sealed class OwnSource(DataSet data) : DataSource
    {
        public override int Count => data.Count;

        public override int InputLength => data.InputLength;

        public override int TargetLength => data.TargetLength;

        public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
        {
            Require(samples, InputLength, inputs);
            for (var i = 0; i < samples.Length; i++)
                data.Input(samples[i]).CopyTo(inputs[(i * InputLength)..]);
        }

        public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
        {
            Require(samples, TargetLength, targets);
            for (var i = 0; i < samples.Length; i++)
                data.Target(samples[i]).CopyTo(targets[(i * TargetLength)..]);
        }
    }
}
