using System.Text;
using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;

namespace StaticNet.Generator.Parsing;

/// <summary>A safetensors file of the project, as far as a declaration can be checked against it: names and shapes.</summary>
/// <param name="Path">Where it is, with slashes.</param>
/// <param name="Resource">The name under which the build embeds it; empty where it does not.</param>
/// <param name="Tensors">What its header names.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
internal sealed record WeightsFile(string Path, string Resource, EquatableArray<StoredTensor> Tensors, string? Fault)
{
    /// <summary>How the name of such a file ends.</summary>
    public const string Extension = ".safetensors";

    /// <summary>As many bytes as the format allows a header.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>Reads a file's header. Whatever is there, the result is the tensors or a fault.</summary>
    public static WeightsFile Read(string path, string resource)
    {
        var name = path.Replace('\\', '/');
        try
        {
            // The file is binary, so that AdditionalText, which gives text, cannot read it.
#pragma warning disable RS1035
            using var stream = File.OpenRead(path);
#pragma warning restore RS1035
            return new WeightsFile(name, resource, SafetensorsNames.Parse(Header(stream), stream.Length - stream.Position).ToEquatableArray(), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return new WeightsFile(name, resource, default, exception.Message);
        }
    }

    /// <summary>The files that a name in a declaration may mean: those whose paths end with it.</summary>
    public static IReadOnlyList<WeightsFile> Named(string name, IEnumerable<WeightsFile> files)
    {
        var wanted = name.Replace('\\', '/');
        while (wanted.StartsWith("./", StringComparison.Ordinal))
            wanted = wanted.Substring(2);
        return [.. files.Where(file => wanted.Length > 0 && (file.Path == wanted || file.Path.EndsWith("/" + wanted, StringComparison.Ordinal)))];
    }

    private static string Header(Stream stream)
    {
        // With a little of what follows the length, which shows what the file is where it is another.
        var start = Bytes(stream, FileKind.Length);
        if (start.Length < sizeof(ulong))
            throw Foreign(start, start.Length == 0 ? "it is empty" : "it ends within the length of its header");
        ulong length = 0;
        for (var place = sizeof(ulong) - 1; place >= 0; place--)
            length = (length << 8) | start[place];
        if (length > LongestHeader)
            throw Foreign(start, "it does not begin with the length of a safetensors header");
        stream.Position = sizeof(ulong);
        var header = Bytes(stream, (int)Math.Min((long)length, stream.Length - sizeof(ulong)));
        if (header.Length == 0 || header[0] != '{')
            throw Foreign(start, "its header is not a JSON object");
        if (header.Length < (int)length)
            throw new FormatException(FormattableString.Invariant($"its header should have {length} bytes, but only {header.Length} follow: it is truncated"));
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false).GetString(header);
    }

    /// <summary>What is said of a file that does not begin as a safetensors file: what it is, or else what is wrong.</summary>
    private static FormatException Foreign(byte[] start, string fault) => new(FileKind.Describe(start) is { } kind ? "it is " + kind : fault);

    /// <summary>Reads as many bytes as stated, or as there are.</summary>
    private static byte[] Bytes(Stream stream, int count)
    {
        var bytes = new byte[count];
        var read = 0;
        for (int more; read < count && (more = stream.Read(bytes, read, count - read)) > 0;)
            read += more;
        Array.Resize(ref bytes, read);
        return bytes;
    }
}
