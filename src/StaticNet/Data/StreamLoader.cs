using StaticNet.Numerics;

namespace StaticNet.Data;

/// <summary>Divides a stream of samples into batches, epoch by epoch, shuffled within a window.</summary>
/// <remarks>
/// The window holds the next samples of the stream; each sample of a batch is drawn from it at random, and the next one of the
/// stream takes its place. So a sample moves forward by at most one window and, on average, back by one: a sorted stream needs a
/// large window. Batches depend only on the seed and the epoch. An epoch that begins at a later batch reads and discards the
/// samples before it. An epoch is one pass through the stream, or a number of batches: then the next epoch continues where the
/// last one ended, and a new pass begins when the stream ends. The loader itself does not allocate from batch to batch; a reader
/// of the stream may.
/// </remarks>
public sealed class StreamLoader : BatchLoader
{
    private readonly ulong _seed;
    private readonly AlignedBuffer _inputs;
    private readonly AlignedBuffer _targets;
    private readonly float[] _weights;
    private readonly int[] _numbers;
    private SampleReader? _reader;
    private RandomStream _random;
    private long _next;
    private bool _isWhole;
    private int _read;
    private int _held;

    /// <summary>Makes a loader and its buffers.</summary>
    /// <param name="stream">The samples.</param>
    /// <param name="batchSize">The samples per batch, 1 or more. A number beyond that of the samples means all of them.</param>
    /// <param name="window">The number of samples to draw from, 1 or more; 1 keeps the stream's order.</param>
    /// <param name="seed">The same seed produces the same orders.</param>
    /// <param name="dropLast">Whether a last batch with fewer samples is left out.</param>
    /// <param name="transform">Changes each batch, for example by augmentation; null for none.</param>
    /// <param name="prefetch">Whether batches are prepared in advance on a separate thread.</param>
    /// <param name="inputScaler">A scaler that is applied to the inputs after the transform; null for none.</param>
    /// <param name="batchesPerEpoch">The number of batches of an epoch, 1 or more, all of them full; null for those of one
    /// pass.</param>
    /// <param name="targetScaler">A scaler that is applied to the targets before the transform; null for none.</param>
    /// <exception cref="ArgumentException">A number is not allowed, or the transform does not suit the samples.</exception>
    public StreamLoader(
        SampleStream stream,
        int batchSize,
        int window = 1,
        ulong seed = 0,
        bool dropLast = false,
        IBatchTransform? transform = null,
        bool prefetch = false,
        Scaler? inputScaler = null,
        int? batchesPerEpoch = null,
        Scaler? targetScaler = null)
        : base(LayoutOf(stream, batchSize, batchesPerEpoch), batchSize, dropLast, transform, prefetch, inputScaler, targetScaler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        Window = Math.Min(window, Math.Max(1, stream.Count));
        Stream = stream;
        _seed = seed;
        _inputs = BatchBuffer.Allocate(Window, stream.InputLength, nameof(window));
        _targets = BatchBuffer.Allocate(Window, stream.TargetLength, nameof(window));
        _weights = new float[Window];
        _numbers = new int[Window];
    }

    /// <summary>The samples.</summary>
    public SampleStream Stream { get; }

    /// <summary>The number of samples to draw from.</summary>
    public int Window { get; }

    /// <inheritdoc/>
    public override string PlaceOf(int number) => Stream.PlaceOf(number);

    internal override void BeginOrder(int epoch, int position)
    {
        if (SampleCount == 0)
            return;
        var first = ((long)epoch * SampleCount) + position;
        if (_isWhole && first == _next)
            return;
        _isWhole = false;
        _next = first - (first % Stream.Count);
        while (_next < first)
            Release(Draw());
        _isWhole = true;
    }

    private protected override void Gather(int start, int count, BatchBuffer buffer)
    {
        // Until the batch is there: what a reader that fails leaves is not gone on with.
        _isWhole = false;
        var weights = buffer.SampleWeights;
        for (var i = 0; i < count; i++)
        {
            var place = Draw();
            Input(place).CopyTo(buffer.Inputs[(i * Stream.InputLength)..]);
            Target(place).CopyTo(buffer.Targets[(i * Stream.TargetLength)..]);
            if (!weights.IsEmpty)
                weights[i] = _weights[place];
            buffer.Samples[i] = _numbers[place];
            Release(place);
        }

        _isWhole = true;
    }

    internal override void End()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private static SampleLayout LayoutOf(SampleStream stream, int batchSize, int? batchesPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var samples = stream.Count;
        if (batchesPerEpoch is { } batches)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1, nameof(batchesPerEpoch));
            ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
            if (samples == 0 || (long)batches * batchSize > int.MaxValue)
                throw new ArgumentException($"Expected samples, and at most {int.MaxValue} in an epoch, but the stream has {samples}, and an epoch has {batches} batches of {batchSize}.", nameof(batchesPerEpoch));
            samples = batches * batchSize;
        }

        return new SampleLayout(samples, stream.InputLength, stream.TargetLength, stream.HasSampleWeights, SequenceSteps: 0);
    }

    /// <summary>Begins a pass through the stream: opens it, and fills the window.</summary>
    private void Open(int pass)
    {
        End();
        _reader = Stream.Open(pass);
        _random = new RandomStream(_seed, (ulong)pass);
        (_read, _held) = (0, 0);
        while (_held < Window && TryRead(_held))
            _held++;
    }

    private Span<float> Input(int place) => _inputs.Span.Slice(place * Stream.InputLength, Stream.InputLength);

    private Span<float> Target(int place) => _targets.Span.Slice(place * Stream.TargetLength, Stream.TargetLength);

    /// <summary>Reads the next sample into a place of the window, up to as many as an epoch has.</summary>
    private bool TryRead(int place)
    {
        if (_read == Stream.Count || !_reader!.Read(Input(place), Target(place), out _weights[place]))
            return false;
        _numbers[place] = _read++;
        return true;
    }

    /// <summary>Chooses the next sample of the order from the window.</summary>
    private int Draw()
    {
        var position = _next % Stream.Count;
        if (position == 0)
            Open(checked((int)(_next / Stream.Count)));
        if (_held == 0)
            throw new DataFormatException($"Expected {Stream.Count} samples in an epoch of the stream; it ended after {position}.");
        _next++;
        return Window == 1 ? 0 : _random.NextInt32(_held);
    }

    /// <summary>Fills a place of the window again, or closes it when the stream has ended.</summary>
    private void Release(int place)
    {
        if (TryRead(place))
            return;
        _held--;
        Input(_held).CopyTo(Input(place));
        Target(_held).CopyTo(Target(place));
        _weights[place] = _weights[_held];
        _numbers[place] = _numbers[_held];
    }
}
