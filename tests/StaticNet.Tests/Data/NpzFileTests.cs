using System.IO.Compression;
using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Serialization;

namespace StaticNet.Tests.Data;

public sealed class NpzFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_archive_that_NumPy_wrote_is_read_as_NumPy_reads_it()
    {
        var archives = Golden();

        Assert.Equal(4, archives.Count);
        foreach (var (file, arrays) in archives)
        {
            var loaded = NpzFile.Load(Stored(file));
            Assert.Equal(arrays.Keys.Order(StringComparer.Ordinal), loaded.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, expected) in arrays)
            {
                Assert.Equal(expected.Shape.ToArray(), loaded[name].Shape.ToArray());
                Assert.Equal(expected.Values, loaded[name].Values);
                Assert.Equal(expected.Values, NpzFile.Load(_path, name).Values);
            }
        }
    }

    [Fact]
    public void A_data_set_takes_two_arrays_of_an_archive()
    {
        var data = DataSet.FromNpz(Stored(Golden()[1].File));

        Assert.Equal((4, 6, 1), (data.Count, data.InputLength, data.TargetLength));
        Assert.Equal([2f, 0, 1, 2], data.Targets.ToArray());
        Assert.Equal(7f / 7, data.Input(1)[1]);
        var error = Assert.Throws<ArgumentException>(() => DataSet.FromNpz(_path, targets: "labels"));
        Assert.Contains("expected an array 'labels'; there are x, y.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_that_becomes_too_long_is_refused_before_it_is_decompressed()
    {
        var file = Stored(Zip(("a.npy", Npy(new float[4_000_000]))));

        var error = Assert.Throws<DataFormatException>(() => NpzFile.Load(file, 1_000_000));
        Assert.Contains("at most 1000000 bytes together", error.Message, StringComparison.Ordinal);
        Assert.Contains("maxDecompressedLength", error.Message, StringComparison.Ordinal);
        Assert.Equal(4_000_000, NpzFile.Load(file)["a"].Values.Length);
        // Both fit alone, and not together.
        Stored(Zip(("a.npy", Npy(new float[200_000])), ("b.npy", Npy(new float[200_000]))));
        Assert.Throws<DataFormatException>(() => NpzFile.Load(file, 1_000_000));
        Assert.Equal(200_000, NpzFile.Load(file, "b", 1_000_000).Values.Length);
    }

    [Fact]
    public void An_archive_of_more_than_it_may_be_by_itself_is_refused()
    {
        Stored(Zip(("a.npy", Npy(new float[20_000_000]))));

        Assert.Throws<DataFormatException>(() => NpzFile.Load(_path));
    }

    [Fact]
    public void Damaged_data_are_refused_by_their_checksum()
    {
        var file = Zip(CompressionLevel.NoCompression, ("a.npy", Npy([1, 2, 3, 4])));
        var place = file.AsSpan().IndexOf(BitConverter.GetBytes(3f));
        file[place] ^= 1;

        var error = Assert.Throws<DataFormatException>(() => NpzFile.Load(Stored(file)));

        Assert.Contains("'a': Expected the checksum", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_or_has_no_array_is_refused()
    {
        Assert.Contains("which begins with 504B0304; it begins with 934E554D", Message(Npy([1])), StringComparison.Ordinal);
        Assert.Contains("Expected an archive with .npy files", Message(Zip(("a.txt", "x"u8.ToArray()))), StringComparison.Ordinal);
        Assert.Contains("Expected an archive with .npy files", Message(Zip()), StringComparison.Ordinal);
        Assert.Contains("'a': Expected a .npy file to begin with", Message(Zip(("a.npy", "abcdefghijk"u8.ToArray()))), StringComparison.Ordinal);
        Assert.Contains("'a': Expected the end after the array", Message(Zip(("a.npy", [.. Npy([1]), 0]))), StringComparison.Ordinal);
        Assert.Contains("'a' comes twice", Message(Zip(("a.npy", Npy([1])), ("a.npy", Npy([1])))), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_of_an_archive_are_passed_over() =>
        Assert.Equal(["a"], NpzFile.Load(Stored(Zip(("notes.txt", "x"u8.ToArray()), ("a.npy", Npy([1]))))).Keys);

    [Fact]
    public void A_compressed_npy_file_is_read()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Npy([1, 2, 3]));

        Assert.Equal([1f, 2, 3], NpyFile.Load(Stored(packed.ToArray())).Values);
    }

    [Fact]
    public void Any_bytes_give_a_result_or_a_refusal() => Mutations.Run<DataFormatException>(
        [.. Golden().Select(archive => archive.File)], 3_000, 3_000_000, file => NpzFile.Load(Stored(file)));

    private string Message(byte[] file) => Assert.Throws<DataFormatException>(() => NpzFile.Load(Stored(file))).Message;

    private string Stored(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        return _path;
    }

    private static List<(byte[] File, Dictionary<string, NpyArray> Arrays)> Golden()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "Files", "archives.npy"));
        var archives = new List<(byte[], Dictionary<string, NpyArray>)>();
        while (stream.Position < stream.Length)
        {
            var file = Bytes(NpyFile.Read(stream));
            var arrays = new Dictionary<string, NpyArray>();
            for (var count = (int)NpyFile.Read(stream).Values[0]; count > 0; count--)
                arrays.Add(Encoding.ASCII.GetString(Bytes(NpyFile.Read(stream))), NpyFile.Read(stream));
            archives.Add((file, arrays));
        }

        return archives;
    }

    private static byte[] Bytes(NpyArray array) => [.. array.Values.Select(value => (byte)value)];

    private static byte[] Npy(float[] values)
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, [values.Length], values);
        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Data)[] files) => Zip(CompressionLevel.Optimal, files);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Data)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, data) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(data);
            }
        }

        return stream.ToArray();
    }
}
