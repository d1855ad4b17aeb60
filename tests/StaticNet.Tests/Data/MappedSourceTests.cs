using System.Buffers.Binary;
using System.Runtime.InteropServices;
using StaticNet.Data;
using StaticNet.Tests.Serialization;

namespace StaticNet.Tests.Data;

public sealed class MappedSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    private string Inputs => Path.Combine(_folder, "inputs");

    private string Targets => Path.Combine(_folder, "targets");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Mapped_IDX_files_give_the_batches_of_loaded_ones()
    {
        File.WriteAllBytes(Inputs, IdxFileTests.Idx(0x08, [11, 3, 5], Random(11 * 15)));
        File.WriteAllBytes(Targets, IdxFileTests.Idx(0x08, [11], [.. Enumerable.Range(0, 11).Select(i => (byte)i)]));
        using var mapped = MappedSource.OpenIdx(Inputs, Targets);

        SameBatches(DataSet.FromIdx(Inputs, Targets), mapped);
        Assert.Equal(15, mapped.InputLength);
    }

    [Theory]
    [InlineData(0x09, 1)]
    [InlineData(0x0B, 2)]
    [InlineData(0x0C, 4)]
    [InlineData(0x0D, 4)]
    [InlineData(0x0E, 8)]
    public void Every_type_of_IDX_is_converted_as_when_it_is_loaded(byte type, int size)
    {
        // Rows longer than the converter's chunks, of an odd length.
        File.WriteAllBytes(Inputs, IdxFileTests.Idx(type, [3, 5003], Random(3 * 5003 * size)));
        File.WriteAllBytes(Targets, IdxFileTests.Idx(type, [3, 1], Random(3 * size)));
        using var mapped = MappedSource.OpenIdx(Inputs, Targets, scale: 2);

        SameBatches(DataSet.FromIdx(Inputs, Targets, scale: 2), mapped);
    }

    [Fact]
    public void Mapped_npy_files_give_the_batches_of_loaded_ones()
    {
        NpyFile.Save(Inputs, [4, 2, 3], [.. Enumerable.Range(0, 24).Select(i => i / 7f)]);
        NpyFile.Save(Targets, [4, 2], [.. Enumerable.Range(0, 8).Select(i => -i / 3f)]);
        using var mapped = MappedSource.OpenNpy(Inputs, Targets);

        SameBatches(DataSet.FromNpy(Inputs, Targets), mapped);
    }

    [Fact]
    public void Raw_files_are_rows_of_bytes_or_floats()
    {
        File.WriteAllBytes(Inputs, [1, 2, 3, 4, 5, 6]);
        File.WriteAllBytes(Targets, [.. MemoryMarshal.AsBytes<float>([0.5f, -1.5f, 2.5f])]);
        using var mapped = MappedSource.OpenRaw(Inputs, RawType.UInt8, 2, Targets, RawType.Float32, 1, scale: 0.5f);

        SameBatches(new DataSet(2, 1, [0.5f, 1, 1.5f, 2, 2.5f, 3], [0.5f, -1.5f, 2.5f]), mapped);
        File.WriteAllBytes(Path.Combine(_folder, "odd"), [1, 2, 3]);
        Assert.Contains("rows of 2 bytes; the file has 3 bytes", Refusal(() => MappedSource.OpenRaw(Path.Combine(_folder, "odd"), RawType.UInt8, 2, Targets, RawType.Float32, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_files_have_no_samples()
    {
        File.WriteAllBytes(Inputs, []);
        File.WriteAllBytes(Targets, []);
        using var mapped = MappedSource.OpenRaw(Inputs, RawType.UInt8, 2, Targets, RawType.Float32, 1);

        Assert.Equal(0, mapped.Count);
        Assert.Empty(Loaded.Batches(new DataLoader(mapped, 2), 0));
    }

    [Fact]
    public void What_is_not_as_long_as_its_header_says_is_refused_with_its_name()
    {
        File.WriteAllBytes(Targets, IdxFileTests.Idx(0x08, [2], [1, 2]));
        var valid = IdxFileTests.Idx(0x08, [2, 3], [1, 2, 3, 4, 5, 6]);
        foreach (var (file, message) in new (byte[], string)[]
                 {
                     (valid[..^1], "expected 6 bytes of data for 2 × 3 elements of UInt8; the file has 5"),
                     ([.. valid, 0], "the file has 7"),
                     (valid[..7], "the file ends after 3 of them"),
                     ([], "magic number"),
                     (IdxFileTests.Gzip(valid), "begins with 0x1F 0x8B"),
                     (IdxFileTests.Idx(0x08, [], [1]), "single number"),
                     (IdxFileTests.Idx(0x08, [2, 0], []), "at least one number"),
                     (IdxFileTests.Idx(0x0E, [int.MaxValue, 2_000_000_000], []), "34359738352000000000 bytes of data"),
                     (IdxFileTests.Idx(0x08, [1, int.MaxValue, int.MaxValue], []), "has more"),
                 })
        {
            File.WriteAllBytes(Inputs, file);
            var refusal = Refusal(() => MappedSource.OpenIdx(Inputs, Targets));
            Assert.Contains(message, refusal, StringComparison.Ordinal);
            Assert.StartsWith(Inputs, refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        File.WriteAllBytes(Inputs, IdxFileTests.Idx(0x08, [2, 1], [1, 2]));
        File.WriteAllBytes(Targets, IdxFileTests.Idx(0x08, [3], [1, 2, 3]));

        Assert.Throws<ArgumentException>(() => MappedSource.OpenIdx(Inputs, Targets));
        Assert.Throws<ArgumentOutOfRangeException>(() => MappedSource.OpenIdx(Inputs, Inputs, float.NaN));
        Assert.Throws<FileNotFoundException>(() => MappedSource.OpenIdx(Inputs + "x", Targets));
        Assert.Throws<FileNotFoundException>(() => MappedSource.OpenIdx(Inputs, Targets + "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => MappedSource.OpenRaw(Inputs, RawType.UInt8, 0, Targets, RawType.UInt8, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MappedSource.OpenRaw(Inputs, (RawType)9, 1, Targets, RawType.UInt8, 1));
        File.WriteAllBytes(Inputs, FortranOrder());
        Assert.Contains("Fortran", Refusal(() => MappedSource.OpenNpy(Inputs, Inputs)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_while_it_is_open_is_noticed()
    {
        File.WriteAllBytes(Inputs, IdxFileTests.Idx(0x08, [2, 50_000], new byte[100_000]));
        File.WriteAllBytes(Targets, IdxFileTests.Idx(0x08, [2], [1, 2]));
        using var mapped = MappedSource.OpenIdx(Inputs, Targets);
        if (OperatingSystem.IsWindows())
        {
            // A mapped file cannot be cut there.
            Assert.Throws<IOException>(() => Cut(Inputs));
            return;
        }
        Cut(Inputs);
        Assert.Contains("expected 100012 bytes as when it was opened; the file has 10", Assert.Throws<DataFormatException>(() => mapped.GatherInputs([1], new float[50_000])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_source_is_not_read()
    {
        File.WriteAllBytes(Inputs, IdxFileTests.Idx(0x08, [2, 1], [1, 2]));
        File.WriteAllBytes(Targets, IdxFileTests.Idx(0x08, [2], [1, 2]));
        var mapped = MappedSource.OpenIdx(Inputs, Targets);
        mapped.Dispose();
        mapped.Dispose();

        Assert.Throws<ObjectDisposedException>(() => mapped.GatherInputs([0], new float[1]));
        File.Delete(Inputs);
    }

    [Fact]
    public void Any_bytes_are_a_source_or_refused()
    {
        var idx = IdxFileTests.Idx(0x0B, [3, 2, 2], Random(24));
        File.WriteAllBytes(Targets, IdxFileTests.Idx(0x08, [3], [1, 2, 3]));
        Mutations.Run<DataFormatException>([idx], 1500, 100_000, file => Read(file, () => MappedSource.OpenIdx(Inputs, Targets)));

        NpyFile.Save(Targets, [3], [1, 2, 3]);
        using var npy = new MemoryStream();
        NpyFile.Write(npy, [3, 2], [1, 2, 3, 4, 5, 6]);
        Mutations.Run<DataFormatException>([npy.ToArray()], 1500, 200_000, file => Read(file, () => MappedSource.OpenNpy(Inputs, Targets)));
    }

    private void Read(byte[] file, Func<MappedSource> open)
    {
        File.WriteAllBytes(Inputs, file);
        MappedSource source;
        try
        {
            source = open();
        }
        catch (ArgumentException e)
        {
            // A valid file of more or fewer samples.
            Assert.Contains("as many targets as inputs", e.Message, StringComparison.Ordinal);
            return;
        }
        using (source)
            source.GatherInputs([0, 2], new float[2 * source.InputLength]);
    }

    private static void SameBatches(DataSet expected, MappedSource actual)
    {
        using var direct = new DataLoader(expected, 4, seed: 1);
        using var mapped = new DataLoader(actual, 4, seed: 1);
        Assert.Equal(Loaded.Batches(direct, 1), Loaded.Batches(mapped, 1));
        Assert.Equal(0, Loaded.BytesOfEpoch(mapped));
    }

    private static void Cut(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(10);
    }

    private static byte[] FortranOrder()
    {
        var header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1), }\n"u8;
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. header, 1, 2];
    }

    private static string Refusal(Func<MappedSource> open) => Assert.Throws<DataFormatException>(() => open().Count).Message;

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
