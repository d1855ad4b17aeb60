using System.Buffers.Binary;
using System.IO.Compression;
using StaticNet.Data;
using StaticNet.Tests.Serialization;

namespace StaticNet.Tests.Data;

public class IdxFileTests
{
    public static TheoryData<byte, byte[], float[]> Types => new()
    {
        { 0x08, [0, 1, 128, 255], [0, 1, 128, 255] },
        { 0x09, [0, 1, 128, 255], [0, 1, -128, -1] },
        { 0x0B, [0, 1, 0x7F, 0xFF, 0x80, 0, 0xFF, 0xFF], [1, 32767, -32768, -1] },
        { 0x0C, [0, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0, 1, 0, 0, 1], [1, 2147483647f, -2147483648f, 16777216] },
        { 0x0D, [0x3F, 0xC0, 0, 0, 0x80, 0, 0, 0, 0x7F, 0x80, 0, 0, 0, 0, 0, 1], [1.5f, -0f, float.PositiveInfinity, float.Epsilon] },
        {
            0x0E,
            [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A, 0xFF, 0xF0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0xEF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0.1f, float.NegativeInfinity, 0, float.PositiveInfinity]
        },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_is_read_plain_and_compressed(byte type, byte[] data, float[] expected)
    {
        var file = Idx(type, [2, 2], data);

        foreach (var stream in new Stream[] { new MemoryStream(file), new MemoryStream(Gzip(file)), new OneWayStream(file) })
        {
            var tensor = IdxFile.Read(stream);
            Assert.Equal([2, 2], tensor.Shape.ToArray());
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), tensor.Values.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Bytes_are_read_as_they_are()
    {
        var file = Idx(0x08, [3, 1], [7, 0, 255]);

        foreach (var stream in new Stream[] { new MemoryStream(file), new MemoryStream(Gzip(file)), new OneWayStream(file, 1) })
        {
            var tensor = IdxFile.ReadBytes(stream);
            Assert.Equal([3, 1], tensor.Shape.ToArray());
            Assert.Equal([7, 0, 255], tensor.Values);
        }
    }

    [Fact]
    public void Bytes_of_another_type_are_refused()
    {
        Assert.Contains("0x09", Refusal(Idx(0x09, [1], [1]), bytes: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_number_and_an_empty_set_are_legal()
    {
        Assert.Equal([9f], IdxFile.Read(new MemoryStream(Idx(0x08, [], [9]))).Values);
        var empty = IdxFile.Read(new MemoryStream(Idx(0x0D, [0, 28, 28], [])));
        Assert.Equal([0, 28, 28], empty.Shape.ToArray());
        Assert.Empty(empty.Values);
    }

    [Fact]
    public void More_data_than_a_buffer_come_whole()
    {
        var data = new byte[3_000_001];
        new Random(3).NextBytes(data);
        var file = Idx(0x08, [data.Length], data);

        foreach (var stream in new Stream[] { new MemoryStream(file), new MemoryStream(Gzip(file)), new OneWayStream(file, 100_000) })
            Assert.Equal(data, IdxFile.Read(stream).Values.Select(value => (byte)value));
        foreach (var stream in new Stream[] { new MemoryStream(file), new MemoryStream(Gzip(file)), new OneWayStream(file, 100_000) })
            Assert.Equal(data, IdxFile.ReadBytes(stream).Values);
    }

    [Theory]
    [InlineData("", "magic number")]
    [InlineData("000008", "magic number")]
    [InlineData("0100080100000000", "0x01 0x00")]
    [InlineData("00000A0100000000", "0x0A")]
    [InlineData("00000801000000", "1 sizes")]
    [InlineData("00000801FFFFFFFF", "4294967295")]
    [InlineData("000008020001000000010000", "elements")]
    [InlineData("000008010000000201", "Expected 2 bytes")]
    [InlineData("0000080100000002010203", "but got more")]
    [InlineData("00000C0100000001010203", "Expected 4 bytes")]
    public void What_the_format_forbids_is_refused_with_the_reason(string hex, string reason)
    {
        var file = Convert.FromHexString(hex);

        Assert.Contains(reason, Refusal(file), StringComparison.Ordinal);
        Assert.Contains(reason, Refusal(file, bytes: file.Length < 3 || file[2] == 8), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_compression_is_refused()
    {
        var packed = Gzip(Idx(0x08, [1000], Enumerable.Range(0, 1000).Select(i => (byte)(i * i)).ToArray()));
        packed[packed.Length / 2] ^= 0x10;

        Assert.Throws<DataFormatException>(() => IdxFile.Read(new MemoryStream(packed)));
        Assert.Throws<DataFormatException>(() => IdxFile.Read(new MemoryStream(packed[..20])));
    }

    [Fact]
    public void A_lying_size_and_a_compressed_bomb_cost_little_memory()
    {
        var lying = Idx(0x08, [2_000_000_000], new byte[100]);
        var bomb = Gzip(Idx(0x08, [1000], new byte[50_000_000]));
        foreach (var file in new[] { lying, Gzip(lying), bomb })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<DataFormatException>(() => IdxFile.Read(new MemoryStream(file)));
            Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(new MemoryStream(file)));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        }
    }

    [Fact]
    public void Damaged_files_give_a_result_or_the_exception()
    {
        byte[][] plain = [Idx(0x08, [3, 4], new byte[12]), Idx(0x0B, [2], [1, 2, 3, 4]), Idx(0x0E, [1, 1], new byte[8])];
        byte[][] packed = [.. plain.Select(Gzip)];

        Mutations.Run<DataFormatException>(plain, 20_000, 3_000_000, file => IdxFile.Read(new MemoryStream(file)));
        Mutations.Run<DataFormatException>(packed, 10_000, 3_000_000, file => IdxFile.Read(new MemoryStream(file)));
        Mutations.Run<DataFormatException>(plain[..1], 10_000, 3_000_000, file => IdxFile.ReadBytes(new OneWayStream(file)));
    }

    internal static byte[] Idx(byte type, int[] shape, byte[] data)
    {
        var sizes = new byte[shape.Length * 4];
        for (var i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(sizes.AsSpan(i * 4), shape[i]);
        return [0, 0, type, (byte)shape.Length, .. sizes, .. data];
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Refusal(byte[] file, bool bytes = false) => Assert.Throws<DataFormatException>(
        () => bytes ? IdxFile.ReadBytes(new MemoryStream(file)).Values.Length : IdxFile.Read(new MemoryStream(file)).Values.Length).Message;
}
