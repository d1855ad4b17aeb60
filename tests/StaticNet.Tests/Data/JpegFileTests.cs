using StaticNet.Data;
using StaticNet.Tests.Serialization;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

public sealed class JpegFileTests
{
    private const byte Frame = 0xC0, Progressive = 0xC2, Scan = 0xDA;

    [Fact]
    public void Every_kind_of_image_has_its_pixels()
    {
        var count = 0;
        foreach (var (file, shape, values) in Golden())
        {
            var image = ImageFile.Decode(file);
            Assert.Equal(shape, new[] { image.Shape.Channels, image.Shape.Height, image.Shape.Width });
            var differences = values.Zip(image.Values, (theirs, ours) => Math.Round(Math.Abs(theirs - ours) * 255)).ToArray();

            // A level where each colour has all pixels. Others are spread over the pixels in other ways than Pillow's, by few levels.
            var isWhole = shape[0] == 1 || count % 8 < 5;
            Assert.All(differences, difference => Assert.InRange(difference, 0, isWhole ? 1 : 8));
            Assert.InRange(differences.Average(), 0, isWhole ? 0.1 : 1);
            count++;
        }

        // 8 kinds in 3 sizes.
        Assert.Equal(24, count);
    }

    [Fact]
    public void A_file_that_has_been_cut_is_refused_wherever_that_was()
    {
        foreach (var (file, _, _) in Golden().Skip(16).Where((_, index) => index % 3 == 0))
        {
            for (var length = 3; length < file.Length; length += 7)
                Assert.NotEmpty(Refusal(file[..length]));
            Assert.Contains("but got the end of the file", Refusal(file[..^2]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pixels_that_are_missing_are_refused_even_where_the_file_ends_as_it_should()
    {
        var file = Golden().Last(golden => golden.Shape[0] == 3).File;
        byte[] shortened = [.. file[..^40], .. file[^2..]];

        Assert.Contains("Expected a valid JPEG image: ", Refusal(shortened), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_read_is_refused_by_its_frame()
    {
        var file = Golden().First(golden => golden.Shape[0] == 3).File;
        var frame = Find(file, Frame);

        foreach (var (place, value, message) in new (int, byte, string)[]
                 {
                     (1, 0xC3, "its frame is 0xC3, lossless, hierarchical or arithmetic"),
                     (1, 0xC9, "its frame is 0xC9, lossless"),
                     (4, 12, "a JPEG image of 8 bits; it has 12"),
                     (9, 4, "6 bytes and 3 for each component in the frame of a JPEG image; it has 15"),
                     (3, 6, "expected"),
                     (6, 0, "0 rows"),
                 })
        {
            var changed = file.ToArray();
            changed[frame + place] = value;
            Assert.Contains(message, Refusal(changed), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("single frame", Refusal([.. file[..frame], .. file[frame..(frame + 19)], .. file[frame..]]), StringComparison.Ordinal);
        Assert.Contains("is no frame", Refusal([0xFF, 0xD8, 0xFF, 0xD9]), StringComparison.Ordinal);
        Assert.Contains("before its first scan", Refusal([.. file[..frame], .. file[(frame + 19)..]]), StringComparison.Ordinal);
        Assert.Contains("scans of 0 of 3", Refusal([.. file[..Find(file, Scan)], 0xFF, 0xD9]), StringComparison.Ordinal);

        // Restart markers: read where the frame is a baseline one (there is none before the end of so few blocks), not in progressive ones.
        byte[] interval = [0xFF, 0xDD, 0, 4, 0, 100];
        Assert.Equal(ImageFile.Decode(file).Values, ImageFile.Decode([.. file[..frame], .. interval, .. file[frame..]]).Values);
        var progressive = Golden().First(golden => Find(golden.File, Progressive) > 0).File;
        var scan = Find(progressive, Scan);
        Assert.Contains("without restart markers", Refusal([.. progressive[..scan], .. interval, .. progressive[scan..]]), StringComparison.Ordinal);

        // Four components, as for print.
        byte[] four = [.. file[..frame], 0xFF, Frame, 0, 20, 8, 0, 1, 0, 1, 4, .. Enumerable.Range(1, 4).SelectMany(id => new byte[] { (byte)id, 0x11, 0 }), .. file[(frame + 19)..]];
        Assert.Contains("it has 4, as for print (CMYK)", Refusal(four), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_hold_its_pixels_is_refused_before_they_are_decoded()
    {
        var file = Golden().First(golden => golden.Shape[0] == 3).File;
        var frame = Find(file, Frame);
        (file[frame + 5], file[frame + 6], file[frame + 7], file[frame + 8]) = (0x10, 0, 0x10, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains($"4096 rows and 4096 columns in a JPEG image; {file.Length} bytes cannot hold them", Refusal(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains("at most 2 numbers (maxLength)", Assert.Throws<DataFormatException>(() => ImageFile.Decode(Golden().First(golden => golden.Shape[0] == 3).File, maxLength: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scans_without_end_are_refused()
    {
        var file = Golden().Last(golden => Find(golden.File, Progressive) > 0 && golden.Shape[0] == 1).File;
        var (first, last) = (Find(file, Scan), file.Length - 2);
        byte[] many = [.. file[..first], .. Enumerable.Repeat(file[first..last], 40).SelectMany(scans => scans), .. file[last..]];

        Assert.Contains("at most 100 scans", Refusal(many), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_give_an_image_or_the_exception() =>
        Mutations.Run<DataFormatException>([.. Golden().Select(golden => golden.File)], 6000, 30_000_000, file => ImageFile.Decode(file));

    private static string Refusal(byte[] file) => Assert.Throws<DataFormatException>(() => ImageFile.Decode(file)).Message;

    /// <summary>Where the first marker of a kind is; −1: nowhere.</summary>
    private static int Find(byte[] file, byte marker) => file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);

    internal static IEnumerable<(byte[] File, int[] Shape, float[] Values)> Golden()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "Files", "jpeg.npy"));
        while (stream.Position < stream.Length)
        {
            var file = NpyFile.Read(stream).Values.Select(value => (byte)value).ToArray();
            var pixels = NpyFile.Read(stream);
            yield return (file, [.. pixels.Shape], pixels.Values);
        }
    }
}
