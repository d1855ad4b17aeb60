namespace StaticNet.Data;

/// <summary>Passes the compressed bytes of a gzip member to the decompressor in a way that shows where they end.</summary>
/// <remarks>
/// The decompressor takes more than it needs and does not say how much. So bytes come in blocks up to a place, and one by one from
/// there on: if the compressed data end after that place, they end exactly where the feed then is.
/// </remarks>
/// <param name="file">A seekable stream.</param>
/// <param name="singleFrom">The place in the stream from which bytes come one by one.</param>
internal sealed class GzipFeed(Stream file, long singleFrom) : ForwardStream
{
    /// <summary>Whether the last bytes that were given came in a block, so that the compressed data may end within them.</summary>
    public bool GaveBlock { get; private set; }

    /// <summary>Where the last bytes that were given begin.</summary>
    public long LastBegin { get; private set; }

    /// <summary>Whether more was asked for than there is.</summary>
    public bool IsExhausted { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        LastBegin = file.Position;
        var count = (int)Math.Min(buffer.Length, Math.Max(1, singleFrom - LastBegin));
        var read = file.Read(buffer[..count]);
        GaveBlock = read > 1;
        IsExhausted |= read == 0;
        return read;
    }
}
