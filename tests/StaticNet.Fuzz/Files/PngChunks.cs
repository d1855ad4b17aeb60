using System.Buffers.Binary;
using System.Text;
using StaticNet.Data;

namespace StaticNet.Fuzz.Files;

/// <summary>Writes chunks of PNG, and makes the checksums of damaged ones right again, so that what is behind them is reached.</summary>
internal static class PngChunks
{
    private const int SignatureLength = 8;
    private const int ChunkLength = 12;

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Crc32.Of(body));
        return chunk;
    }

    public static void MendChecksums(byte[] file)
    {
        for (var at = SignatureLength; at + ChunkLength <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - ChunkLength)
                return;
            var body = file.AsSpan(at + 4, (int)length + 4);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc32.Of(body));
            at += ChunkLength + (int)length;
        }
    }
}
