using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Augmentation;

/// <summary>Changes of place, against an implementation that sums over all pixels of a padded image.</summary>
public class ResamplerTests
{
    [Theory]
    [InlineData(1, 5, 5)]
    [InlineData(3, 4, 4)]
    public void A_quarter_turn_clockwise_is_a_transposition_and_a_flip(int channels, int height, int width)
    {
        var shape = new ImageShape(channels, height, width);
        var image = Images.Random(shape);
        var expected = new float[shape.Length];
        for (var c = 0; c < channels; c++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                    expected[(((c * height) + y) * width) + x] = image[(((c * height) + height - 1 - x) * width) + y];
            }
        }

        foreach (var bilinear in new[] { false, true })
            Images.Near(expected, Resample(shape, image, AffineMap.About(shape, Math.PI / 2, 1, 0, 0, 0), bilinear));
    }

    [Fact]
    public void A_ramp_is_resampled_exactly()
    {
        var shape = new ImageShape(2, 9, 12);
        var ramp = new float[shape.Length];
        for (var i = 0; i < ramp.Length; i++)
            ramp[i] = Ramp(i / shape.Pixels, i % shape.Width, i % shape.Pixels / shape.Width);
        var map = AffineMap.About(shape, 0.3, 1.4, 0.2, 0.7, -0.4);
        var actual = Resample(shape, ramp, map, bilinear: true);
        var inside = 0;
        for (var i = 0; i < ramp.Length; i++)
        {
            var (x, y) = (i % shape.Width, i % shape.Pixels / shape.Width);
            var (fromX, fromY) = ((map.XX * x) + (map.XY * y) + map.X0, (map.YX * x) + (map.YY * y) + map.Y0);
            if (fromX < 0 || fromY < 0 || fromX > shape.Width - 1 || fromY > shape.Height - 1)
                continue;
            Assert.Equal(Ramp(i / shape.Pixels, fromX, fromY), actual[i], 1e-4f);
            inside++;
        }

        Assert.True(inside > 100, $"{inside} pixels");
    }

    [Fact]
    public void A_map_is_the_inverse_of_shear_scale_turn_and_shift_of_the_image()
    {
        var shape = new ImageShape(1, 11, 21);
        var (angle, scale, shear, shiftX, shiftY) = (0.4, 1.7, -0.3, 2.5, -1.25);
        var map = AffineMap.About(shape, angle, scale, shear, shiftX, shiftY);
        foreach (var (x, y) in new[] { (0.0, 0.0), (20, 0), (3, 10) })
        {
            // Forward, step by step, as the documentation says; y points down.
            var (a, b) = (x - 10, y - 5);
            a += shear * b;
            (a, b) = (a * scale, b * scale);
            (a, b) = ((a * Math.Cos(angle)) - (b * Math.Sin(angle)), (a * Math.Sin(angle)) + (b * Math.Cos(angle)));
            (a, b) = (a + 10 + shiftX, b + 5 + shiftY);

            Assert.Equal(x, (map.XX * a) + (map.XY * b) + map.X0, 1e-9);
            Assert.Equal(y, (map.YX * a) + (map.YY * b) + map.Y0, 1e-9);
        }
    }

    [Theory]
    [InlineData(Border.Constant)]
    [InlineData(Border.Edge)]
    [InlineData(Border.Reflect)]
    public void Every_map_gives_what_a_sum_over_the_padded_image_gives(Border border)
    {
        var random = new Random(3);
        foreach (var shape in new[] { Images.Color, new ImageShape(1, 1, 4), new ImageShape(2, 7, 1), new ImageShape(1, 1, 1) })
        {
            var image = Images.Random(shape);
            for (var i = 0; i < 20; i++)
            {
                var map = AffineMap.About(
                    shape, random.NextDouble() * 6, 0.5 + random.NextDouble(), random.NextDouble(), random.NextDouble() * 3, random.NextDouble() * 3);
                Images.Near(Naive(shape, image, map, border, -2), Resample(shape, image, map, bilinear: true, border, -2), 2e-5);
            }
        }
    }

    [Fact]
    public void The_nearest_pixel_is_taken_where_that_is_wanted()
    {
        var shape = new ImageShape(1, 1, 4);
        float[] image = [1, 2, 3, 4];

        Assert.Equal([9f, 1, 2, 3], Resample(shape, image, new AffineMap(1, 0, -0.6, 0, 1, 0), false, Border.Constant, 9));
        Assert.Equal([1f, 2, 3, 4], Resample(shape, image, new AffineMap(1, 0, -0.4, 0, 1, 0), false));
        Assert.Equal([1f, 1, 1, 2], Resample(shape, image, new AffineMap(1, 0, -2, 0, 1, 0), false, Border.Edge));
        Assert.Equal([3f, 2, 1, 2], Resample(shape, image, new AffineMap(1, 0, -2, 0, 1, 0), false, Border.Reflect));
        Assert.Equal([0f, 0, 0, 0], Resample(shape, image, new AffineMap(1e30, 0, 1e30, 0, 1, 0), true));
    }

    private static float Ramp(int channel, double x, double y) => (float)((channel + 1) * ((2 * x) - (3 * y) + 1));

    private static float[] Resample(
        ImageShape shape, float[] image, AffineMap map, bool bilinear, Border border = Border.Constant, float fill = 0)
    {
        var result = new float[image.Length];
        Resampler.Resample(shape, image, result, map, bilinear, border, fill);
        return result;
    }

    /// <summary>Pads the image far enough by its definition, and weighs all pixels by their hat functions.</summary>
    private static float[] Naive(ImageShape shape, float[] image, AffineMap map, Border border, float fill)
    {
        const int Padding = 40;
        var result = new float[image.Length];
        for (var i = 0; i < image.Length; i++)
        {
            var (c, y, x) = (i / shape.Pixels, i % shape.Pixels / shape.Width, i % shape.Width);
            var fromX = (map.XX * x) + (map.XY * y) + map.X0;
            var fromY = (map.YX * x) + (map.YY * y) + map.Y0;
            var sum = 0.0;
            for (var v = -Padding; v < shape.Height + Padding; v++)
            {
                for (var u = -Padding; u < shape.Width + Padding; u++)
                {
                    var weight = Math.Max(0, 1 - Math.Abs(u - fromX)) * Math.Max(0, 1 - Math.Abs(v - fromY));
                    if (weight == 0)
                        continue;
                    var (a, b) = (Walk(u, shape.Width, border), Walk(v, shape.Height, border));
                    sum += weight * (a is { } px && b is { } py ? image[(((c * shape.Height) + py) * shape.Width) + px] : fill);
                }
            }
            result[i] = (float)sum;
        }
        return result;
    }

    /// <summary>Walks from pixel 0 to an index, turning at the ends.</summary>
    private static int? Walk(int index, int size, Border border)
    {
        if (index >= 0 && index < size)
            return index;
        if (border == Border.Constant)
            return null;
        if (border == Border.Edge)
            return Math.Clamp(index, 0, size - 1);
        if (size == 1)
            return 0;
        var (at, direction) = (0, 1);
        for (var i = 0; i < Math.Abs(index); i++)
        {
            if (at + direction < 0 || at + direction == size)
                direction = -direction;
            at += direction;
        }
        return at;
    }
}
