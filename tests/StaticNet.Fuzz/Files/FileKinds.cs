using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using StaticNet.Audio;
using StaticNet.Data;
using StaticNet.Importing;
using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Training;
using StaticNet.Training.Checkpoints;
using StaticNet.Training.Metrics;

namespace StaticNet.Fuzz.Files;

/// <summary>All kinds of files that StaticNet reads, with valid samples of each.</summary>
/// <param name="folder">A folder for readers that take a path.</param>
internal sealed class FileKinds(string folder)
{
    // What a reader needs for any file: chunks, tables, buffers of decompression.
    private const long Overhead = 2_000_000;

    private static readonly CsvOptions Csv = new() { HasHeader = true, TextLabels = true, Warnings = TextWriter.Null };

    /// <summary>Makes the samples.</summary>
    public IEnumerable<FileKindUnderTest> Create()
    {
        yield return Data("idx", 40, IdxSamples, bytes => IdxFile.Read(new MemoryStream(bytes)));
        yield return Packed("idx.gz", IdxSamples, bytes => IdxFile.Read(new MemoryStream(bytes)));
        yield return Data("npy", 40, NpySamples, bytes => NpyFile.Load(Stored(bytes)));
        yield return Packed("npy.gz", NpySamples, bytes => NpyFile.Load(Stored(bytes)));
        yield return new("npz", NpzSamples(), typeof(DataFormatException), length => Overhead + (10_320 * length), bytes => NpzFile.Load(Stored(bytes)));
        yield return Data("csv", 100, CsvSamples, bytes => CsvData.Read(new MemoryStream(bytes), Csv));
        yield return Packed("csv.gz", CsvSamples, bytes => CsvData.Read(new MemoryStream(bytes), Csv));
        yield return Data("csv-stream", 100, CsvSamples, ReadStream);
        yield return Data("table", 100, CsvSamples, bytes => Table.Read(new MemoryStream(bytes)));
        yield return Packed("table.gz", CsvSamples, bytes => Table.Read(new MemoryStream(bytes)));
        yield return State("schema", [SchemaFile()], typeof(DataFormatException), bytes => TableSchema.FromJson(Encoding.UTF8.GetString(bytes)));
        // A single number is no sample.
        yield return Data("mapped", 40, () => IdxSamples()[..3], ReadMapped);
        yield return Data("pnm", 40, PnmSamples, bytes => ImageFile.Decode(bytes));
        yield return Images("png", PngSamples(), bytes => ImageFile.Decode(bytes));
        yield return Images("jpeg", JpegSamples(), bytes => ImageFile.Decode(bytes));
        yield return State("safetensors", [SafetensorsOf(SomeTensors()), SafetensorsOf(new StateDict())], typeof(SafetensorsException), bytes =>
        {
            Safetensors.Read(bytes);
            Safetensors.Read(new MemoryStream(bytes));
        });
        yield return State("baked", [BakedSample()], typeof(DataFormatException), ReadBaked);
        yield return State("optimizer", [SafetensorsOf(Attached().ToStateDict())], typeof(FormatException), ReadOptimizer);
        yield return State("checkpoint", [CheckpointFile()], typeof(CheckpointException), bytes => Checkpoint.Load(Stored(bytes)));
        yield return State("checkpoint-fields", [CheckpointFile(), CheckpointFile(HistoryFile())], typeof(CheckpointException), ReadResigned);
        // A number of a text becomes a float, and a layer a line of C#.
        yield return new("capture", CaptureFiles.Samples(), typeof(ImportException), length => Overhead + (200 * length), bytes => DeclarationWriter.Write(AudioImport.Read(bytes).Network.Declaration));
        yield return State("history", [HistoryFile()], typeof(CheckpointException), ReadHistory);
    }

    private static List<byte[]> IdxSamples() =>
    [
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. Numbers(24)],
        [0, 0, 0x0D, 1, 0, 0, 0, 5, .. Numbers(20)],
        [0, 0, 0x0B, 2, 0, 0, 0, 2, 0, 0, 0, 2, .. Numbers(8)],
        [0, 0, 0x0E, 0, .. Numbers(8)],
    ];

    private static List<byte[]> NpySamples() =>
    [
        Npy("<f4", "False", "(2, 3)", 24), Npy(">f8", "True", "(2, 3)", 48), Npy("|u1", "True", "(2, 1, 2, 2)", 8), Npy("<f2", "False", "()", 2),
        Npy("<i8", "True", $"({string.Join(", ", Enumerable.Repeat("1", 60))}, 2, 2)", 32),
    ];

    private static List<byte[]> NpzSamples() => [.. NpySamples().Select(array => Zip(CompressionLevel.NoCompression, array)), Zip(CompressionLevel.Optimal, [.. NpySamples()])];

    private static byte[] Zip(CompressionLevel level, params byte[][] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var index = 0; index < arrays.Length; index++)
            {
                using var entry = archive.CreateEntry($"arr_{index}.npy", level).Open();
                entry.Write(arrays[index]);
            }
        }

        return stream.ToArray();
    }

    private static List<byte[]> CsvSamples() =>
    [
        "a,b,class\n1,2.5,x\n-3,\"4\",\"y \"\"z\"\"\"\r\n5,6,x\n"u8.ToArray(),
        "\uFEFFheight,kind\n1e5,q\n2,größe\n"u8.ToArray(),
        "x,y,z\n1700000000,1,a\n1700000001,1,b\n"u8.ToArray(),
    ];

    private static byte[] SchemaFile()
    {
        var table = Table.Of(["n", "c", "d", "k"], [["1", "x", "2024-01-01", "yes"], ["", "y", "2024-02-01", "no"]]);
        return Encoding.UTF8.GetBytes(TableSchema.Fit(
            table,
            [new NumberColumn("n") { Missing = MissingValue.Mean }, new CategoryColumn("c"), new DateColumn("d")],
            [new ClassTarget("k")]).ToJson());
    }

    private static List<byte[]> PnmSamples() =>
    [
        "P2 3 2 9 1 2 3 4 5 6"u8.ToArray(), "P5 2 1 255#c\nab"u8.ToArray(), [.. "P6\n# made\n1 2 65535\n"u8, .. Numbers(12)], "P3\n1 1\n255\n1 2 3\n"u8.ToArray(),
    ];

    private static List<byte[]> PngSamples()
    {
        var gray = Zlib([0, .. Numbers(3), 1, .. Numbers(3)]);
        return
        [
            Png([0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0], ("IDAT", gray)),
            Png([0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0], ("tEXt", "a\0b"u8.ToArray()), ("IDAT", gray[..5]), ("IDAT", gray[5..])),
            Png([0, 0, 0, 5, 0, 0, 0, 1, 1, 3, 0, 0, 0], ("PLTE", Numbers(6)), ("IDAT", Zlib([0, 0b10110000]))),
            Png([0, 0, 0, 2, 0, 0, 0, 1, 16, 6, 0, 0, 1], ("IDAT", Zlib([0, .. Numbers(8), 0, .. Numbers(8)]))),
        ];
    }

    /// <summary>Files that Pillow has written, each with its pixels behind it.</summary>
    private static List<byte[]> JpegSamples()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "jpeg.npy"));
        var samples = new List<byte[]>();
        while (stream.Position < stream.Length)
        {
            samples.Add([.. NpyFile.Read(stream).Values.Select(value => (byte)value)]);
            NpyFile.Read(stream);
        }
        return samples;
    }

    private static byte[] Png(byte[] header, params (string Type, byte[] Data)[] chunks)
    {
        var file = new List<byte>([0x89, .. "PNG\r\n\u001A\n"u8]);
        foreach (var (type, data) in chunks.Prepend(("IHDR", header)).Append(("IEND", [])))
            file.AddRange(PngChunks.Chunk(type, data));
        return [.. file];
    }

    private static byte[] Npy(string type, string fortranOrder, string shape, int length)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortranOrder}, 'shape': {shape}, }}\n");
        var size = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. size, .. header, .. Numbers(length)];
    }

    private static byte[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 37) + 1))];

    private static byte[] Zlib(byte[] bytes) => Compressed(bytes, stream => new ZLibStream(stream, CompressionLevel.Optimal));

    private static byte[] Gzip(byte[] bytes) => Compressed(bytes, stream => new GZipStream(stream, CompressionLevel.Optimal));

    private static byte[] Compressed(byte[] bytes, Func<Stream, Stream> compress)
    {
        using var packed = new MemoryStream();
        using (var stream = compress(packed))
            stream.Write(bytes);
        return packed.ToArray();
    }

    private byte[] BakedSample()
    {
        var network = new FuzzedNetwork(seed: 1);
        network.SetScaling(new Scaler([1, 2], [3, 4]));
        var path = Path.Combine(folder, "sample.baked");
        network.SaveBaked(path);
        return File.ReadAllBytes(path);
    }

    private static void ReadBaked(byte[] bytes)
    {
        try
        {
            new FuzzedNetwork().LoadBaked(bytes);
        }
        catch (ArgumentException)
        {
            // Documented too: weights of another network, or numbers that are not finite.
        }
    }

    private static byte[] SafetensorsOf(StateDict state)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, state);
        return stream.ToArray();
    }

    private static StateDict SomeTensors()
    {
        var state = new StateDict();
        state.Add("dense1.weight", [2, 3], [1, 2, 3, 4, 5, 6]);
        state.Add("empty", [0, 4], []);
        state.Add("scalar", [], [7]);
        state.Metadata["format"] = "pt";
        state.Metadata["größe"] = "\"quoted\" \\ text";
        return state;
    }

    private static Adam Attached()
    {
        var optimizer = new Adam();
        optimizer.Attach(new FuzzedNetwork(seed: 1).Weights);
        return optimizer;
    }

    private static void ReadOptimizer(byte[] bytes)
    {
        try
        {
            Attached().LoadStateDict(Safetensors.Read(bytes));
        }
        catch (ArgumentException e) when (e.GetType() == typeof(ArgumentException))
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <param name="history">A file of its history, where it has one.</param>
    private byte[] CheckpointFile(byte[]? history = null)
    {
        var path = Path.Combine(folder, "whole.safetensors");
        var progress = TrainingProgress.AtStart(2);
        if (history is not null)
            progress = progress with { Epochs = SomeEpochs, Stored = new StoredHistory(HistoryFiles.EpochsOfFile, HistoryNamed(history)) };
        SomeCheckpoint(progress).Save(path);
        return File.ReadAllBytes(path);
    }

    private byte[] HistoryFile() => File.ReadAllBytes(Path.Combine(folder, new HistoryFiles().Store(folder, SomeEpochs).Last!));

    private static ImmutableArray<EpochResult> SomeEpochs =>
        [.. Enumerable.Range(1, HistoryFiles.EpochsOfFile).Select(epoch => new EpochResult(epoch, 0.5, [new MetricValue("accuracy", double.NaN, true)], 0.25, [], 0.1f, 1))];

    /// <summary>Puts a file of a history beside the checkpoint, under the name that its content asks for, so that it is looked into.</summary>
    private string HistoryNamed(byte[] content)
    {
        var state = new StateDict();
        try
        {
            state = Safetensors.Read(new MemoryStream(content));
        }
        catch (SafetensorsException)
        {
            // Under any name it is no file that can be read.
        }

        var name = HistoryFiles.NameOf(1, state);
        File.WriteAllBytes(Path.Combine(folder, name), content);
        return name;
    }

    private void ReadHistory(byte[] bytes)
    {
        var name = HistoryNamed(bytes);
        try
        {
            HistoryFiles.Read(folder, name);
        }
        finally
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    private static Checkpoint SomeCheckpoint(TrainingProgress progress)
    {
        var network = new FuzzedNetwork(seed: 1);
        var optimizer = new Adam();
        optimizer.Attach(network.Weights);
        var callback = new StateDict();
        callback.Metadata["best"] = "0.5";
        return new Checkpoint(
            new Dictionary<string, string> { ["seed"] = "1" },
            progress,
            network.ToStateDict(),
            optimizer.ToStateDict(),
            new Dictionary<string, StateDict> { ["early-stopping"] = callback });
    }

    /// <summary>Signs the damaged content anew, so that what is behind the digest sees it.</summary>
    private void ReadResigned(byte[] bytes)
    {
        StateDict state;
        try
        {
            state = Safetensors.Read(bytes);
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException(e.Message, e);
        }
        state.Metadata["sha256"] = Checkpoint.Digest(state);
        Checkpoint.Load(Stored(SafetensorsOf(state)));
    }

    private void ReadStream(byte[] bytes)
    {
        var stream = CsvStream.Open(Stored(bytes), Csv);
        using var reader = stream.Open(0);
        var (input, target) = (new float[stream.InputLength], new float[stream.TargetLength]);
        while (reader.Read(input, target, out _))
        {
        }
    }

    private void ReadMapped(byte[] bytes)
    {
        var path = Stored(bytes);
        using var source = MappedSource.OpenIdx(path, path);
        if (source.Count == 0)
            return;
        var input = new float[source.InputLength];
        source.GatherInputs([source.Count - 1], input);
    }

    private string Stored(byte[] bytes)
    {
        var path = Path.Combine(folder, "damaged.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static FileKindUnderTest Data(string name, long multiple, Func<List<byte[]>> samples, Action<byte[]> read) =>
        new(name, samples(), typeof(DataFormatException), length => Overhead + (multiple * length), read);

    /// <summary>Deflate makes a thousand bytes of one; a float of a byte, and arrays that grow, up to ten of each.</summary>
    private static FileKindUnderTest Packed(string name, Func<List<byte[]>> samples, Action<byte[]> read) =>
        new(name, [.. samples().Select(Gzip)], typeof(DataFormatException), length => Overhead + (10_320 * length), read);

    /// <summary>
    /// Deflate makes a thousand bytes of one, and of those eight pixels each, a float; in a JPEG a bit makes a block of 64 pixels.
    /// </summary>
    private static FileKindUnderTest Images(string name, List<byte[]> samples, Action<byte[]> read) =>
        new(name, samples, typeof(DataFormatException), length => Overhead + (40_000 * length), read);

    private static FileKindUnderTest State(string name, List<byte[]> samples, Type refusal, Action<byte[]> read) =>
        new(name, samples, refusal, length => Overhead + (100 * length), read);
}
