using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace StaticNet.Fuzz.Files;

/// <summary>Damages valid files in seeded random ways: cuts, flips, insertions, numbers made huge, pieces moved, spliced and repeated.</summary>
internal sealed class Damage(ulong seed)
{
    private static readonly long[] Borders =
        [0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 32767, 65535, 1 << 24, int.MaxValue, uint.MaxValue, (1L << 32) + 1, long.MaxValue, long.MinValue, -1];

    // A seed gives the same files on every machine and runtime, which System.Random does for the classic algorithm alone.
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    /// <summary>A damaged copy of one of the samples.</summary>
    public byte[] Next(IReadOnlyList<byte[]> samples, string kind)
    {
        var bytes = samples[_random.Next(samples.Count)].ToList();
        for (var edits = _random.Next(1, 5); edits > 0; edits--)
            Edit(bytes, samples);
        byte[] file = [.. bytes];
        if (kind == "png" && _random.Next(4) > 0)
            PngChunks.MendChecksums(file);
        return file;
    }

    private void Edit(List<byte> bytes, IReadOnlyList<byte[]> samples)
    {
        // Headers are where the structure is: half of all edits hit the first bytes.
        var end = _random.Next(2) == 0 ? Math.Min(bytes.Count, 100) : bytes.Count;
        var at = _random.Next(end + 1);
        switch (_random.Next(10))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)_random.Next(256); break;
            case 2: bytes.RemoveRange(at, bytes.Count - at); break;
            case 3: bytes.InsertRange(at, RandomBytes(_random.Next(1, 9))); break;
            case 4: bytes.RemoveRange(at, Math.Min(_random.Next(1, 9), bytes.Count - at)); break;
            case 5: Overwrite(bytes, at, Border()); break;
            case 6: Enlarge(bytes); break;
            case 7: Splice(bytes, at, samples[_random.Next(samples.Count)]); break;
            case 8: bytes.InsertRange(at, Enumerable.Repeat(bytes.Count == 0 ? (byte)0 : bytes[Math.Min(at, bytes.Count - 1)], _random.Next(1, 2000))); break;
            default: Move(bytes, at); break;
        }
    }

    /// <summary>Makes a number in digits longer.</summary>
    private void Enlarge(List<byte> bytes)
    {
        var from = _random.Next(bytes.Count + 1);
        var digit = bytes.FindIndex(from, value => value is >= (byte)'0' and <= (byte)'9');
        if (digit >= 0)
            bytes.InsertRange(digit, Enumerable.Repeat((byte)'9', _random.Next(1, 22)));
    }

    private void Splice(List<byte> bytes, int at, byte[] other)
    {
        var from = _random.Next(other.Length + 1);
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other[from..]);
    }

    private void Move(List<byte> bytes, int at)
    {
        var piece = bytes.GetRange(at, Math.Min(_random.Next(1, 40), bytes.Count - at));
        if (_random.Next(2) == 0)
            bytes.RemoveRange(at, piece.Count);
        bytes.InsertRange(_random.Next(bytes.Count + 1), piece);
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] value)
    {
        bytes.RemoveRange(at, Math.Min(value.Length, bytes.Count - at));
        bytes.InsertRange(at, value);
    }

    /// <summary>A length or a number as some format may have it: little or big endian, of 1 to 8 bytes, or in digits.</summary>
    private byte[] Border()
    {
        var value = Borders[_random.Next(Borders.Length)];
        var bytes = new byte[8];
        switch (_random.Next(3))
        {
            case 0:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
                return bytes[..(1 << _random.Next(4))];
            case 1:
                BinaryPrimitives.WriteInt64BigEndian(bytes, value);
                return bytes[(8 - (1 << _random.Next(4)))..];
            default:
                return Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
