namespace StaticNet.Tests;

/// <summary>Where the values of a layer stand in memory.</summary>
public class ValueLayoutTests
{
    [Theory]
    [InlineData(new[] { 5 }, false, 16, new[] { 1 })]
    [InlineData(new[] { 16 }, false, 16, new[] { 1 })]
    [InlineData(new[] { 3, 17 }, false, 96, new[] { 32, 1 })]
    [InlineData(new[] { 3, 17 }, true, 272, new[] { 1, 16 })]
    [InlineData(new[] { 2, 3, 4 }, false, 96, new[] { 48, 16, 1 })]
    [InlineData(new[] { 2, 3, 4 }, true, 192, new[] { 1, 64, 16 })]
    public void Rows_are_padded_to_sixteen(int[] shape, bool isChannelsLast, int sampleLength, int[] strides)
    {
        var layout = new ValueLayout(shape, isChannelsLast);

        Assert.Equal(sampleLength, layout.SampleLength);
        Assert.Equal(shape, Enumerable.Range(0, layout.Rank).Select(layout.Size));
        Assert.Equal(strides, Enumerable.Range(0, layout.Rank).Select(layout.Stride));
        Assert.Equal(isChannelsLast ? shape[0] : shape[^1], layout.RowLength);
        Assert.Equal(sampleLength / layout.RowStride * layout.RowLength, layout.Length);
    }

    [Fact]
    public void Samples_are_copied_into_the_logical_order()
    {
        var layout = new ValueLayout([2, 2, 3], isChannelsLast: true);
        var values = new float[2 * layout.SampleLength];
        Array.Fill(values, float.NaN);
        for (var sample = 0; sample < 2; sample++)
        {
            for (var pixel = 0; pixel < 6; pixel++)
            {
                for (var channel = 0; channel < 2; channel++)
                    values[(((sample * 6) + pixel) * 16) + channel] = (sample * 12) + (channel * 6) + pixel;
            }
        }

        var copy = new float[24];
        layout.Unpack(values, copy);

        Assert.Equal(Enumerable.Range(0, 24).Select(value => (float)value), copy);
        Assert.Equal((4 * 16) + 1, layout[6 + 4]);
    }

    [Fact]
    public void Shapes_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>("shape", () => new ValueLayout([], false));
        Assert.Throws<ArgumentException>("shape", () => new ValueLayout([1, 2, 3, 4], false));
        Assert.Contains("3×0", Assert.Throws<ArgumentException>("shape", () => new ValueLayout([3, 0], false)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("isChannelsLast", () => new ValueLayout([3], true));
    }

    [Fact]
    public void Places_axes_and_lengths_that_do_not_exist_are_refused()
    {
        var layout = new ValueLayout([2, 3], false);

        Assert.Throws<ArgumentOutOfRangeException>("index", () => layout[6]);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => layout[-1]);
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => layout.Size(2));
        Assert.Throws<ArgumentOutOfRangeException>("axis", () => layout.Stride(-1));
        Assert.Throws<ArgumentException>("destination", () => layout.Unpack(new float[33], new float[6]));
        Assert.Throws<ArgumentException>("destination", () => layout.Unpack(new float[32], new float[7]));
    }
}
