using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Tests.Data;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Augmentation;

public class AugmentationPipelineTests
{
    private static readonly ImageShape Shape = new(3, 8, 7);

    /// <summary>Everything that changes each image for itself.</summary>
    private static AugmentationStep[] Steps =>
    [
        new RandomCrop(2) { Border = Border.Reflect }, new HorizontalFlip(), new VerticalFlip(), new RandomResizedCrop(0.5f),
        new RandomAffine(20, 0.1f, 0.9f, 1.1f, 10) { Interpolation = PixelInterpolation.Random, Border = Border.Edge }, new RandomRotation(10),
        new RandomShift(0.1f, 0.1f), new RandomBrightness(0.2f), new RandomContrast(0.2f), new RandomSaturation(0.2f),
        new ColorNoise([0.3f, 0.2f, 0.1f], [1, 0, 0, 0, 1, 0, 0, 0, 1]), new GaussianBlur(0.1f, 1), new GaussianNoise(0.05f),
        new Cutout(3, 0.5f), new Clamp(),
    ];

    [Fact]
    public void A_step_that_is_null_is_refused() => Assert.Equal(
        "steps", Assert.Throws<ArgumentException>(() => new AugmentationPipeline(new ImageShape(1, 2, 2), [new HorizontalFlip(), null!])).ParamName);

    [Fact]
    public void A_sample_is_changed_alike_whatever_the_batch_size_and_alone()
    {
        var images = Images.Random(Shape, 20);
        var whole = Images.Apply(Shape, images, Steps, firstSample: 100, batchSize: 20);

        Assert.NotEqual(images, whole);
        foreach (var batchSize in new[] { 1, 3, 8 })
            Assert.Equal(whole, Images.Apply(Shape, images, Steps, firstSample: 100, batchSize: batchSize));
        Assert.Equal(
            whole[(5 * Shape.Length)..(6 * Shape.Length)],
            Images.Apply(Shape, images[(5 * Shape.Length)..(6 * Shape.Length)], Steps, firstSample: 105));
    }

    [Fact]
    public void Changes_depend_on_seed_sample_and_place_in_the_list()
    {
        var images = Images.Repeat(Images.Random(Shape), 2);
        var one = Images.Apply(Shape, images, [new GaussianNoise(1)]);

        Assert.NotEqual(one[..Shape.Length], one[Shape.Length..]);
        Assert.NotEqual(one, Images.Apply(Shape, images, [new GaussianNoise(1)], seed: 2));
        Assert.NotEqual(one, Images.Apply(Shape, images, [new Clamp(-9, 9), new GaussianNoise(1)]));
        Assert.Equal(one, Images.Apply(Shape, images, [new GaussianNoise(1), new Clamp(-9, 9)]));
    }

    [Fact]
    public void Batches_with_everything_on_are_the_same_with_prefetch_and_allocate_nothing()
    {
        var data = Data(50).ToOneHot(5).WithClassWeights([1, 2, 3, 4, 5]);
        using var direct = Loader(data, prefetch: false);
        using var ahead = Loader(data, prefetch: true);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            Assert.Equal(Loaded.Batches(direct, epoch), Loaded.Batches(ahead, epoch));
            Assert.Equal(Loaded.Batches(direct, epoch)[3..], Loaded.Batches(ahead, epoch, 3));
        }
        Assert.NotEqual(Loaded.Batches(direct, 0), Loaded.Batches(direct, 1));

        Assert.Equal(0, Loaded.BytesOfEpoch(direct));
        Assert.Equal(0, Loaded.BytesOfEpoch(ahead));
    }

    [Fact]
    public void Scaling_comes_behind_the_last_step()
    {
        var scaler = new Scaler([1, 2, 3], [4, 5, 6], width: Shape.Pixels);
        var images = Images.Random(Shape, 4);
        var expected = Images.Apply(Shape, images, Steps);
        scaler.Apply(expected);
        using var loader = new DataLoader(
            new DataSet(Shape.Length, 0, images, []), 4, shuffle: false, transform: new AugmentationPipeline(Shape, Steps, 1), inputScaler: scaler);
        foreach (var batch in loader.Epoch(0))
            Assert.Equal(expected, batch.Inputs.ToArray());
        Assert.Equal(1, loader.BatchCount);
    }

    [Fact]
    public void A_step_of_ones_own_draws_from_the_sample()
    {
        var images = Images.Apply(Shape, new float[3 * Shape.Length], [new Own()], seed: 7, firstSample: 40);

        Assert.Equal(3, images.Chunk(Shape.Length).Select(image => image[0]).Distinct().Count());
        Assert.Equal(images[Shape.Length], Images.Apply(Shape, new float[Shape.Length], [new Own()], seed: 7, firstSample: 41)[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_shapes()
    {
        var data = Data(5);

        Assert.Contains("images of 1×8×7, 56 numbers; the samples have 168", Assert.Throws<ArgumentException>(() => new DataLoader(data, 2, transform: new AugmentationPipeline(new ImageShape(1, 8, 7), []))).Message, StringComparison.Ordinal);
        Assert.Contains("three channels", Assert.Throws<ArgumentException>(() => new AugmentationPipeline(new ImageShape(1, 8, 21), [new RandomSaturation(0.1f)]).Prepare(1, 168, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("2 channels; they are 3×8×7", Assert.Throws<ArgumentException>(() => new AugmentationPipeline(Shape, [new ColorNoise([1, 1], [1, 0, 0, 1])]).Prepare(1, 168, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DataLoader(data, 1, inputScaler: new Scaler([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])));
        Assert.Contains("cannot be mixed", Assert.Throws<ArgumentException>(() => new AugmentationPipeline(Shape, [new Mixup()]).Prepare(1, 168, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentationPipeline(default, []));
        Assert.Throws<ArgumentNullException>(() => new AugmentationPipeline(Shape, null!));
        Assert.Throws<ArgumentException>(() => ColorNoise.Fit(data, new ImageShape(3, 8, 8)));
        Assert.Throws<ArgumentException>(() => ColorNoise.Fit(new DataSet(3, 0, [1, 2, float.NaN], []), new ImageShape(3, 1, 1)));
    }

    [Fact]
    public void Amounts_that_make_no_sense_are_refused()
    {
        foreach (var make in new Func<object>[]
                 {
                     () => new HorizontalFlip(-0.1f), () => new VerticalFlip(float.NaN), () => new RandomCrop(-1), () => new RandomResizedCrop(0),
                     () => new RandomResizedCrop(0.9f, 0.8f), () => new RandomResizedCrop(0.5f, 1.1f), () => new RandomResizedCrop(smallestRatio: 2),
                     () => new RandomAffine(181), () => new RandomAffine(shift: 2), () => new RandomAffine(smallestScale: 0),
                     () => new RandomAffine(smallestScale: 2), () => new RandomAffine(shear: 90), () => new RandomRotation(-1),
                     () => new RandomShift(float.NaN, 0), () => new RandomShift(0, 1.1f), () => new RandomBrightness(2), () => new RandomContrast(-1),
                     () => new RandomSaturation(float.NaN), () => new GaussianNoise(-1), () => new GaussianNoise(float.PositiveInfinity),
                     () => new GaussianBlur(-1, 1), () => new GaussianBlur(2, 1), () => new GaussianBlur(1, 21), () => new Cutout(0),
                     () => new Cutout(1, float.NaN), () => new Cutout(1, 0, 2), () => new Clamp(1, 0), () => new ColorNoise([], []),
                     () => new ColorNoise([1], [1, 2]), () => new ColorNoise([-1], [1]), () => new ColorNoise([1], [1], -1),
                     () => new RandomShift(0, 0) { Fill = float.NaN }, () => new ImageShape(0, 1, 1), () => new ImageShape(1, 0, 1),
                     () => new ImageShape(1, 1, -1), () => new ImageShape(100_000, 100_000, 1),
                 })
        {
            var message = Assert.ThrowsAny<ArgumentException>(make).Message;
            Assert.NotEmpty(message);
        }
    }

    private static DataLoader Loader(DataSource data, bool prefetch) => new(
        data, 8, seed: 2, transform: new AugmentationPipeline(Shape, [.. Steps, new Mixup(0.4f)], 5), prefetch: prefetch, inputScaler: new Scaler([0.5f], [0.25f]));

    private static DataSet Data(int count) =>
        new(Shape.Length, 1, Images.Random(Shape, count), [.. Enumerable.Range(0, count).Select(i => (float)(i % 5))]);

    private sealed class Own : ImageAugmentation
    {
        public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref RandomStream random) =>
            image.Fill(random.NextSingle());
    }
}
