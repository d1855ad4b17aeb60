namespace StaticNet.Data;

/// <summary>Reads a file of a zip archive, and checks its length and checksum, which the framework's stream does not.</summary>
/// <param name="stream">The decompressed bytes; disposed with this.</param>
/// <param name="length">How many there are to be.</param>
/// <param name="checksum">Their CRC-32.</param>
internal sealed class ZipEntryReader(Stream stream, long length, uint checksum) : ForwardStream
{
    private long _read;
    private uint _checksum;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = stream.Read(buffer);
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"Expected data that can be decompressed: {e.Message}", e);
        }

        _checksum = Crc32.Of(buffer[..read], _checksum);
        _read += read;
        return _read <= length ? read : throw new InvalidDataException($"Expected {length} bytes, as the archive states, but got more.");
    }

    /// <summary>Checks that nothing follows, and that what was read is what was stored.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public void RequireEnd()
    {
        Span<byte> more = stackalloc byte[1];
        if (Read(more) > 0)
            throw new InvalidDataException("Expected the end after the array, but got more.");
        if (_read != length)
            throw new InvalidDataException($"Expected {length} bytes, as the archive states, but got {_read}.");
        if (_checksum != checksum)
            throw new InvalidDataException($"Expected the checksum 0x{checksum:X8}; that of the data is 0x{_checksum:X8}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
