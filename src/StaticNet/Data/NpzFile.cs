using System.IO.Compression;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Reads .npz, NumPy's format for several named arrays: a zip archive of .npy files, stored or compressed.</summary>
/// <remarks>
/// Arrays are those of <see cref="NpyFile"/>, under the names passed to <c>np.savez(file, x=…, y=…)</c> (<c>arr_0</c>,
/// <c>arr_1</c>, … by default). Other files of the archive are ignored. Lengths and checksums are checked, and the decompressed
/// length of an archive is limited: any bytes lead to a result or a <see cref="DataFormatException"/>, and memory grows only as
/// data are read.
/// </remarks>
public static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>Reads all arrays of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxDecompressedLength">The largest decompressed length of all its arrays together in bytes; null for 64 MiB,
    /// or 100 times the file's length if that is more.</param>
    /// <returns>The arrays by their names.</returns>
    /// <exception cref="DataFormatException">The file is not valid, contains no array or one of a type that is not supported, or
    /// its arrays are longer than the limit.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Load(string path, long? maxDecompressedLength = null) =>
        Read(path, maxDecompressedLength, _ => true, _ => null);

    /// <summary>Reads one array of a file; the others are ignored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The array's name.</param>
    /// <param name="maxDecompressedLength">The most bytes that the array may become; null for 64 MiB, or 100 times the file's
    /// length if that is more.</param>
    /// <param name="numbers">How numbers of 32 and 64 bits become floats; null for the nearest ones.</param>
    /// <returns>Shape and elements.</returns>
    /// <exception cref="ArgumentException">The file has no array of that name, or the options do not fit it.</exception>
    /// <exception cref="DataFormatException">The file is not valid, or the array is longer than the limit.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static NpyArray Load(string path, string name, long? maxDecompressedLength = null, NumberOptions? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Read(path, maxDecompressedLength, other => other == name, _ => numbers, name)[name];
    }

    /// <summary>Reads inputs and targets.</summary>
    internal static (NpyArray Inputs, NpyArray Targets) LoadTwo(
        string path, string inputs, string targets, long? maxDecompressedLength, NumberOptions? inputNumbers, NumberOptions? targetNumbers)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var arrays = Read(path, maxDecompressedLength, name => name == inputs || name == targets, name => name == inputs ? inputNumbers : targetNumbers, inputs, targets);
        return (arrays[inputs], arrays[targets]);
    }

    private static Dictionary<string, NpyArray> Read(
        string path, long? maxDecompressedLength, Func<string, bool> wanted, Func<string, NumberOptions?> numbers, params ReadOnlySpan<string> required)
    {
        if (maxDecompressedLength < 0)
            throw new ArgumentOutOfRangeException(nameof(maxDecompressedLength), maxDecompressedLength, "Expected a limit of 0 or more decompressed bytes.");
        using var file = InputFile.OpenRead(path);
        var limit = maxDecompressedLength ?? GzipFile.DefaultMaxDecompressedLength(file.Length);
        var (arrays, names) = InputFile.Named(path, () => Read(file, Path.GetFileName(path), limit, wanted, numbers));
        foreach (var name in required)
        {
            if (!arrays.ContainsKey(name))
                throw new ArgumentException($"{path}: expected an array '{name}'; there {(names.Count == 1 ? "is" : "are")} {string.Join(", ", names)}.");
        }

        return arrays;
    }

    private static (Dictionary<string, NpyArray> Arrays, List<string> Names) Read(
        FileStream file, string fileName, long limit, Func<string, bool> wanted, Func<string, NumberOptions?> numbers)
    {
        RequireZip(file);
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var archive = Guarded(() => new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
        foreach (var entry in Guarded(() => archive.Entries))
        {
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
                continue;
            var name = entry.FullName[..^Extension.Length];
            if (!known.Add(name))
                throw new DataFormatException($"Expected each array once; '{Shorten(name)}' comes twice.");
            names.Add(name);
            if (!wanted(name))
                continue;
            if (entry.Length > limit)
                throw new DataFormatException(
                    $"Expected arrays of at most {limit} bytes together in a file of {file.Length}; with '{Shorten(name)}' they have more. Give a larger maxDecompressedLength if the file can be trusted.");
            limit -= entry.Length;
            arrays.Add(name, Array(entry, name, $"{fileName}/{name}", numbers(name)));
        }

        return names.Count > 0 ? (arrays, names) : throw new DataFormatException("Expected an archive with .npy files; it has none.");
    }

    private static NpyArray Array(ZipArchiveEntry entry, string name, string title, NumberOptions? numbers)
    {
        try
        {
            using var stream = new ZipEntryReader(Guarded(entry.Open), entry.Length, entry.Crc32);
            var array = NpyFile.Read(stream, title, numbers);
            stream.RequireEnd();
            return array;
        }
        catch (Exception e) when (e is DataFormatException or InvalidDataException)
        {
            throw new DataFormatException($"'{Shorten(name)}': {e.Message}", e);
        }
    }

    /// <summary>The framework searches any file for a directory of an archive; what is none is better refused by how it
    /// begins.</summary>
    private static void RequireZip(FileStream file)
    {
        Span<byte> start = stackalloc byte[FileKind.Length];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        // An archive without files is only the end of its directory.
        if (!start.StartsWith("PK\u0003\u0004"u8) && !start.StartsWith("PK\u0005\u0006"u8))
            throw new DataFormatException($"Expected a .npz file, a zip archive, which begins with 504B0304; it begins with {Convert.ToHexString(start[..Math.Min(4, start.Length)])}.{FileKind.Hint(start)}");
        file.Position = 0;
    }

    /// <summary>Reads a part of the archive; whatever the framework says of damaged bytes is an
    /// <see cref="InvalidDataException"/>.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"Expected a zip archive that is whole: {e.Message}", e);
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
