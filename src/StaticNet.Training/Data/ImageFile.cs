using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Training;

/// <summary>Reads PNG, JPEG, PGM and PPM images as numbers from 0 to 1, recognised by their first bytes.</summary>
/// <remarks>
/// <para>PNG (ISO/IEC 15948): all colour types and bit depths, interlaced or not; checksums are checked; transparency is dropped.
/// Palettes become three channels. PGM and PPM: plain (P2, P3) and raw (P5, P6), up to 16 bits. Numbers are those of the file
/// divided by the largest possible; gamma and colour profiles are not applied.</para>
/// <para>JPEG (ITU-T T.81): baseline, and progressive without restart markers; gray or three colours, 8 bits. Decoders differ in
/// the last bit, and by a few levels at the edges of colours that are stored with fewer pixels. A damaged or truncated file is
/// refused, although other programs show what they can of it.</para>
/// <para>The orientation that a camera records (Exif, in JPEG and PNG) is applied: an image that is upright in a viewer is
/// upright here, and rows and columns are those of the upright image.</para>
/// <para>Any bytes lead to an image or a <see cref="DataFormatException"/>. An image has at most 65,535 rows and columns, and as
/// many numbers as the caller allows: a compressed file of a few kilobytes can contain millions. Memory is only allocated as far
/// as the length of the file justifies.</para>
/// </remarks>
public static class ImageFile
{
    /// <summary>The most rows or columns.</summary>
    internal const int MaxSide = 65535;

    /// <summary>The default limit on the numbers of an image: 2²⁶, such as 4,729 × 4,729 pixels with three channels.</summary>
    public const int DefaultMaxLength = 1 << 26;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, whatever its name ends in.</param>
    /// <param name="maxLength">The most numbers that the image may have, 1 or more; 2²⁶ by default.</param>
    /// <returns>The image: one channel for gray, three for colours.</returns>
    /// <exception cref="DataFormatException">The file is not valid; the message begins with its path.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static ImageData Load(string path, int maxLength = DefaultMaxLength)
    {
        try
        {
            return Decode(File.ReadAllBytes(path), maxLength);
        }
        catch (DataFormatException e)
        {
            throw new DataFormatException($"{path}: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxLength">The most numbers that the image may have, 1 or more; 2²⁶ by default.</param>
    /// <returns>The image: one channel for gray, three for colours.</returns>
    /// <exception cref="DataFormatException">The bytes are not valid.</exception>
    public static ImageData Decode(ReadOnlySpan<byte> file, int maxLength = DefaultMaxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        if (PngFile.IsPng(file))
            return PngFile.Decode(file, maxLength);
        if (JpegHeader.IsJpeg(file))
            return JpegFile.Decode(file, maxLength);
        if (file.Length >= 2 && file[0] == 'P' && "2356"u8.Contains(file[1]))
            return new PnmReader(file).Read(maxLength);
        throw new DataFormatException(
            $"Expected a PNG, JPEG, PGM or PPM image, which begins with 89504E470D0A1A0A, FFD8FF or P2, P3, P5 or P6; it begins with " +
            $"{Convert.ToHexString(file[..Math.Min(8, file.Length)])}.{FileKind.Hint(file[..Math.Min(FileKind.Length, file.Length)])}");
    }

    /// <summary>Checks sizes that a file states.</summary>
    /// <exception cref="DataFormatException">They are not allowed.</exception>
    internal static ImageShape RequireShape(int channels, long height, long width, int maxLength)
    {
        maxLength = Math.Min(maxLength, Array.MaxLength);
        if (height is < 1 or > MaxSide || width is < 1 or > MaxSide || channels * height * width > maxLength)
            throw new DataFormatException(
                $"Expected 1 to {MaxSide} rows and columns and at most {maxLength} numbers (maxLength); the image has {height} rows and {width} columns.");
        return new ImageShape(channels, (int)height, (int)width);
    }
}
