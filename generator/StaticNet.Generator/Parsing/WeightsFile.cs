using System.Text;
using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;

namespace StaticNet.Generator.Parsing;

/// <summary>A file of weights of the project, as far as a declaration can be checked against it: names and shapes, or an architecture.</summary>
/// <param name="Path">Where it is, with slashes.</param>
/// <param name="Resource">The name under which the build embeds it; empty where it does not.</param>
/// <param name="Tensors">What its header names.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
/// <param name="IsBaked">Whether the build puts its numbers into code, and not the file into a resource.</param>
/// <param name="Fingerprint">What tells its content from another, where it is baked.</param>
/// <param name="BakeFault">Why its numbers cannot be baked; null where they can, or are not.</param>
/// <param name="Architecture">The lines of a baked file that say what it is of; none for a safetensors file.</param>
internal sealed record WeightsFile(
    string Path, string Resource, EquatableArray<StoredTensor> Tensors, string? Fault, bool IsBaked = false, ulong Fingerprint = 0, string? BakeFault = null,
    EquatableArray<string> Architecture = default)
{
    /// <summary>How the name of a safetensors file ends.</summary>
    public const string Extension = ".safetensors";

    /// <summary>As many bytes as the format allows a header.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>The file's name without its folder.</summary>
    public string Name => Path.Substring(Path.LastIndexOf('/') + 1);

    /// <summary>Whether the file is in the kernels' layout.</summary>
    public bool IsInKernelLayout => HasExtension(Path, BakedFormat.Extension);

    /// <summary>Whether a file may be one of weights, by its name.</summary>
    public static bool IsWeights(string path) => HasExtension(path, Extension) || HasExtension(path, BakedFormat.Extension);

    /// <summary>Reads a file's header, and all of it where its numbers are baked. Whatever is there, the result is the tensors or a fault.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="resource">The name under which the build embeds it; empty where it does not.</param>
    /// <param name="isBaked">Whether the build puts its numbers into code instead.</param>
    public static WeightsFile Read(string path, string resource, bool isBaked)
    {
        var name = path.Replace('\\', '/');
        try
        {
            using var stream = Open(path);
            if (HasExtension(path, BakedFormat.Extension))
                return new WeightsFile(name, resource, default, null, Architecture: BakedHeader.Read(count => Bytes(stream, count), stream.Length).ToEquatableArray());
            var (tensors, _) = SafetensorsNames.Parse(Header(stream), stream.Length - stream.Position);
            var (fingerprint, fault) = isBaked ? Examine(stream, tensors) : (0, null);
            return new WeightsFile(name, resource, tensors.ToEquatableArray(), null, isBaked, fingerprint, fault);
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

    /// <summary>Reads the numbers of a file that has none of the faults.</summary>
    public WeightsContent Content()
    {
        using var stream = Open(Path);
        var (tensors, schema) = SafetensorsNames.Parse(Header(stream), stream.Length - stream.Position);
        var data = Bytes(stream, (int)(stream.Length - stream.Position));
        return new WeightsContent(tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values(data), StringComparer.Ordinal), schema);
    }

    /// <summary>Looks at all numbers, whether they can be baked.</summary>
    private static (ulong Fingerprint, string? Fault) Examine(Stream stream, IReadOnlyList<StoredTensor> tensors)
    {
        // A project may have other files of weights, of any length.
        if (stream.Length > Limits.MostBakedBytes)
            return (0, $"it has {Invariant.Grouped(stream.Length)} bytes, and {Invariant.Grouped(Limits.MostBakedBytes)} is the most that a build reads to bake them into code");
        if (tensors.FirstOrDefault(tensor => !tensor.HasValues) is { } foreign)
            return (0, $"{foreign.Name} is {foreign.Type}, and numbers of F32, F64, BF16 or I64 are baked into code");
        var data = Bytes(stream, (int)(stream.Length - stream.Position));
        foreach (var tensor in tensors)
        {
            var values = tensor.Values(data);
            var place = Array.FindIndex(values, value => float.IsNaN(value) || float.IsInfinity(value));
            if (place >= 0)
                return (0, $"{tensor.Name} holds a number that is NaN, infinite or beyond float32: element {Invariant.Text(place)} of {Invariant.Text(values.Length)}");
        }

        if (ScalingFault(tensors, data) is { } fault)
            return (0, fault);
        return (data.Aggregate(14695981039346656037, (hash, value) => unchecked((hash ^ value) * 1099511628211)), null);
    }

    /// <summary>What is wrong with the scaling of inputs or targets: it has both shift and scale, or is not there.</summary>
    private static string? ScalingFault(IReadOnlyList<StoredTensor> tensors, byte[] data)
    {
        foreach (var prefix in new[] { "scaling.inputs", "scaling.targets" })
        {
            StoredTensor? Part(string name) => tensors.FirstOrDefault(tensor => tensor.Name == $"{prefix}.{name}");
            var (hasShift, hasScale) = (Part("shift") is not null, Part("scale") is not null);
            if (hasShift != hasScale || (!hasShift && (Part("function") ?? Part("width")) is not null))
                return $"a scaling has {prefix}.shift and {prefix}.scale, and not both are there";
            foreach (var part in new[] { Part("function"), Part("width") })
            {
                if (part is not null && !(part.Values(data) is { Length: 1 } numbers && numbers[0] is >= 0 and <= Limits.MostFloats && numbers[0] % 1 == 0))
                    return $"{part.Name} is not one whole number";
            }
        }

        return null;
    }

    // Files are binary, so that AdditionalText, which gives text, cannot read them.
#pragma warning disable RS1035
    private static FileStream Open(string path) => File.OpenRead(path);
#pragma warning restore RS1035

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

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
