using StaticNet.Data;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Augmentation;

/// <summary>Each step against its definition.</summary>
public class AugmentationStepTests
{
    private static readonly ImageShape Gray = new(1, 8, 8);

    [Fact]
    public void Steps_whose_amounts_are_0_leave_images_as_they_are()
    {
        var shape = new ImageShape(3, 6, 6);
        var images = Images.Random(shape, 10);
        foreach (var step in new AugmentationStep[]
                 {
                     new HorizontalFlip(0), new VerticalFlip(0), new RandomCrop(0), new RandomResizedCrop(1, 1, 1, 1), new RandomAffine(),
                     new RandomRotation(0), new RandomShift(0, 0), new RandomBrightness(0), new RandomContrast(0), new RandomSaturation(0),
                     new GaussianNoise(0), new GaussianBlur(0, 0), new Cutout(3, probability: 0), new Clamp(),
                     new ColorNoise([1, 1, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1], 0),
                 })
        {
            Assert.Equal(images, Images.Apply(shape, images, [step]));
        }
    }

    [Fact]
    public void Flips_mirror_and_twice_they_give_the_image_back()
    {
        var shape = new ImageShape(2, 2, 3);
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

        Assert.Equal([3f, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10], Images.Apply(shape, image, [new HorizontalFlip(1)]));
        Assert.Equal([4f, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9], Images.Apply(shape, image, [new VerticalFlip(1)]));
        Assert.Equal(image, Images.Apply(shape, image, [new HorizontalFlip(1), new VerticalFlip(1), new HorizontalFlip(1), new VerticalFlip(1)]));
        var flipped = Images.Apply(shape, Images.Repeat(image, 1000), [new HorizontalFlip(0.3f)]).Chunk(12).Count(result => result[0] == 3);
        Assert.InRange(flipped, 230, 370);
    }

    [Theory]
    [InlineData(Border.Constant)]
    [InlineData(Border.Edge)]
    [InlineData(Border.Reflect)]
    public void A_crop_is_any_piece_of_the_padded_image(Border border)
    {
        const int Padding = 2;
        var shape = new ImageShape(2, 4, 5);
        var image = Images.Random(shape);
        var pieces = new Dictionary<string, int>();
        for (var top = -Padding; top <= Padding; top++)
        {
            for (var left = -Padding; left <= Padding; left++)
                pieces.Add(Text(Piece(shape, image, left, top, border)), 0);
        }
        foreach (var crop in Images.Apply(shape, Images.Repeat(image, 1000), [new RandomCrop(Padding) { Border = border, Fill = 7 }]).Chunk(shape.Length))
            pieces[Text(crop)]++;

        Assert.Equal(25, pieces.Count);
        Assert.All(pieces.Values, count => Assert.InRange(count, 10, 80));
    }

    [Fact]
    public void A_resized_crop_shows_a_piece_of_allowed_area_and_ratio()
    {
        // Each channel of a ramp tells where a pixel came from.
        var shape = new ImageShape(2, 20, 30);
        float[] ramp = [.. Enumerable.Range(0, 600).Select(i => (float)(i % 30)), .. Enumerable.Range(0, 600).Select(i => (float)(i / 30))];
        var (areas, ratios) = (new List<double>(), new List<double>());
        foreach (var crop in Images.Apply(shape, Images.Repeat(ramp, 500), [new RandomResizedCrop(0.2f, 0.6f, 0.5f, 2f)]).Chunk(shape.Length))
        {
            // Away from the edges, where half a pixel is outside.
            var (width, height) = ((crop[20] - crop[10]) * 3.0, (crop[600 + (15 * 30)] - crop[600 + (5 * 30)]) * 2.0);
            areas.Add(width * height / 600);
            ratios.Add(width / height);
            Assert.All(crop[..600], x => Assert.InRange(x, 0, 29.0001f));
            Assert.All(crop[600..], y => Assert.InRange(y, 0, 19.0001f));
        }

        Assert.InRange(areas.Min(), 0.199, 0.22);
        Assert.InRange(areas.Max(), 0.55, 0.601);
        Assert.InRange(ratios.Min(), 0.499, 0.55);
        Assert.InRange(ratios.Max(), 1.8, 2.001);
        // A piece that never fits: the widest one that is allowed, from the middle.
        var strip = Images.Apply(shape, ramp, [new RandomResizedCrop(1, 1, 4, 4)]);
        Assert.Equal((19 / 2.0) - (7.5 / 2) + (7.5 / 40), strip[600], 1e-4);
        Assert.Equal(ramp[7], strip[7], 1e-4f);
    }

    [Fact]
    public void Rotations_and_shifts_stay_within_their_amounts()
    {
        var shape = new ImageShape(2, 21, 21);
        float[] ramp = [.. Enumerable.Range(0, 441).Select(i => (float)(i % 21)), .. Enumerable.Range(0, 441).Select(i => (float)(i / 21))];
        const int Middle = (10 * 21) + 10;
        var angles = Images.Apply(shape, Images.Repeat(ramp, 300), [new RandomRotation(30)]).Chunk(shape.Length).Select(image =>
        {
            Assert.Equal(10, image[Middle], 1e-4f);
            return Math.Atan2(image[Middle - 21] - 10, 10 - image[441 + Middle - 21]) * 180 / Math.PI;
        }).ToArray();
        var shifts = Images.Apply(shape, Images.Repeat(ramp, 300), [new RandomShift(0.2f, 0.1f)]).Chunk(shape.Length)
            .Select(image => (X: 10 - image[Middle], Y: 10 - image[441 + Middle])).ToArray();

        Assert.InRange(angles.Min(), -30.01, -27);
        Assert.InRange(angles.Max(), 27, 30.01);
        Assert.InRange(shifts.Min(shift => shift.X), -4.21, -3.9);
        Assert.InRange(shifts.Max(shift => shift.X), 3.9, 4.21);
        Assert.InRange(shifts.Min(shift => shift.Y), -2.11, -1.9);
        Assert.InRange(shifts.Max(shift => shift.Y), 1.9, 2.11);
    }

    [Fact]
    public void Random_interpolation_is_one_or_the_other()
    {
        var image = Images.Random(Gray);
        var kinds = new Dictionary<string, int>();
        foreach (var result in Images.Apply(Gray, Images.Repeat(image, 200), [new RandomShift(0, 0) { Interpolation = PixelInterpolation.Random }, new RandomShift(0.4f, 0) { Interpolation = PixelInterpolation.Random }]).Chunk(64))
        {
            var kind = result.All(value => value == 0 || image.Contains(value)) ? "nearest" : "bilinear";
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        Assert.InRange(kinds["nearest"], 60, 140);
        Assert.InRange(kinds["bilinear"], 60, 140);
    }

    [Fact]
    public void Brightness_contrast_and_saturation_follow_their_formulas()
    {
        var image = Images.Random(Images.Color);
        var pixels = Images.Color.Pixels;
        var grays = Enumerable.Range(0, pixels).Select(i => (0.299 * image[i]) + (0.587 * image[pixels + i]) + (0.114 * image[(2 * pixels) + i])).ToArray();
        foreach (var (step, toward) in new (AugmentationStep, Func<int, double>)[]
                 {
                     (new RandomBrightness(0.4f), _ => 0),
                     (new RandomContrast(0.4f), _ => grays.Average()),
                     (new RandomSaturation(0.4f), i => grays[i % pixels]),
                 })
        {
            var factors = Images.Apply(Images.Color, Images.Repeat(image, 300), [step]).Chunk(image.Length).Select(result =>
            {
                var factor = (result[0] - toward(0)) / (image[0] - toward(0));
                Images.Near([.. image.Select((x, i) => (float)((factor * x) + ((1 - factor) * toward(i))))], result);
                return factor;
            }).ToArray();
            Assert.InRange(factors.Min(), 0.599, 0.63);
            Assert.InRange(factors.Max(), 1.37, 1.401);
        }

        var contrast = Images.Apply(Gray, Images.Random(Gray), [new RandomContrast(1)]);
        Assert.Equal(Images.Random(Gray).Average(), contrast.Average(), 1e-5f);
        Assert.Equal([0f, 0.5f, 1], Images.Apply(new ImageShape(1, 1, 3), [-3, 0.5f, 3], [new Clamp(0, 1)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(1500)]
    public void Noise_is_normal(int width)
    {
        var shape = new ImageShape(1, 1, width);
        var count = 300_000 / width;
        var noise = Images.Apply(shape, new float[count * width], [new GaussianNoise(2)]).Select(x => x / 2.0).ToArray();

        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(1, noise.Average(x => x * x), 0.02);
        Assert.Equal(0, noise.Average(x => x * x * x), 0.05);
        Assert.Equal(3, noise.Average(x => x * x * x * x), 0.1);
        Assert.Equal(0.6827, noise.Count(x => Math.Abs(x) < 1) / (double)noise.Length, 0.005);
        Assert.Equal(0, noise.Zip(noise.Skip(1), (a, b) => a * b).Average(), 0.01);
        if (width > 600)
            Assert.Equal(0, noise.Zip(noise.Skip(256), (a, b) => a * a * b * b).Average() - 1, 0.02);
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(1.2f)]
    [InlineData(6f)]
    public void A_blur_is_the_convolution_with_a_Gaussian(float deviation)
    {
        var image = Images.Random(Images.Color);
        var radius = (int)Math.Ceiling(3 * deviation);
        var expected = new float[image.Length];
        for (var i = 0; i < image.Length; i++)
        {
            var (c, y, x) = (i / 30, i % 30 / 5, i % 5);
            var (sum, weights) = (0.0, 0.0);
            for (var v = -radius; v <= radius; v++)
            {
                for (var u = -radius; u <= radius; u++)
                {
                    var weight = Math.Exp(-((u * u) + (v * v)) / (2.0 * deviation * deviation));
                    sum += weight * image[(c * 30) + (Math.Clamp(y + v, 0, 5) * 5) + Math.Clamp(x + u, 0, 4)];
                    weights += weight;
                }
            }
            expected[i] = (float)(sum / weights);
        }

        Images.Near(expected, Images.Apply(Images.Color, image, [new GaussianBlur(deviation, deviation)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void Cutout_blanks_one_square_that_may_stick_out(int size)
    {
        var shape = new ImageShape(2, 6, 7);
        var seen = new HashSet<(int, int)>();
        foreach (var result in Images.Apply(shape, Images.Repeat(Images.Random(shape), 600), [new Cutout(size, 9)]).Chunk(shape.Length))
        {
            var blank = Enumerable.Range(0, 42).Where(i => result[i] == 9).ToArray();
            var (left, right) = (blank.Min(i => i % 7), blank.Max(i => i % 7));
            var (top, bottom) = (blank[0] / 7, blank[^1] / 7);
            Assert.Equal((right - left + 1) * (bottom - top + 1), blank.Length);
            Assert.InRange(right - left + 1, 1, size);
            Assert.All(Enumerable.Range(0, 42), i => Assert.Equal(result[i] == 9, result[42 + i] == 9));
            seen.Add((left, top));
        }

        // An even size lies half a pixel before its middle, and sticks out by up to that.
        Assert.Equal(size == 1 ? 42 : size == 4 ? 5 * 4 : 1, seen.Count);
    }

    [Fact]
    public void Colour_noise_shifts_channels_along_the_components_of_the_data()
    {
        // Colours along (2, 1, 2)/3 with variance 9, along (1, 2, −2)/3 with variance 1, and none else.
        var shape = new ImageShape(3, 1, 2);
        var random = new Random(1);
        var images = new List<float>();
        for (var i = 0; i < 2000; i++)
        {
            var (a, b) = (random.Next(2) == 0 ? 3 : -3, random.Next(2) == 0 ? 1 : -1);
            float[] colour = [((2 * a) + b) / 3f, (a + (2 * b)) / 3f, ((2 * a) - (2 * b)) / 3f];
            images.AddRange([5 + colour[0], 5 - colour[0], colour[1], -colour[1], colour[2], -colour[2]]);
        }
        var noise = ColorNoise.Fit(new DataSet(6, 0, [.. images], []), shape, 0.5f);

        Assert.Equal(9, noise.Eigenvalues[0], 0.1);
        Assert.Equal(1, noise.Eigenvalues[1], 0.1);
        Assert.Equal(0, noise.Eigenvalues[2], 1e-5);
        Images.Near([2 / 3f, 1 / 3f, 2 / 3f], noise.Eigenvectors[..3].ToArray(), 0.02);
        var results = Images.Apply(shape, new float[6 * 5000], [noise]).Chunk(6).ToArray();
        Assert.All(results, result => Assert.True(result[0] == result[1] && result[2] == result[3] && result[4] == result[5]));
        // α has deviation ½ and is multiplied by the eigenvalue.
        Assert.Equal(4.5 * 4.5, results.Average(result => Math.Pow(((2 * result[0]) + result[2] + (2 * result[4])) / 3, 2)), 1.5);
        Assert.Equal(0.25, results.Average(result => Math.Pow((result[0] + (2 * result[2]) - (2 * result[4])) / 3, 2)), 0.05);
    }

    [Fact]
    public void Eigenvectors_solve_their_equation()
    {
        var random = new Random(5);
        foreach (var size in new[] { 1, 2, 3, 8 })
        {
            var matrix = new double[size, size];
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j <= i; j++)
                    matrix[i, j] = matrix[j, i] = random.NextDouble() - 0.5;
            }
            var (values, vectors) = SymmetricEigen.Solve((double[,])matrix.Clone());
            Assert.Equal(values.OrderDescending(), values);
            for (var k = 0; k < size; k++)
            {
                Assert.Equal(1, Enumerable.Range(0, size).Sum(i => vectors[k, i] * vectors[k, i]), 1e-12);
                for (var i = 0; i < size; i++)
                    Assert.Equal(values[k] * vectors[k, i], Enumerable.Range(0, size).Sum(j => matrix[i, j] * vectors[k, j]), 1e-12);
            }
        }
    }

    private static float[] Piece(ImageShape shape, float[] image, int left, int top, Border border)
    {
        var piece = new float[image.Length];
        for (var i = 0; i < image.Length; i++)
        {
            var (x, y) = ((i % shape.Width) + left, (i % shape.Pixels / shape.Width) + top);
            var inside = x >= 0 && y >= 0 && x < shape.Width && y < shape.Height;
            if (border == Border.Edge)
                (x, y) = (Math.Clamp(x, 0, shape.Width - 1), Math.Clamp(y, 0, shape.Height - 1));
            if (border == Border.Reflect)
                (x, y) = (Mirror(x, shape.Width), Mirror(y, shape.Height));
            piece[i] = inside || border != Border.Constant ? image[(i / shape.Pixels * shape.Pixels) + (y * shape.Width) + x] : 7;
        }
        return piece;
    }

    private static int Mirror(int index, int size) => index < 0 ? -index : index >= size ? (2 * (size - 1)) - index : index;

    private static string Text(float[] values) => string.Join(' ', values);
}
