using StaticNet.Data;
using StaticNet.Networks;
using StaticNet.Optimizers;
using StaticNet.Tests.Training;
using StaticNet.Training;
using StaticNet.Training.Augmentation;

namespace StaticNet.Tests.Data;

/// <summary>Photographs of any size in a folder for each class become samples to train with.</summary>
public sealed class PhotographTests : IDisposable
{
    private static readonly string[] Kinds = ["across", "down", "round"];

    private static readonly ImageFolderOptions Options = new() { Shape = new ImageShape(3, 12, 12), Fit = ImageFit.Crop, Resampling = ImageResampling.Area };

    private readonly TemporaryFolder _folder = new();

    public PhotographTests()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "Files", "stripes.npy"));
        for (var number = 0; stream.Position < stream.Length; number++)
        {
            byte[] file = [.. NpyFile.Read(stream).Values.Select(value => (byte)value)];
            var folder = _folder.File(Kinds[(int)NpyFile.Read(stream).Values[0]]);
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{number:D2}.jpg"), file);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_of_JPEGs_trains_with_augmentation(bool isRead)
    {
        DataSource train = isRead ? ImageFolderSource.Open(_folder.Path, Options) : ImageFolder.Load(_folder.Path, Options).Data;
        var network = new TorchCnn(seed: 1);
        var pipeline = new AugmentationPipeline(new ImageShape(3, 12, 12), [new HorizontalFlip(), new RandomCrop(padding: 1) { Border = Border.Reflect }, new RandomBrightness(0.2f), new Clamp(0, 1)], seed: 1);
        var trainer = Trainer.For(network, new Adam(learningRate: 3e-3f), new TrainerOptions { Transform = pipeline, Prefetch = true, Seed = 1, Warnings = TextWriter.Null });

        trainer.Fit(train, epochs: 60);

        Assert.Equal(36, train.Count);
        Assert.Equal(1, trainer.Evaluate(train)["accuracy"]);
    }

    [Fact]
    public void Images_that_are_read_when_they_are_needed_are_those_that_are_loaded()
    {
        var (loaded, read) = (ImageFolder.Load(_folder.Path, Options), ImageFolderSource.Open(_folder.Path, Options));

        Assert.Equal(Kinds, read.ClassNames.AsEnumerable());
        Assert.Equal(loaded.Files.AsEnumerable(), read.Files.AsEnumerable());
        Assert.Equal(loaded.Shape, read.Shape);
        int[] samples = [35, 0, 7, 7];
        var (inputs, targets) = (new float[4 * 432], new float[4]);
        read.Gather(samples, inputs, targets, default);
        for (var index = 0; index < samples.Length; index++)
        {
            Assert.Equal(loaded.Data.Input(samples[index]).ToArray(), inputs.AsSpan(index * 432, 432).ToArray());
            Assert.Equal(loaded.Data.Target(samples[index])[0], targets[index]);
        }
    }

    [Fact]
    public void Prefetched_photographs_allocate_nothing_where_they_are_trained()
    {
        using var loader = new DataLoader(ImageFolderSource.Open(_folder.Path, Options), 8, seed: 1, prefetch: true);

        Assert.Equal(0, Loaded.BytesOfEpoch(loader));
    }

    [Fact]
    public void Photographs_can_be_gray_and_padded()
    {
        var images = ImageFolder.Load(_folder.Path, new ImageFolderOptions { Shape = new ImageShape(1, 20, 20), Fit = ImageFit.Pad, PadValue = 0.5f });

        Assert.Equal(new ImageShape(1, 20, 20), images.Shape);
        Assert.Contains(images.Data.Inputs.ToArray(), value => value == 0.5f);
    }

    [Fact]
    public void Sizes_that_differ_are_refused_with_what_brings_them_together()
    {
        var error = Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder.Path, new ImageFolderOptions { Channels = 3 }));

        Assert.Contains("Set Shape and Fit to bring all to one size", error.Message, StringComparison.Ordinal);
        Assert.Contains(".jpg: expected an image of 3×", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder.Path, new ImageFolderOptions { Fit = ImageFit.Crop }));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder.Path, Options with { PadValue = float.NaN }));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder.Path, Options with { Shape = new ImageShape(2, 4, 4) }));
    }

    [Fact]
    public void A_photograph_that_has_been_damaged_since_is_named()
    {
        var source = ImageFolderSource.Open(_folder.Path, Options);
        File.WriteAllBytes(source.Files[5], [0xFF, 0xD8, 0xFF, 0xD9]);

        var error = Assert.Throws<DataFormatException>(() => source.GatherInputs([5], new float[432]));

        Assert.StartsWith(source.Files[5], error.Message, StringComparison.Ordinal);
    }
}
