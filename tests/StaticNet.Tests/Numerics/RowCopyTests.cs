using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class RowCopyTests
{
    // The sizes lie below, at and between multiples of the blocks of eight.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 7, 5)]
    [InlineData(6, 14, 14)]
    [InlineData(8, 8, 8)]
    [InlineData(16, 10, 10)]
    [InlineData(17, 9, 23)]
    [InlineData(24, 1, 40)]
    public void Channels_that_stand_last_become_planes_and_come_back(int channels, int height, int width)
    {
        const int samples = 3;
        var (pixel, row) = (Pad(channels), Pad(width));
        var last = new float[samples * height * width * pixel];
        for (var i = 0; i < last.Length; i++)
            last[i] = i % pixel < channels ? i + 1 : 0;
        // What stands there before is written over, padding included.
        var planes = Enumerable.Repeat(-1f, samples * channels * height * row).ToArray();
        var back = Enumerable.Repeat(-1f, last.Length).ToArray();

        RowCopy.Permute(
            last, height * width * pixel, 1, width * pixel, pixel, planes, channels * height * row, height * row, row, channels, height, width, row, samples);
        RowCopy.Permute(
            planes, channels * height * row, row, 1, height * row, back, height * width * pixel, width * pixel, pixel, height, width, channels, pixel, samples);

        for (var sample = 0; sample < samples; sample++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < row; x++)
                    {
                        var expected = x < width ? last[(((((sample * height) + y) * width) + x) * pixel) + channel] : 0;
                        Assert.Equal(expected, planes[(((((sample * channels) + channel) * height) + y) * row) + x]);
                    }
                }
            }
        }

        Assert.Equal(last, back);
    }

    [Fact]
    public void Axes_in_any_order_are_gathered()
    {
        // [2, 3, 4] as [4, 3, 2]: neighbours of the source lie along the target's first axis; and as [2, 4, 3] with a step of two.
        var source = Enumerable.Range(0, 24).Select(index => (float)index).ToArray();
        var reversed = new float[24];
        var sparse = new float[6];

        RowCopy.Permute(source, 24, 1, 4, 12, reversed, 24, 6, 2, 4, 3, 2, 2, 1);
        RowCopy.Permute(source, 24, 12, 2, 4, sparse, 6, 3, 3, 1, 2, 3, 3, 1);

        Assert.Equal(source, Enumerable.Range(0, 24).Select(index => reversed[(index % 4 * 6) + (index / 4 % 3 * 2) + (index / 12)]));
        Assert.Equal([0, 4, 8, 2, 6, 10], sparse);
    }

    [Fact]
    public void A_frame_keeps_what_stands_around_the_planes()
    {
        float[] last = [1, 2, 3, 4];
        var frame = Enumerable.Repeat(9f, 2 * 3 * 4).ToArray();

        // Two pixels of two channels, in frames of 3×4 at row 1, column 1.
        RowCopy.Permute(last, 4, 1, 4, 2, frame.AsSpan(5), 24, 12, 4, 2, 1, 2, 2, 1);

        Assert.Equal([9, 9, 9, 9, 9, 1, 3, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 2, 4, 9, 9, 9, 9, 9], frame);
    }

    private static int Pad(int count) => (count + 15) / 16 * 16;
}
