using System.Buffers.Binary;

namespace StaticNet.Data;

/// <summary>The checksum of gzip files and PNG chunks: CRC-32 with the polynomial 0xEDB88320 (ISO 3309).</summary>
public static class Crc32
{
    // Eight tables, so that eight bytes are looked up at once: table k holds what a byte becomes after k more zero bytes.
    private const int Slices = 8;

    private static readonly uint[] Tables = CreateTables();

    /// <summary>The checksum of some bytes, or of all bytes so far.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The checksum of the bytes before them; 0 if there are none.</param>
    /// <returns>The checksum.</returns>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var tables = Tables;
        var crc = ~before;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * 256) + (byte)low] ^ tables[(6 * 256) + (byte)(low >> 8)]
                ^ tables[(5 * 256) + (byte)(low >> 16)] ^ tables[(4 * 256) + (low >> 24)]
                ^ tables[(3 * 256) + (byte)high] ^ tables[(2 * 256) + (byte)(high >> 8)]
                ^ tables[256 + (byte)(high >> 16)] ^ tables[high >> 24];
        }
        foreach (var value in bytes)
            crc = tables[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] CreateTables()
    {
        var tables = new uint[Slices * 256];
        for (var value = 0; value < 256; value++)
        {
            var crc = (uint)value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            tables[value] = crc;
        }
        for (var place = 256; place < tables.Length; place++)
            tables[place] = tables[(byte)tables[place - 256]] ^ (tables[place - 256] >> 8);
        return tables;
    }
}
