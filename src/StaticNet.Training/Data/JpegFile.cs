using BitMiracle.LibJpeg.Classic;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Decodes JPEG files by libjpeg; files that it would repair or guess at are refused.</summary>
internal static class JpegFile
{
    public static ImageData Decode(ReadOnlySpan<byte> file, int maxLength)
    {
        var header = JpegHeader.Parse(file);
        var shape = ImageFile.RequireShape(header.Components, header.Height, header.Width, maxLength);
        try
        {
            return ExifOrientation.Apply(Decode(file.ToArray(), shape), header.Orientation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Besides its own exception the library may let any of the runtime through where a file is damaged, such as of an index.
            throw new DataFormatException($"Expected a valid JPEG image: {e.Message}", e);
        }
    }

    private static ImageData Decode(byte[] file, ImageShape shape)
    {
        using var stream = new MemoryStream(file);
        var decoder = new jpeg_decompress_struct(new Refusing());
        decoder.jpeg_stdio_src(stream);
        decoder.jpeg_read_header(require_image: true);
        decoder.jpeg_start_decompress();
        if (decoder.Output_width != shape.Width || decoder.Output_height != shape.Height || decoder.Output_components != shape.Channels)
            throw new InvalidDataException(
                $"its frame has {shape}, but it decodes to {decoder.Output_components}×{decoder.Output_height}×{decoder.Output_width}.");
        var values = new float[shape.Length];
        byte[][] rows = [new byte[shape.Width * shape.Channels]];
        for (var row = 0; row < shape.Height; row++)
        {
            if (decoder.jpeg_read_scanlines(rows, 1) != 1)
                throw new InvalidDataException($"row {row} is missing.");
            for (var i = 0; i < rows[0].Length; i++)
                values[(i % shape.Channels * shape.Pixels) + (row * shape.Width) + (i / shape.Channels)] = rows[0][i] / 255f;
        }
        decoder.jpeg_finish_decompress();
        return new ImageData(shape, values);
    }

    /// <summary>Takes what the library would only warn of, such as pixels that are missing, as an error.</summary>
    private sealed class Refusing : jpeg_error_mgr
    {
        public override void emit_message(int msg_level)
        {
            if (msg_level < 0)
                throw new InvalidDataException(format_message());
        }

        public override void error_exit() => throw new InvalidDataException(format_message());

        public override void output_message()
        {
        }
    }
}
