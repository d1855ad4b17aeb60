using System.Buffers.Binary;
using System.Text;

namespace StaticNet.Benchmarks.Peers.OnnxRuntime;

/// <summary>Writes the fields of one Protocol Buffers message.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintWire = 0;
    private const int LengthWire = 2;
    private const int Fixed32Wire = 5;

    private readonly List<byte> _bytes = [];

    /// <summary>Writes an integer or an enum.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The value.</param>
    public ProtobufWriter Integer(int field, long value)
    {
        Key(field, VarintWire);
        Varint((ulong)value);
        return this;
    }

    /// <summary>Writes a float.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The value.</param>
    public ProtobufWriter Float(int field, float value)
    {
        Key(field, Fixed32Wire);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Writes a string.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The text.</param>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a message inside this one.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="message">The message.</param>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    /// <summary>Writes bytes.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The bytes.</param>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, LengthWire);
        Varint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    /// <summary>The message so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    private void Key(int field, int wire) => Varint(((uint)field << 3) | (uint)wire);

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
