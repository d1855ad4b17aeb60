using System.Text;

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
        var prefix = Bytes(stream, sizeof(ulong));
        ulong length = 0;
        for (var place = prefix.Length - 1; place >= 0; place--)
            length = (length << 8) | prefix[place];
        if (length > LongestHeader || (long)length > stream.Length - prefix.Length)
            throw new FormatException("it does not begin with the length of a safetensors header");
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false).GetString(Bytes(stream, (int)length));
    }

    private static byte[] Bytes(Stream stream, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = stream.Read(bytes, read, count - read);
            if (more == 0)
                throw new FormatException("it ends within its header");
            read += more;
        }

        return bytes;
    }
}
