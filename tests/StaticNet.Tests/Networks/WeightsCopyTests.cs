using StaticNet.Data;

namespace StaticNet.Tests.Networks;

/// <summary>Weights are taken over from another network of the same class, whole or in part.</summary>
public class WeightsCopyTests
{
    private const int Mean = 2 * ParameterInfo.PanelWidth;
    private const int Frozen = ParameterInfo.PanelWidth;

    /// <summary>A trained parameter, a frozen one, and a running statistic.</summary>
    private static readonly ParameterTable Table = new(
        new ParameterInfo("dense1.bias", "dense1", ParameterKind.Bias, [3], ParameterPacking.Rows, 0, Initializer.Zeros),
        new ParameterInfo("dense2.bias", "dense2", ParameterKind.Bias, [2], ParameterPacking.Rows, Frozen, Initializer.Zeros, Trainable: false),
        new ParameterInfo("norm.running_mean", "norm", ParameterKind.Statistic, [1], ParameterPacking.Rows, Mean, Initializer.Zeros, Trainable: false));

    [Fact]
    public void A_copy_has_every_number_and_the_scaling()
    {
        var (source, target) = (new TinyRegressor(1), new TinyRegressor(2));
        source.SetScaling(inputs: new Scaler([1, 2], [3, 4]), targets: new Scaler([5], [6]));
        var version = target.Weights.Version;

        target.Weights.CopyFrom(source.Weights);

        Assert.Equal(source.Weights.Values.ToArray(), target.Weights.Values.ToArray());
        Assert.Equal(version + 1, target.Weights.Version);
        float[] input = [7, 8];
        var (expected, actual) = (new float[1], new float[1]);
        source.Predict(input, expected);
        target.Predict(input, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_blend_goes_a_part_of_the_way()
    {
        var (source, target) = (Weights(8, 16, 32), Weights(4, 4, 4));

        target.Blend(source, 0.25f);

        // 4 + ¼·(8 − 4), 4 + ¼·(16 − 4), and the statistic is the source's.
        Assert.Equal([5, 5, 5], target.Values[..3].ToArray());
        Assert.Equal([7, 7], target.Values.Slice(Frozen, 2).ToArray());
        Assert.Equal(32, target.Values[Mean]);
        Assert.True(target.Values[3..Frozen].IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void The_ends_of_the_way_are_exact()
    {
        var (source, target) = (Weights(0.1f, 1e-30f, 3), Weights(1e30f, 0.3f, 7));
        var version = target.Version;

        target.Blend(source, 0);
        Assert.Equal(Weights(1e30f, 0.3f, 7).Values.ToArray(), target.Values.ToArray());
        Assert.Equal(version, target.Version);

        target.Blend(source, 1);
        Assert.Equal(source.Values.ToArray(), target.Values.ToArray());
        Assert.Equal(version + 1, target.Version);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.005f)]
    [InlineData(1 / 3f)]
    public void Equal_numbers_stay_as_they_are(float factor)
    {
        var (source, target) = (Weights(0.1f, 1 / 3f, 7), Weights(0.1f, 1 / 3f, 7));

        for (var step = 0; step < 100; step++)
            target.Blend(source, factor);

        Assert.Equal(source.Values.ToArray(), target.Values.ToArray());
    }

    [Fact]
    public void Neither_allocates()
    {
        var (source, target) = (new TinyClassifier(1).Weights, new TinyClassifier(2).Weights);
        var twin = new NetworkWeights(new ParameterTable([.. TinyClassifier.ParameterTable.Parameters]), 3);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var step = 0; step < 100; step++)
            {
                target.CopyFrom(source);
                target.Blend(source, 0.5f);
                twin.Blend(source, 0.5f);
            }
        }));
    }

    [Theory]
    [InlineData(-0.001f)]
    [InlineData(1.001f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_factor_outside_0_to_1_is_refused(float factor)
    {
        var weights = Weights(1, 2, 3);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => weights.Blend(Weights(4, 5, 6), factor)).ParamName);
        Assert.Equal(1, weights.Values[0]);
    }

    [Fact]
    public void Weights_of_another_class_are_refused_with_what_differs()
    {
        var target = new TinyClassifier(1).Weights;
        var before = target.Values.ToArray();

        var copy = Assert.Throws<ArgumentException>(() => target.CopyFrom(new TinyRegressor(1).Weights));
        var blend = Assert.Throws<ArgumentException>(() => target.Blend(new TinyRegressor(1).Weights, 0.5f));
        var shorter = Assert.Throws<ArgumentException>(() => target.CopyFrom(new NetworkWeights(new ParameterTable(TinyClassifier.ParameterTable.Parameters[0]), 1)));

        Assert.StartsWith("Expected the weights of a network with the same layers; where the source has dense1.weight [1, 2], these have dense1.weight [3, 2]. CopyParametersFrom copies by name between classes.", copy.Message, StringComparison.Ordinal);
        Assert.Equal(copy.Message, blend.Message);
        Assert.StartsWith("Expected the weights of a network with the same layers, with 2 parameters; the source has 1.", shorter.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.Values.ToArray());
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_by_name()
    {
        var (source, target) = (Weights(1, 2, 3), Weights(4, 5, 6));
        source.Edit()[Frozen + 1] = float.NaN;
        var before = target.Values.ToArray();

        var error = Assert.Throws<ArgumentException>(() => target.Blend(source, 0.5f));
        Assert.Throws<ArgumentException>(() => target.CopyFrom(source));

        Assert.StartsWith("Expected finite weights; dense2.bias of the source holds a number that is not.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.Values.ToArray());
    }

    [Fact]
    public void A_blend_of_two_scalings_is_refused_and_one_of_equal_scalings_is_not()
    {
        var (source, target) = (new TinyRegressor(1), new TinyRegressor(2));
        source.SetScaling(inputs: new Scaler([1, 2], [3, 4]));

        var error = Assert.Throws<ArgumentException>(() => target.Weights.Blend(source.Weights, 0.5f));
        Assert.StartsWith("Expected weights of the same scaling; those of the source are scaled differently. CopyFrom takes the scaling too.", error.Message, StringComparison.Ordinal);

        target.SetScaling(inputs: new Scaler([1, 2], [3, 4]));
        target.Weights.Blend(source.Weights, 0.5f);
        target.SetScaling(inputs: new Scaler([1, 2], [3, 5]));
        Assert.Throws<ArgumentException>(() => target.Weights.Blend(source.Weights, 0.5f));
    }

    [Fact]
    public void Weights_that_are_not_there_yet_are_refused()
    {
        var (unset, set) = (new NetworkWeights(Table, null), Weights(1, 2, 3));

        Assert.Throws<InvalidOperationException>(() => set.CopyFrom(unset));
        Assert.Throws<InvalidOperationException>(() => set.Blend(unset, 0.5f));
        Assert.Throws<InvalidOperationException>(() => unset.Blend(set, 0.5f));
        Assert.Throws<ArgumentNullException>(() => set.CopyFrom(null!));

        unset.CopyFrom(set);
        Assert.True(unset.AreSet);
        Assert.Equal(set.Values.ToArray(), unset.Values.ToArray());
    }

    [Fact]
    public void A_network_may_copy_itself()
    {
        var weights = Weights(1, 2, 3);
        weights.CopyFrom(weights);
        weights.Blend(weights, 0.5f);
        Assert.Equal(Weights(1, 2, 3).Values.ToArray(), weights.Values.ToArray());
    }

    private static NetworkWeights Weights(float trained, float frozen, float mean)
    {
        var weights = new NetworkWeights(Table, 1);
        Table.Parameters[0].Pack([trained, trained, trained], weights.Edit());
        Table.Parameters[1].Pack([frozen, frozen], weights.Edit());
        Table.Parameters[2].Pack([mean], weights.Edit());
        return weights;
    }
}
