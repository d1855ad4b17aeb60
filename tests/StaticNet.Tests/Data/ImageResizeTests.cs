using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

/// <summary>Images in other sizes and orientations are what Pillow makes of them.</summary>
public class ImageResizeTests
{
    [Fact]
    public void Every_fit_and_resampling_gives_the_pixels_of_Pillow()
    {
        using var stream = File.OpenRead(FileOf("resize.npy"));
        var count = 0;
        for (; stream.Position < stream.Length; count++)
        {
            var (source, choice, expected) = (NpyFile.Read(stream), NpyFile.Read(stream).Values, NpyFile.Read(stream));
            var image = new ImageData(ShapeOf(source), source.Values);

            var resized = image.Resize(expected.Shape[1], expected.Shape[2], (ImageFit)choice[0], (ImageResampling)choice[1], padValue: 0.25f);

            Assert.Equal(ShapeOf(expected), resized.Shape);
            for (var index = 0; index < expected.Values.Length; index++)
                Assert.InRange(resized.Values[index], expected.Values[index] - 1e-6f, expected.Values[index] + 1e-6f);
        }

        // 7 sizes, 3 fits, 2 filters.
        Assert.Equal(42, count);
    }

    [Fact]
    public void Every_orientation_of_JPEG_and_PNG_is_turned_upright()
    {
        using var stream = File.OpenRead(FileOf("oriented.npy"));
        var count = 0;
        for (; stream.Position < stream.Length; count++)
        {
            var (file, expected) = (NpyFile.Read(stream), NpyFile.Read(stream));

            var image = ImageFile.Decode([.. file.Values.Select(value => (byte)value)]);

            Assert.Equal(ShapeOf(expected), image.Shape);
            for (var index = 0; index < expected.Values.Length; index++)
                Assert.InRange(MathF.Abs(image.Values[index] - expected.Values[index]), 0, 1.01f / 255);
        }

        // 8 orientations as two JPEGs and a PNG.
        Assert.Equal(24, count);
    }

    [Fact]
    public void A_part_of_a_pixel_counts_by_its_weight()
    {
        var image = new ImageData(new ImageShape(1, 1, 4), [0, 1, 2, 4]);

        Assert.Equal([0.5f, 3], image.Resize(1, 2, resampling: ImageResampling.Area).Values);
        // Distances of ½ and 1½ pixels of 2: weights 3, 3, 1 and 1, 3, 3.
        Assert.Equal([5f / 7, 19f / 7], image.Resize(1, 2).Values);
        Assert.Equal([0f, 0, 1, 1, 2, 2, 4, 4], image.Resize(1, 8, resampling: ImageResampling.Area).Values);
    }

    [Fact]
    public void An_extreme_image_keeps_at_least_a_row()
    {
        var image = new ImageData(new ImageShape(1, 1, 100), Enumerable.Repeat(1f, 100).ToArray());

        Assert.Equal([0f, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0], image.Resize(4, 4, ImageFit.Pad).Values.Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void Damaged_Exif_data_leave_an_image_as_it_is()
    {
        using var stream = File.OpenRead(FileOf("oriented.npy"));
        NpyFile.Read(stream);
        var upright = NpyFile.Read(stream);
        // Of orientation 6, in big-endian order.
        for (var index = 0; index < 15; index++)
        {
            NpyFile.Read(stream);
            NpyFile.Read(stream);
        }

        byte[] file = [.. NpyFile.Read(stream).Values.Select(value => (byte)value)];
        var exif = file.AsSpan().IndexOf("MM\0*"u8);
        Assert.Equal((10, 7), SizeOf(file));
        foreach (var (place, value) in new (int, byte)[] { (1, (byte)'I'), (3, 43), (4, 0x7F), (7, 200), (9, 1), (25, 9), (31, 9), (31, 0) })
        {
            var damaged = file.ToArray();
            damaged[exif + place] = value;
            Assert.Equal((upright.Shape[1], upright.Shape[2]), SizeOf(damaged));
        }
    }

    [Fact]
    public void Sizes_and_choices_that_there_are_not_are_refused()
    {
        var image = new ImageData(new ImageShape(1, 1, 1), [0]);

        Assert.Throws<ArgumentOutOfRangeException>(() => image.Resize(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Resize(2, 2, (ImageFit)3));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Resize(2, 2, resampling: (ImageResampling)2));
        Assert.Same(image, image.Resize(1, 1));
    }

    private static (int Height, int Width) SizeOf(byte[] file) => ImageFile.Decode(file).Shape is var shape ? (shape.Height, shape.Width) : default;

    private static ImageShape ShapeOf(NpyArray array) => new(array.Shape[0], array.Shape[1], array.Shape[2]);

    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Files", name);
}
