using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticNet.Data;

/// <summary>Decompresses gzip (RFC 1952) and checks all of it: headers, the length and CRC of every member, and the file's end.</summary>
/// <remarks>
/// The framework's own gzip stream takes a file that was cut for a shorter one. Several members one after the other are read as one file;
/// zeros may follow the last, as tapes leave them, and nothing else.
/// </remarks>
internal sealed class GzipReader : ForwardStream
{
    private const int TrailerLength = 8;
    private const byte Deflate = 8;
    private const int HasHeaderCrc = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;

    // What a name or a comment may have; a file that never ends one is not read to its end.
    private const int MaxTextLength = 1 << 16;

    private readonly Stream _file;
    private readonly bool _leaveOpen;
    private readonly string _advice;
    private readonly long _begin;
    private readonly byte[] _scratch = new byte[4096];
    private DeflateStream? _inflate;
    private GzipFeed? _feed;
    private long _dataBegin;
    private long _total;
    private uint _length;
    private uint _crc;
    private bool _ended;

    /// <param name="file">A seekable stream at the first member.</param>
    /// <param name="maxDecompressedLength">The most decompressed bytes; null for <see cref="GzipFile.DefaultMaxDecompressedLength"/>.</param>
    /// <param name="leaveOpen">Whether disposing leaves the stream open.</param>
    /// <param name="advice">What to do where the limit is too low, a sentence; null to name the parameter.</param>
    public GzipReader(Stream file, long? maxDecompressedLength, bool leaveOpen, string? advice = null)
    {
        _advice = advice ?? "Raise maxDecompressedLength if the file can be trusted.";
        _file = file;
        _leaveOpen = leaveOpen;
        _begin = file.Position;
        Limit = maxDecompressedLength ?? GzipFile.DefaultMaxDecompressedLength(file.Length - _begin);
    }

    /// <summary>The most decompressed bytes.</summary>
    public long Limit { get; }

    /// <summary>Refuses immediately what would exceed the limit.</summary>
    /// <exception cref="InvalidDataException">So many bytes more are too many.</exception>
    public void Require(long more)
    {
        if (more > Limit - _total)
            throw new InvalidDataException(
                $"Expected {_file.Length - _begin} bytes of gzip to become at most {Limit}; more would come. {_advice}");
    }

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && !_ended)
        {
            if (_inflate is null && !TryBeginMember())
                break;
            var read = Inflate(_inflate!, buffer);
            if (read == 0)
            {
                EndMember();
                continue;
            }
            Require(read);
            _total += read;
            _length = unchecked(_length + (uint)read);
            _crc = Crc32.Of(buffer[..read], _crc);
            return read;
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflate?.Dispose();
            if (!_leaveOpen)
                _file.Dispose();
        }
        base.Dispose(disposing);
    }

    private static InvalidDataException Damaged(string what, Exception? cause = null) => new($"Expected a complete gzip file; {what}", cause);

    private static int Inflate(DeflateStream inflate, Span<byte> buffer)
    {
        try
        {
            return inflate.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Damaged("its compressed data are damaged.", e);
        }
    }

    /// <summary>Reads a member's header.</summary>
    /// <returns>False at the end of the file.</returns>
    private bool TryBeginMember()
    {
        if (_file.Position > _begin && IsPaddingToEnd())
        {
            _ended = true;
            return false;
        }
        var crc = 0u;
        foreach (var magic in (ReadOnlySpan<byte>)[GzipFile.Magic0, GzipFile.Magic1])
        {
            var came = ReadHeader(1, ref crc)[0];
            if (came != magic)
                throw Damaged($"its compressed data are followed by 0x{came:X2}, where another part would begin with 0x1F 0x8B.");
        }
        var start = ReadHeader(8, ref crc);
        var (method, flags) = (start[0], start[1]);
        if (method != Deflate)
            throw Damaged($"its compression method is {method}, where gzip has only {Deflate}, deflate.");
        if ((flags & Reserved) != 0)
            throw Damaged($"its header has the flags 0x{flags:X2}, whose three highest bits are reserved.");
        if ((flags & HasExtra) != 0)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(ReadHeader(2, ref crc));
            for (int left = length, part; left > 0; left -= part)
                part = ReadHeader(Math.Min(left, _scratch.Length), ref crc).Length;
        }
        if ((flags & HasName) != 0)
            SkipText(ref crc);
        if ((flags & HasComment) != 0)
            SkipText(ref crc);
        if ((flags & HasHeaderCrc) != 0)
        {
            var expected = (ushort)crc;
            var stated = BinaryPrimitives.ReadUInt16LittleEndian(ReadHeader(2, ref crc));
            if (stated != expected)
                throw Damaged($"the checksum of its header is 0x{expected:X4}, and the file says 0x{stated:X4}.");
        }
        (_crc, _length, _dataBegin) = (0, 0, _file.Position);
        Feed(_file.Length - TrailerLength - 1);
        return true;
    }

    private void Feed(long singleFrom)
    {
        _file.Position = _dataBegin;
        _feed = new GzipFeed(_file, singleFrom);
        _inflate?.Dispose();
        _inflate = new DeflateStream(_feed, CompressionMode.Decompress);
    }

    /// <summary>Checks length and CRC after the compressed data, and leaves the file after them.</summary>
    private void EndMember()
    {
        if (_feed!.GaveBlock && !_feed.IsExhausted)
        {
            // They end within the last block: once more up to there, to see where.
            Feed(_feed.LastBegin);
            while (Inflate(_inflate!, _scratch) > 0)
            {
            }
        }
        var trailer = _scratch.AsSpan(0, TrailerLength);
        if (_feed.IsExhausted || _file.ReadAtLeast(trailer, TrailerLength, throwOnEndOfStream: false) < TrailerLength)
            throw Damaged($"it is truncated: it ends at byte {_file.Length}, before its data and their checksum do.");
        var (crc, length) = (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
        if (crc != _crc)
            throw Damaged(
                $"the checksum of its data is 0x{_crc:X8}, and the file says 0x{crc:X8}: it is damaged.");
        if (length != _length)
            throw Damaged($"its data have {_length} bytes, and the file says {length}: it is damaged.");
        _inflate!.Dispose();
        (_inflate, _feed) = (null, null);
    }

    private bool IsPaddingToEnd()
    {
        var begin = _file.Position;
        for (int read; (read = _file.Read(_scratch)) > 0;)
        {
            if (_scratch.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                _file.Position = begin;
                return false;
            }
        }
        return true;
    }

    private void SkipText(ref uint crc)
    {
        for (var i = 0; i < MaxTextLength; i++)
        {
            if (ReadHeader(1, ref crc)[0] == 0)
                return;
        }
        throw Damaged($"the name or comment in its header has more than {MaxTextLength} bytes.");
    }

    private Span<byte> ReadHeader(int count, ref uint crc)
    {
        var bytes = _scratch.AsSpan(0, count);
        if (_file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw Damaged($"it is truncated: it ends at byte {_file.Length}, within a header.");
        crc = Crc32.Of(bytes, crc);
        return bytes;
    }
}
