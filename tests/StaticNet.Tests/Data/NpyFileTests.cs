using System.Buffers.Binary;
using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Serialization;

namespace StaticNet.Tests.Data;

public class NpyFileTests
{
    private static string Golden => Path.Combine(AppContext.BaseDirectory, "Data", "Files", "numpy.npy");

    [Fact]
    public void Every_array_that_NumPy_wrote_is_read_as_NumPy_converts_it()
    {
        using var stream = File.OpenRead(Golden);
        var pairs = 0;
        while (stream.Position < stream.Length)
        {
            var array = NpyFile.Read(stream);
            var expected = NpyFile.Read(stream);
            Assert.Equal(expected.Shape.ToArray(), array.Shape.ToArray());
            Assert.Equal(Bits(expected.Values), Bits(array.Values));
            pairs++;
        }
        // 12 types × 2 byte orders × 2 layouts, 3 versions, and 5 odd shapes.
        Assert.Equal(56, pairs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_is_read_back_to_the_bit(int version)
    {
        float[] values = [0f, -0f, 1.5f, float.NaN, float.PositiveInfinity, float.Epsilon];
        foreach (var shape in new int[][] { [6], [2, 3], [1, 6, 1], [3, 1, 1, 2] })
        {
            var file = Write(shape, values, version);
            var array = NpyFile.Read(new OneWayStream(file));
            Assert.Equal(version, file[6]);
            Assert.Equal(0, (file.Length - (values.Length * 4)) % 64);
            Assert.Equal(shape, array.Shape.ToArray());
            Assert.Equal(Bits(values), Bits(array.Values));
        }
    }

    [Fact]
    public void The_writer_gives_the_bytes_of_the_format()
    {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (), }".PadRight(117) + "\n";

        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0xC0, 0x3F], Write([], [1.5f]));
    }

    [Fact]
    public void A_file_holds_one_array()
    {
        var path = Path.GetTempFileName();
        try
        {
            NpyFile.Save(path, [2, 1], [3, 4]);
            Assert.Equal([3f, 4], NpyFile.Load(path).Values);

            File.AppendAllText(path, "x");
            Assert.Contains("[2, 1]", Assert.Throws<DataFormatException>(() => NpyFile.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "'|O'")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", "'<c8'")]
    [InlineData("{'descr': '<U4', 'fortran_order': False, 'shape': (1,)}", "'<U4'")]
    [InlineData("{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,)}", "'<M8[ns]'")]
    [InlineData("{'descr': '|f4', 'fortran_order': False, 'shape': (1,)}", "'|f4'")]
    [InlineData("{'descr': 'f4', 'fortran_order': False, 'shape': (1,)}", "'f4'")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1,)}", "''")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", "a quoted text at byte 10")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': 1}", "'('")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", "','")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "a size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,)}", "a size")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)}", "elements")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "but some are missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "but got 'descr'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': True}", "but got 'more'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "the end of the header")]
    [InlineData("{'descr': '<f4'", "'}'")]
    [InlineData("{'descr': '<f4", "the end of a quoted text")]
    [InlineData("{'descr': '<\u00e44'}", "plain ASCII")]
    [InlineData("{", "a quoted text")]
    [InlineData("", "'{'")]
    public void What_is_not_supported_is_refused_with_the_reason(string header, string reason)
    {
        var file = WithHeader(header, new byte[4]);

        Assert.Contains(reason, Assert.Throws<DataFormatException>(() => NpyFile.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"shape\":(2L ,\n1 , ),'fortran_order':True,\"descr\":'>i2' , }\n  ")]
    [InlineData("{'descr':'>i2','fortran_order':False,'shape':(2,1)}")]
    public void Any_spelling_of_the_literals_is_read(string header)
    {
        var array = NpyFile.Read(new MemoryStream(WithHeader(header, [1, 0, 0xFF, 0xFE])));

        Assert.Equal([2, 1], array.Shape.ToArray());
        Assert.Equal([256f, -2], array.Values);
    }

    [Theory]
    [InlineData("", "the magic number")]
    [InlineData("934E554D50580100", "934E554D5058")]
    [InlineData("934E554D50590000", "0.0")]
    [InlineData("934E554D50590400", "4.0")]
    [InlineData("934E554D5059010001", "header's length")]
    [InlineData("934E554D505901000500", "after 0 of them")]
    [InlineData("934E554D50590200FFFFFFFF", "4294967295")]
    public void A_broken_start_is_refused_with_the_reason(string hex, string reason)
    {
        var file = Convert.FromHexString(hex);

        Assert.Contains(reason, Assert.Throws<DataFormatException>(() => NpyFile.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_data_are_refused_without_a_large_allocation()
    {
        var file = WithHeader("{'descr': '<f8', 'fortran_order': True, 'shape': (1000000, 2000)}", new byte[100]);
        foreach (var stream in new Stream[] { new MemoryStream(file), new OneWayStream(file) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("16000000000 bytes", Assert.Throws<DataFormatException>(() => NpyFile.Read(stream)).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Write([2], [1]));
        Assert.Throws<ArgumentException>(() => Write([-1], []));
        Assert.Throws<ArgumentException>(() => Write([1], [1], version: 4));
        Assert.Throws<ArgumentException>(() => Write([.. Enumerable.Repeat(1, 65)], [1]));
        Assert.Equal(64, NpyFile.Read(new MemoryStream(Write([.. Enumerable.Repeat(1, 64)], [1]))).Shape.Length);
        Assert.Throws<DataFormatException>(() => NpyFile.Read(new MemoryStream(
            WithHeader($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1,", 65))})}}", new byte[4]))));
    }

    [Fact]
    public void Axes_of_one_index_change_nothing_in_Fortran_order()
    {
        // [1 … 1, 3, 1 … 1, 2] with the first index fastest: 0, 1, 2 are the rows of the first column.
        var shape = string.Concat(Enumerable.Repeat("1, ", 30)) + "3, " + string.Concat(Enumerable.Repeat("1, ", 32)) + "2";
        var array = NpyFile.Read(new MemoryStream(WithHeader($"{{'descr': '|u1', 'fortran_order': True, 'shape': ({shape})}}", [0, 1, 2, 3, 4, 5])));

        Assert.Equal(64, array.Shape.Length);
        Assert.Equal([0f, 3, 1, 4, 2, 5], array.Values);
    }

    [Fact]
    public void Damaged_files_give_a_result_or_the_exception()
    {
        byte[][] files =
        [
            Write([2, 3], [1, 2, 3, 4, 5, 6]),
            Write([], [1], version: 2),
            WithHeader("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 1, 3)}", new byte[12]),
        ];

        Mutations.Run<DataFormatException>(files, 30_000, 2_000_000, file => NpyFile.Read(new MemoryStream(file)));
        Mutations.Run<DataFormatException>(files, 10_000, 2_000_000, file => NpyFile.Read(new OneWayStream(file, 1000)));
    }

    private static byte[] Write(int[] shape, float[] values, int version = 1)
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, shape, values, version);
        return stream.ToArray();
    }

    private static byte[] WithHeader(string header, byte[] data)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. data];
    }

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
}
