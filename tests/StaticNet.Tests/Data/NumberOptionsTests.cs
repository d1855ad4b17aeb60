using System.Buffers.Binary;
using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Training;

namespace StaticNet.Tests.Data;

/// <summary>Numbers of 32 and 64 bits that floats cannot tell apart are told, and moved before they become floats where that is asked for.</summary>
public sealed class NumberOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Time stamps, a second apart, beside a number that changes otherwise.</summary>
    private static readonly double[] Times = [.. Enumerable.Range(0, 300).SelectMany(row => new[] { 1_700_000_000d + row, row % 7 })];

    [Theory]
    [InlineData("<f8")]
    [InlineData(">f8")]
    [InlineData("<i8")]
    [InlineData(">i8")]
    [InlineData("<u8")]
    [InlineData("<i4")]
    [InlineData(">u4")]
    public void Time_stamps_of_an_npy_file_are_told_with_what_moves_them(string type)
    {
        var path = Npy("times.npy", type, [300, 2], Times);
        using var warnings = new StringWriter();

        var plain = NpyFile.Load(path, numbers: new NumberOptions { Warnings = warnings });
        var moved = NpyFile.Load(path, numbers: Moved(warnings));

        Assert.Equal(Times.Select(number => (float)number), plain.Values);
        Assert.Equal(
            $"times.npy, index 0: its numbers from 1700000000 to 1700000299 become 3 different floats, since floats are 128 apart there. " +
            $"Move them while they are doubles: new NumberOptions {{ Offsets = new Dictionary<int, double> {{ [0] = 1700000000 }} }}.{Environment.NewLine}",
            warnings.ToString());
        Assert.Equal(Enumerable.Range(0, 300).SelectMany(row => new[] { row * 0.5f, row % 7 }), moved.Values);
    }

    [Fact]
    public void Columns_of_an_array_in_Fortran_order_are_those_of_a_row()
    {
        // 40 samples of [2, 3]; column 4 is [1, 1].
        var rows = Enumerable.Range(0, 40).Select(row => Enumerable.Range(0, 6).Select(column => (column == 4 ? 1.7e9 : 10 * column) + row).ToArray()).ToArray();
        var columnMajor = new List<double>();
        for (var last = 0; last < 3; last++)
        {
            for (var middle = 0; middle < 2; middle++)
                columnMajor.AddRange(rows.Select(row => row[(middle * 3) + last]));
        }

        var path = Npy("fortran.npy", "<f8", [40, 2, 3], columnMajor, fortran: true);
        using var warnings = new StringWriter();

        NpyFile.Load(path, numbers: new NumberOptions { Warnings = warnings });
        var moved = NpyFile.Load(path, numbers: new NumberOptions { Offsets = new Dictionary<int, double> { [4] = 1.7e9 } });

        Assert.StartsWith("fortran.npy, index 4: its numbers from 1700000000 to 1700000039 become one and the same float,", warnings.ToString(), StringComparison.Ordinal);
        Assert.Single(warnings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(rows.SelectMany(row => row.Select((number, column) => (float)(column == 4 ? number - 1.7e9 : number))), moved.Values);
    }

    [Theory]
    [InlineData(0x0C)]
    [InlineData(0x0E)]
    public void Time_stamps_of_an_IDX_file_are_told_with_what_moves_them(byte type)
    {
        var path = Idx("times.idx", type, [300, 2], Times);
        using var warnings = new StringWriter();

        IdxFile.Load(path, numbers: new NumberOptions { Warnings = warnings });
        var moved = IdxFile.Load(path, numbers: Moved(warnings));

        Assert.StartsWith("times.idx, index 0: its numbers from 1700000000 to 1700000299 become 3 different floats,", warnings.ToString(), StringComparison.Ordinal);
        Assert.Single(warnings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Enumerable.Range(0, 300).SelectMany(row => new[] { row * 0.5f, row % 7 }), moved.Values);
    }

    [Fact]
    public void Data_sets_and_mapped_files_tell_the_same_of_inputs_and_targets()
    {
        var (npy, idx) = (Npy("times.npy", "<i8", [300, 2], Times), Idx("times.idx", 0x0E, [300, 2], Times));
        using var warnings = new StringWriter();
        var told = new NumberOptions { Warnings = warnings };

        DataSet.FromNpy(npy, npy, inputNumbers: told, targetNumbers: told);
        DataSet.FromIdx(idx, idx, 1, inputNumbers: told, targetNumbers: told);
        MappedSource.OpenNpy(npy, npy, 1, told, told).Dispose();
        MappedSource.OpenIdx(idx, idx, 1, told, told).Dispose();

        Assert.Equal(8, warnings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Mapped_files_give_the_numbers_of_data_sets_bit_for_bit()
    {
        var (npy, idx) = (Npy("times.npy", ">i8", [300, 2], Times), Idx("times.idx", 0x0C, [300, 2], Times));
        using var warnings = new StringWriter();
        var moved = Moved(warnings);
        using var mappedNpy = MappedSource.OpenNpy(npy, npy, 1, moved, moved);
        using var mappedIdx = MappedSource.OpenIdx(idx, idx, 0.1f, moved, moved);
        var (inputs, targets) = (new float[4], new float[4]);

        foreach (var (mapped, all) in new[] { (mappedNpy, DataSet.FromNpy(npy, npy, null, moved, moved)), (mappedIdx, DataSet.FromIdx(idx, idx, 0.1f, null, moved, moved)) })
        {
            mapped.GatherInputs([299, 7], inputs);
            mapped.GatherTargets([299, 7], targets);
            Assert.Equal([.. all.Input(299), .. all.Input(7)], inputs);
            Assert.Equal([149.5f, 5, 3.5f, 0], targets);
        }

        Assert.Empty(warnings.ToString());
    }

    [Fact]
    public void Numbers_of_another_size_do_not_hide_what_the_rest_become()
    {
        var path = Npy("gaps.npy", "<i8", [5], [0, 1_700_000_000, 1_700_000_001, 1_700_000_002, 1_700_000_003]);
        using var warnings = new StringWriter();

        NpyFile.Load(path, numbers: new NumberOptions { Warnings = warnings });

        Assert.Equal(
            "gaps.npy, index 0: of 4 changes from row to row 3 are lost, since floats are 128 apart at 1700000003. Move the numbers while they are doubles, by " +
            $"Offsets[0] of NumberOptions, and mark what is missing otherwise than by a number of another size.{Environment.NewLine}",
            warnings.ToString());
    }

    [Theory]
    [InlineData("<i8", new double[] { 3, 1, 0, 9, 2 })]
    [InlineData("<f8", new[] { 0.1, 0.2, 0.3, 0.7, 1e-9 })]
    [InlineData("<f8", new[] { double.NaN, double.PositiveInfinity, 1e300, 1, 2 })]
    [InlineData("<f4", new double[] { 1.7e9, 1.7e9, 1.7e9, 1.7e9, 1.7e9 })]
    [InlineData("<u4", new double[] { 0, 1_000_000_000, 2_000_000_000, 3_000_000_000, 4_000_000_001 })]
    public void Nothing_is_told_of_numbers_that_floats_tell_apart(string type, double[] numbers)
    {
        using var warnings = new StringWriter();

        var array = NpyFile.Load(Npy("usual.npy", type, [5], numbers), numbers: new NumberOptions { Warnings = warnings });

        Assert.Empty(warnings.ToString());
        Assert.Equal(numbers.Select(number => (float)number), array.Values);
    }

    [Theory]
    [InlineData(2, 0.0, 1.0)]
    [InlineData(-1, 0.0, 1.0)]
    [InlineData(0, double.NaN, 1.0)]
    [InlineData(0, double.NegativeInfinity, 1.0)]
    [InlineData(0, 0.0, 0.0)]
    [InlineData(0, 0.0, double.PositiveInfinity)]
    public void Options_that_do_not_fit_are_refused(int column, double offset, double scale)
    {
        var path = Npy("times.npy", "<i8", [300, 2], Times);
        var options = new NumberOptions { Offsets = new Dictionary<int, double> { [column] = offset }, Scales = new Dictionary<int, double> { [column] = scale } };

        Assert.Throws<ArgumentException>(() => NpyFile.Load(path, numbers: options));
        Assert.Throws<ArgumentException>(() => MappedSource.OpenNpy(path, path, 1, options));
        // Nothing is left open.
        File.Delete(path);
    }

    private static NumberOptions Moved(TextWriter warnings) => new()
    {
        Offsets = new Dictionary<int, double> { [0] = 1_700_000_000 },
        Scales = new Dictionary<int, double> { [0] = 0.5 },
        Warnings = warnings,
    };

    private string Npy(string name, string type, int[] shape, IEnumerable<double> numbers, bool fortran = false)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({string.Concat(shape.Select(size => $"{size}, "))}), }}\n";
        return Write(name, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. numbers.SelectMany(number => Bytes(number, type[1..], type[0] == '>'))]);
    }

    private string Idx(string name, byte type, int[] shape, IEnumerable<double> numbers)
    {
        var sizes = shape.SelectMany(size => Bytes(size, "i4", bigEndian: true));
        return Write(name, [0, 0, type, (byte)shape.Length, .. sizes, .. numbers.SelectMany(number => Bytes(number, type == 0x0C ? "i4" : "f8", bigEndian: true))]);
    }

    private string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(_folder.Path);
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Bytes(double number, string type, bool bigEndian)
    {
        var bytes = new byte[8];
        switch (type)
        {
            case "f8": BinaryPrimitives.WriteDoubleLittleEndian(bytes, number); break;
            case "f4": BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number); break;
            case "i4": BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)number); break;
            case "u4": BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)number); break;
            case "u8": BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)number); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)number); break;
        }

        var used = bytes[..(type[1] - '0')];
        if (bigEndian)
            Array.Reverse(used);
        return used;
    }
}
