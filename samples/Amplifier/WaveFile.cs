using System.Buffers.Binary;

namespace Amplifier;

/// <summary>Reads and writes WAV files: 16, 24 and 32 bits, whole numbers or floats, of which the first channel is played.</summary>
internal static class WaveFile
{
    /// <exception cref="InvalidDataException">The file is not a WAV file, or of another kind.</exception>
    public static (float[] Samples, int Rate) Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"{path} is not a WAV file.");
        var (format, channels, rate, bits) = (0, 0, 0, 0);
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            var content = bytes[(at + 8)..];
            content = content[..(int)Math.Min(size, (uint)content.Length)];
            if (bytes.Slice(at, 4).SequenceEqual("fmt "u8) && content.Length >= 16)
            {
                format = BinaryPrimitives.ReadUInt16LittleEndian(content);
                channels = BinaryPrimitives.ReadUInt16LittleEndian(content[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(content[4..]);
                bits = BinaryPrimitives.ReadUInt16LittleEndian(content[14..]);
                // The extensible form says the format further on.
                if (format == 0xFFFE && content.Length >= 26)
                    format = BinaryPrimitives.ReadUInt16LittleEndian(content[24..]);
            }
            else if (bytes.Slice(at, 4).SequenceEqual("data"u8))
            {
                if (channels == 0 || rate <= 0 || !((format == 1 && bits is 16 or 24 or 32) || (format == 3 && bits == 32)))
                    throw new InvalidDataException($"{path} has {channels} channels of {bits} bits in format {format}; expected whole numbers of 16, 24 or 32 bits, or floats of 32.");
                return (Samples(content, channels, bits, isFloat: format == 3), rate);
            }

            at += 8 + (int)Math.Min(size + (size & 1), int.MaxValue - at - 8);
        }

        throw new InvalidDataException($"{path} has no samples.");
    }

    public static void Write(string path, ReadOnlySpan<float> samples, int rate)
    {
        var bytes = new byte[44 + (2 * samples.Length)];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * samples.Length);
        for (var sample = 0; sample < samples.Length; sample++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + (2 * sample)), (short)MathF.Round(Math.Clamp(samples[sample], -1, 1) * short.MaxValue));
        File.WriteAllBytes(path, bytes);
    }

    private static float[] Samples(ReadOnlySpan<byte> data, int channels, int bits, bool isFloat)
    {
        var stride = channels * bits / 8;
        var samples = new float[data.Length / stride];
        for (var sample = 0; sample < samples.Length; sample++)
        {
            var at = data[(sample * stride)..];
            samples[sample] = (isFloat, bits) switch
            {
                (true, _) => BinaryPrimitives.ReadSingleLittleEndian(at),
                (_, 16) => BinaryPrimitives.ReadInt16LittleEndian(at) / 32768f,
                (_, 24) => ((at[0] << 8) | (at[1] << 16) | (at[2] << 24)) / 2147483648f,
                _ => BinaryPrimitives.ReadInt32LittleEndian(at) / 2147483648f,
            };
        }

        return samples;
    }
}
