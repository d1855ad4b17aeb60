namespace StaticNet.Serialization;

/// <summary>Recognises files of another kind than a reader expects by their first bytes, for its message.</summary>
/// <remarks>The generator compiles this source too, for the weights of a declaration: it keeps to what netstandard2.0 has.</remarks>
public static class FileKind
{
    /// <summary>The number of bytes from the start of a file that <see cref="Describe"/> looks at.</summary>
    public const int Length = 16;

    /// <summary>What a file is, and what to do with it.</summary>
    /// <param name="start">Its first bytes, <see cref="Length"/> of them if it has that many.</param>
    /// <returns>A phrase such as <c>a zip archive, …</c>, or null if nothing is recognised.</returns>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
            return "a zip archive, such as a .pt of PyTorch, an .npz of NumPy (NpzFile reads it), a .keras or an .xlsx: unpack it, or store its content as safetensors, .npy or CSV";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "an HDF5 file, such as Keras's .h5: store its weights with safetensors.numpy.save_file, its data as .npy";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "compressed with gzip: unpack it";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
            return "a NumPy array (.npy): read it with NpyFile or DataSet.FromNpy";
        if (start.Length > 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            return "a Python pickle, as torch.save wrote before version 1.6: load it in Python and store it with safetensors.torch.save_file";
        if (start.Length > 2 && start[0] == 0x08 && start[1] is >= 1 and <= 20 && start[2] is 0x12 or 0x1A or 0x22 or 0x3A)
            return "an ONNX model: store its initialisers with safetensors.numpy.save_file";
        if (start.Length >= 8 && start.Slice(4, 4).SequenceEqual("TFL3"u8))
            return "a TensorFlow Lite model: store its weights with safetensors.numpy.save_file";
        if (start.StartsWith("GGUF"u8))
            return "a GGUF model: store its weights as safetensors";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return "a PNG image: read it with ImageFile or ImageFolder";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "a JPEG image: read it with ImageFile or ImageFolder";
        if (start.StartsWith("GIF8"u8))
            return "a GIF image: convert it to PNG";
        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start.Slice(8, 4).SequenceEqual("WEBP"u8))
            return "a WebP image: convert it to PNG";
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8))
            return "a TIFF image: convert it to PNG";
        if (start.StartsWith("PAR1"u8))
            return "a Parquet file: store it as CSV or .npy";
        if (start.StartsWith("BZh"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'])
            || start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]))
            return "compressed with bzip2, xz, zstd or 7z: unpack it, or compress it with gzip";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return "text in UTF-16: store it in UTF-8";
        if (start.StartsWith("%PDF"u8))
            return "a PDF document";
        return DescribeText(start);
    }

    /// <summary>The end of a message about a file of another kind: empty, or a sentence with a space before it.</summary>
    /// <param name="start">The file's first bytes.</param>
    /// <returns>The end of the message.</returns>
    public static string Hint(ReadOnlySpan<byte> start) => Describe(start) is { } kind ? $" It is {kind}." : "";

    private static string? DescribeText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            start = start.Slice(3);
        while (start.Length > 0 && start[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            start = start.Slice(1);
        if (start.StartsWith("<!"u8) || start.StartsWith("<html"u8) || start.StartsWith("<HTML"u8) || start.StartsWith("<?xml"u8))
            return "a web page or XML, as a failed download leaves it";
        if (start.StartsWith("{\""u8) || start.StartsWith("{\n"u8) || start.StartsWith("{\r"u8) || start.StartsWith("[{"u8) || start.StartsWith("{ "u8))
            return "JSON text";
        return start.StartsWith("version https://"u8.Slice(0, Math.Min(16, start.Length))) && start.Length >= 8
            ? "a pointer of Git LFS, without the file that it points to: fetch it with git lfs pull"
            : null;
    }
}
