using System.IO.Compression;
using System.Text;
using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

public sealed class GzipFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_file_cut_at_any_length_is_refused(CompressionLevel level)
    {
        var text = Csv(200);
        var packed = Pack(Encoding.ASCII.GetBytes(text), level);
        Assert.Equal(text, Encoding.ASCII.GetString(Unpacked(packed)));

        // From two bytes on, which show that it is gzip.
        for (var length = 2; length < packed.Length; length++)
        {
            Assert.Contains("is truncated", Assert.Throws<InvalidDataException>(() => Unpacked(packed[..length])).Message, StringComparison.Ordinal);
            Assert.Throws<DataFormatException>(() => CsvData.Read(new MemoryStream(packed[..length])));
        }
    }

    [Fact]
    public void A_flipped_bit_is_refused_or_changes_nothing()
    {
        var bytes = Encoding.ASCII.GetBytes(Csv(40));
        var packed = Pack(bytes, CompressionLevel.Optimal);
        for (var bit = 16; bit < packed.Length * 8; bit++)
        {
            var damaged = packed.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            // Time, system and level of compression in the header are of no account, and neither are the bits that fill up the last
            // byte of the compressed data: nothing checks them. Whatever is read is what it was.
            var exception = Record.Exception(() => Assert.Equal(bytes, Unpacked(damaged)));
            if (exception is null)
                Assert.True(bit / 8 is >= 3 and < 10 || bit / 8 == packed.Length - 9, $"bit {bit} of {packed.Length * 8}");
            else
                Assert.IsType<InvalidDataException>(exception);
        }
    }

    [Fact]
    public void A_message_says_what_is_damaged()
    {
        var packed = Pack(Encoding.ASCII.GetBytes(Csv(10)), CompressionLevel.Optimal);

        Assert.Contains("the checksum of its data is 0x", Refusal(Changed(packed, packed.Length - 8)), StringComparison.Ordinal);
        Assert.Contains($"its data have {Csv(10).Length} bytes, and the file says", Refusal(Changed(packed, packed.Length - 1)), StringComparison.Ordinal);
        Assert.Contains("its compression method is 9", Refusal(Changed(packed, 2)), StringComparison.Ordinal);
        Assert.Contains("its compressed data are followed by 0x61", Refusal([.. packed, .. "abc"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_one_after_the_other_are_one_file_and_zeros_may_follow()
    {
        byte[] first = Pack("1,2\n"u8.ToArray(), CompressionLevel.Optimal), second = Pack("3,4\n"u8.ToArray(), CompressionLevel.NoCompression);
        byte[] empty = Pack([], CompressionLevel.Optimal);
        var large = new byte[300_000];
        new Random(1).NextBytes(large);

        Assert.Equal("1,2\n3,4\n"u8.ToArray(), Unpacked([.. first, .. empty, .. second]));
        Assert.Equal("1,2\n3,4\n"u8.ToArray(), Unpacked([.. first, .. second, .. new byte[700]]));
        Assert.Equal(large, Unpacked([.. empty, .. Pack(large, CompressionLevel.Fastest), .. empty]));
        for (var length = first.Length + 1; length < first.Length + second.Length; length++)
        {
            byte[] cut = [.. first, .. second[..(length - first.Length)]];
            Assert.Throws<InvalidDataException>(() => Unpacked(cut));
        }
        Assert.Throws<InvalidDataException>(() => Unpacked([.. first, .. new byte[700], 1]));
    }

    [Fact]
    public void All_parts_of_a_header_are_read()
    {
        var packed = Pack("1,2\n"u8.ToArray(), CompressionLevel.Optimal);
        byte[] header = [0x1F, 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 255, 3, 0, 7, 7, 7, .. "name\0comment\0"u8];
        var crc = Crc32.Of(header);

        Assert.Equal("1,2\n"u8.ToArray(), Unpacked([.. header, (byte)crc, (byte)(crc >> 8), .. packed[10..]]));
        Assert.Contains("the checksum of its header", Refusal([.. header, (byte)~crc, (byte)(crc >> 8), .. packed[10..]]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_becomes_is_limited_and_the_limit_can_be_raised()
    {
        // 2³⁰ zeros and their honest header, in about a megabyte.
        var path = Path.Combine(_folder, "bomb.idx.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            stream.Write([0, 0, 8, 1, 0x40, 0, 0, 0]);
            for (var i = 0; i < 100; i++)
                stream.Write(new byte[1 << 20]);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<DataFormatException>(() => IdxFile.Load(path)).Message;
        Assert.Throws<DataFormatException>(() => IdxFile.LoadBytes(path));
        Assert.Contains("Raise maxDecompressedLength", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);

        var small = Pack([0, 0, 8, 1, 0, 0, 0, 100, .. new byte[100]], CompressionLevel.Optimal);
        Assert.Throws<DataFormatException>(() => IdxFile.Read(new MemoryStream(small), maxDecompressedLength: 107));
        Assert.Equal(100, IdxFile.Read(new MemoryStream(small), maxDecompressedLength: 108).Values.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.Read(new MemoryStream(small), maxDecompressedLength: -1));
    }

    [Fact]
    public void Compressed_arrays_of_NumPy_are_read()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, [2, 2], [1, 2, 3, 4]);
        var path = Path.Combine(_folder, "x.npy.gz");
        var packed = Pack(stream.ToArray(), CompressionLevel.Optimal);
        File.WriteAllBytes(path, packed);
        Assert.Equal([1f, 2, 3, 4], NpyFile.Load(path).Values);

        for (var length = 2; length < packed.Length; length++)
        {
            File.WriteAllBytes(path, packed[..length]);
            Assert.Throws<DataFormatException>(() => NpyFile.Load(path));
        }
    }

    [Fact]
    public void A_stream_of_CSV_is_checked_too()
    {
        var packed = Pack(Encoding.ASCII.GetBytes(Csv(50)), CompressionLevel.Optimal);
        var path = Path.Combine(_folder, "x.csv.gz");
        File.WriteAllBytes(path, packed);
        Assert.Equal(50, CsvStream.Open(path).Count);
        File.WriteAllBytes(path, packed[..^1]);

        Assert.Contains("is truncated", Assert.Throws<DataFormatException>(() => CsvStream.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksums_are_those_of_the_standard()
    {
        Assert.Equal(0u, Crc32.Of([]));
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Of("6789"u8, Crc32.Of("12345"u8)));
        Assert.Equal(0x414FA339u, Crc32.Of("The quick brown fox jumps over the lazy dog"u8));
    }

    private static string Csv(int rows) => string.Concat(Enumerable.Range(0, rows).Select(row => $"{row * 7919 % 1000}.{row % 10},{row * row}\n"));

    private static byte[] Pack(byte[] bytes, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var stream = GzipFile.Decompress(new MemoryStream(packed));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }

    private static string Refusal(byte[] packed) => Assert.Throws<InvalidDataException>(() => Unpacked(packed)).Message;
}
