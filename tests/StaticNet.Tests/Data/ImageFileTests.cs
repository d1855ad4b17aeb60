using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Serialization;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

public sealed class ImageFileTests
{
    [Fact]
    public void Every_kind_of_image_has_its_pixels()
    {
        var count = 0;
        foreach (var (file, shape, values) in Golden())
        {
            var image = ImageFile.Decode(file);
            Assert.Equal(shape, new[] { image.Shape.Channels, image.Shape.Height, image.Shape.Width });
            Assert.Equal(values, image.Values);
            count++;
        }

        // 15 kinds of PNG twice, 4 small ones, and 4 kinds of PGM and PPM with 5 depths.
        Assert.Equal(54, count);
    }

    [Fact]
    public void Plain_and_raw_files_are_read_with_comments_and_spaces()
    {
        Assert.Equal([0f, 0.5f, 1, 0.25f], Decode("P2 #a\n#b\n 2\t2 \r\n4 0 2\n4 # c\n1").Values);
        Assert.Equal([1 / 3f, 2 / 3f], Decode("P5 2 1 3\n\u0001\u0002").Values);
        Assert.Equal([1f, 0, 0], Decode("P6\n1\n1\n255\n\u00FF\u0000\u0000\n").Values);
        Assert.Equal(new ImageShape(3, 1, 1), Decode("P3 1 1 1 1 0 1").Shape);
    }

    [Theory]
    [InlineData("", "begins with .")]
    [InlineData("P4 1 1 1", "P2, P3, P5 or P6; it begins with 503420")]
    [InlineData("GIF89a", "begins with 474946383961")]
    [InlineData("P5", "a space at byte 2")]
    [InlineData("P5 x", "the width, a number, at byte 3, but got 0x78")]
    [InlineData("P5 1", "a space at byte 4, but got the end of the file")]
    [InlineData("P5 0 1 255 ", "1 rows and 0 columns")]
    [InlineData("P5 70000 1 255 ", "1 rows and 70000 columns")]
    [InlineData("P5 60000 60000 255 ", "at most 67108864 numbers")]
    [InlineData("P5 9999999 1 255 ", "at most 1000000; it is more")]
    [InlineData("P5 1 1 0 a", "from 1 to 65535; it is 0")]
    [InlineData("P5 1 1 65536 a", "from 1 to 65535; it is 65536")]
    [InlineData("P5 60000 1000 255 a", "60000000 numbers, but got 1")]
    [InlineData("P2 2 1 9 1 10", "numbers up to 9; number 1 is 10")]
    [InlineData("P2 2 1 9 1 -1", "but got 0x2D")]
    [InlineData("P2 3 1 9 1     ", "a pixel, a number, at byte 15")]
    [InlineData("P5 1 1 9 \u0001x", "the end of the file at byte 10")]
    public void What_is_no_PGM_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => Decode(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_PNG_is_refused()
    {
        byte[] line = [0, 1, 2, 3];
        Assert.Equal([1 / 255f, 2 / 255f, 3 / 255f], ImageFile.Decode(Png(Header(), Data(line), End)).Values);
        foreach (var (file, message) in new (byte[], string)[]
                 {
                     (Png(), "IEND; 0 bytes are left"),
                     (Png(Header())[..^1], "of 13 bytes and, at last, IEND; 24 bytes are left"),
                     (Png(Header()), "IEND; 0 bytes are left"),
                     (Png(Data(line), End), "IHDR first, but got IDAT"),
                     (Png(Header(), Header(), End), "IHDR once"),
                     (Png(Header(), Chunk("ABCD", []), End), "but got ABCD"),
                     (Png(Header(), End), "4 bytes of pixels; 0 compressed bytes cannot hold them"),
                     (Png(Header(width: 60_000, height: 1000), Data(line), End), "cannot hold them"),
                     (Png(Header(width: 60_000, height: 60_000), Data(line), End), "60000 rows and 60000 columns"),
                     (Png(Header(width: 0), Data(line), End), "1 rows and 0 columns"),
                     (Png(Header(width: uint.MaxValue), Data(line), End), "4294967295 columns"),
                     (Png(Header(depth: 3), Data(line), End), "1, 2, 4, 8, 16 for colour type 0; it is 3"),
                     (Png(Header(depth: 16, colour: 3), Data(line), End), "1, 2, 4, 8 for colour type 3; it is 16"),
                     (Png(Header(colour: 5), Data(line), End), "it is 5"),
                     (Png(Header(interlace: 2), Data(line), End), "interlace 0 or 1; they are 0, 0 and 2"),
                     (Png(Chunk("IHDR", new byte[12]), End), "13 bytes; it has 12"),
                     (Png(Header(), Data([0, 1, 2]), End), "4 bytes of pixels, but got 3"),
                     (Png(Header(), Data([.. line, 0]), End), "4 bytes of pixels, but got more"),
                     (Png(Header(), Data([5, 1, 2, 3]), End), "filter from 0 to 4; it is 5"),
                     (Png(Header(), Chunk("IDAT", [1, 2, 3, 4]), End), "valid zlib data"),
                     (Png(Header(colour: 3), Data(line), End), "PLTE"),
                     (Png(Header(colour: 3), Chunk("PLTE", [1, 2, 3, 4]), Data(line), End), "it has 4 bytes"),
                     (Png(Header(colour: 3), Chunk("PLTE", new byte[9]), Data(line), End), "palette of 3; a pixel has colour 3"),
                 })
        {
            var refusal = Assert.Throws<DataFormatException>(() => ImageFile.Decode(file)).Message;
            Assert.Contains(message, refusal, StringComparison.Ordinal);
        }

        var damaged = Png(Header(), Data(line), End);
        damaged[20] ^= 1;
        Assert.Contains("the checksum 0x", Assert.Throws<DataFormatException>(() => ImageFile.Decode(damaged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_ends_the_header_of_raw_numbers_and_the_next_byte_is_a_number()
    {
        Assert.Equal(['a' / 255f, 'b' / 255f], Decode("P5 2 1 255#c\nab").Values);
        Assert.Equal(['a' / 255f, 'b' / 255f], Decode("P5 #c\r2 1 255 ab").Values);
        Assert.Equal([1 / 3f, 2 / 3f], Decode("P2 2 1 #c\r\n3 1 2").Values);
        // Spaces and signs of comments are numbers too.
        Assert.Equal(['#' / 255f, '\n' / 255f], Decode("P5 2 1 255#c\n#\n").Values);
        Assert.Equal(['#' / 255f, ' ' / 255f], Decode("P5 2 1 255 # ").Values);
        Assert.Equal(['\n' / 255f, 'x' / 255f], Decode("P5 2 1 255\n\nx").Values);
        Assert.Contains("1 numbers, but got 0", Assert.Throws<DataFormatException>(() => Decode("P5 1 1 255#\n")).Message, StringComparison.Ordinal);
        Assert.Contains("end of the comment's line", Assert.Throws<DataFormatException>(() => Decode("P5 1 1 255#")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_dictionary_is_refused()
    {
        // CMF 78 and FLG BB: bit 5 says that a dictionary's checksum follows.
        var chunk = Chunk("IDAT", [0x78, 0xBB, 1, 2, 3, 4, 3, 0, 0, 0, 0, 1]);

        Assert.Contains("preset dictionary", Assert.Throws<DataFormatException>(() => ImageFile.Decode(Png(Header(), chunk, End))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_another_format_is_named()
    {
        Assert.Contains("It is a WebP image: convert it to PNG", Assert.Throws<DataFormatException>(() => ImageFile.Decode("RIFF0000WEBPVP8 "u8)).Message, StringComparison.Ordinal);
        Assert.Contains("It is a GIF image", Assert.Throws<DataFormatException>(() => ImageFile.Decode("GIF89a"u8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_an_image_are_limited_and_the_limit_can_be_chosen()
    {
        var png = Png(Header(), Data([0, 7, 8, 9]), End);
        var pgm = "P2 3 1 9 1 2 3"u8.ToArray();

        foreach (var file in new[] { png, pgm })
        {
            Assert.Equal(3, ImageFile.Decode(file, maxLength: 3).Values.Length);
            Assert.Contains("at most 2 numbers (maxLength)", Assert.Throws<DataFormatException>(() => ImageFile.Decode(file, maxLength: 2)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_image_that_no_array_holds_is_refused_by_its_header_whatever_the_limit()
    {
        foreach (var (file, message) in new (byte[], string)[]
                 {
                     // 1.8 · 10⁹ pixels of two bytes, and a byte before each line.
                     (Png(Header(width: 60_000, height: 30_000, depth: 16), End), $"at most {Array.MaxLength} bytes of pixels; the image has {(120_000L + 1) * 30_000}"),
                     (Png(Header(width: 50_000, height: 10_000, depth: 16, colour: 6), End), $"at most {Array.MaxLength} bytes of pixels; the image has {(400_000L + 1) * 10_000}"),
                     // One number more than the longest array has, and fewer than the largest int.
                     (Png(Header(width: 57_756, height: 37_182), End), $"at most {Array.MaxLength} numbers"),
                     (Png(Header(width: 57_756, height: 12_394, colour: 2), End), $"at most {Array.MaxLength} numbers"),
                     ("P5 57756 37182 255\n"u8.ToArray(), $"at most {Array.MaxLength} numbers"),
                 })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains(message, Assert.Throws<DataFormatException>(() => ImageFile.Decode(file, maxLength: int.MaxValue)).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    [Fact]
    public void Damaged_files_give_an_image_or_the_exception()
    {
        // Without checksums that fit, nearly no mutation of a PNG would come far.
        var files = Golden().Select(golden => golden.File).ToArray();
        Mutations.Run<DataFormatException>(files, 3000, 2_000_000, file => ImageFile.Decode(file));
        Mutations.Run<DataFormatException>([.. files.Where(file => file[0] != 'P')], 6000, 2_000_000, file => ImageFile.Decode(WithChecksums(file)));
    }

    [Fact]
    public void Channels_become_gray_or_colours()
    {
        var colour = new ImageData(new ImageShape(3, 1, 2), [1, 0, 1, 0.5f, 1, 0]);
        var gray = new ImageData(new ImageShape(1, 1, 2), [0.25f, 0.75f]);

        Assert.Same(colour, colour.ToChannels(3));
        Assert.Equal([1f, 0.587f * 0.5f], colour.ToChannels(1).Values, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal([0.25f, 0.75f, 0.25f, 0.75f, 0.25f, 0.75f], gray.ToChannels(3).Values);
        Assert.Throws<ArgumentException>(() => gray.ToChannels(2));
    }

    internal static byte[] Png(params byte[][] chunks) => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. chunks.SelectMany(chunk => chunk)];

    internal static byte[] Header(uint width = 3, uint height = 1, byte depth = 8, byte colour = 0, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, colour, interlace);
        return Chunk("IHDR", data);
    }

    internal static byte[] Data(byte[] lines)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal))
            deflate.Write(lines);
        return Chunk("IDAT", packed.ToArray());
    }

    internal static byte[] End => Chunk("IEND", []);

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. data, .. Checksum([.. Encoding.ASCII.GetBytes(type), .. data])];
    }

    private static byte[] Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        var result = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(result, ~crc);
        return result;
    }

    /// <summary>The file with the right checksum behind each chunk that is whole.</summary>
    private static byte[] WithChecksums(byte[] file)
    {
        var mended = file.ToArray();
        for (var position = 8; position + 12 <= mended.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(mended.AsSpan(position));
            if (length > mended.Length - position - 12)
                break;
            Checksum(mended[(position + 4)..(position + 8 + (int)length)]).CopyTo(mended, position + 8 + (int)length);
            position += 12 + (int)length;
        }
        return mended;
    }

    private static ImageData Decode(string text) => ImageFile.Decode(Encoding.Latin1.GetBytes(text));

    private static IEnumerable<(byte[] File, int[] Shape, float[] Values)> Golden()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "Files", "images.npy"));
        while (stream.Position < stream.Length)
        {
            var file = NpyFile.Read(stream).Values.Select(value => (byte)value).ToArray();
            var pixels = NpyFile.Read(stream);
            yield return (file, [.. pixels.Shape], pixels.Values);
        }
    }
}
