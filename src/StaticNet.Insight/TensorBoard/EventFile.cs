using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace StaticNet.Insight.TensorBoard;

/// <summary>Writes the event files that TensorBoard reads.</summary>
/// <remarks>
/// Each record is a length, its checksum, a message in Protocol Buffers, and the checksum of that (CRC-32C, masked). The messages have a dozen fields
/// of four kinds, so they are written by hand, without a library and without generated code.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private const uint MaskDelta = 0xA282EAD8;

    private readonly FileStream _stream;

    private EventFile(string path) => _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static EventFile Create(string path)
    {
        var file = new EventFile(path);
        file.Write(message =>
        {
            message.Double(1, Now());
            message.Text(3, "brain.Event:2");
        });
        file.Flush();
        return file;
    }

    /// <summary>A number of a step.</summary>
    public void Scalar(string tag, long step, double value) => Summary(step, summary =>
    {
        summary.Text(1, tag);
        summary.Single(2, (float)value);
    });

    /// <summary>How values are distributed at a step.</summary>
    public void Histogram(string tag, long step, ReadOnlySpan<float> values)
    {
        const int bins = 30;
        var (least, most, sum, squares) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0.0);
        foreach (var value in values)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
            (sum, squares) = (sum + value, squares + ((double)value * value));
        }

        if (!double.IsFinite(sum) || values.IsEmpty)
            return;
        var counts = new double[bins];
        var width = Math.Max((most - least) / bins, 1e-12);
        foreach (var value in values)
            counts[Math.Min(bins - 1, (int)((value - least) / width))]++;
        var count = values.Length;
        Summary(step, summary =>
        {
            summary.Text(1, tag);
            summary.Message(5, histogram =>
            {
                histogram.Double(1, least);
                histogram.Double(2, most);
                histogram.Double(3, count);
                histogram.Double(4, sum);
                histogram.Double(5, squares);
                histogram.Doubles(6, [.. Enumerable.Range(1, bins).Select(bin => least + (bin * width))]);
                histogram.Doubles(7, counts);
            });
        });
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    /// <summary>The checksum of a record's part.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return unchecked(BitOperations.RotateRight(~crc, 15) + MaskDelta);
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    private void Summary(long step, Action<WireMessage> value) => Write(message =>
    {
        message.Double(1, Now());
        message.Int64(2, step);
        message.Message(5, summary => summary.Message(1, value));
    });

    private void Write(Action<WireMessage> write)
    {
        var message = new WireMessage();
        write(message);
        var content = message.ToArray();
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)content.Length);
        _stream.Write(number);
        WriteChecksum(number);
        _stream.Write(content);
        WriteChecksum(content);
    }

    private void WriteChecksum(ReadOnlySpan<byte> bytes)
    {
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedChecksum(bytes));
        _stream.Write(checksum);
    }

    /// <summary>A message in the format of Protocol Buffers.</summary>
    private sealed class WireMessage
    {
        private const int Varint = 0;
        private const int Fixed64 = 1;
        private const int LengthDelimited = 2;
        private const int Fixed32 = 5;

        private readonly ArrayBufferWriter<byte> _bytes = new();

        public void Int64(int field, long value)
        {
            Tag(field, Varint);
            Number((ulong)value);
        }

        public void Double(int field, double value)
        {
            Tag(field, Fixed64);
            Span<byte> bytes = stackalloc byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            _bytes.Write(bytes);
        }

        public void Single(int field, float value)
        {
            Tag(field, Fixed32);
            Span<byte> bytes = stackalloc byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            _bytes.Write(bytes);
        }

        public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public void Doubles(int field, ReadOnlySpan<double> values)
        {
            var bytes = new byte[values.Length * sizeof(double)];
            for (var index = 0; index < values.Length; index++)
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(index * sizeof(double)), values[index]);
            Bytes(field, bytes);
        }

        public void Message(int field, Action<WireMessage> write)
        {
            var inner = new WireMessage();
            write(inner);
            Bytes(field, inner.ToArray());
        }

        public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

        private void Bytes(int field, ReadOnlySpan<byte> bytes)
        {
            Tag(field, LengthDelimited);
            Number((ulong)bytes.Length);
            _bytes.Write(bytes);
        }

        private void Tag(int field, int kind) => Number((ulong)((field << 3) | kind));

        private void Number(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                _bytes.Write([(byte)(value | 0x80)]);
            _bytes.Write([(byte)value]);
        }
    }
}
