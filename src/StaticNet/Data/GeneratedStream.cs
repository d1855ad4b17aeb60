namespace StaticNet.Data;

/// <summary>Computes one sample.</summary>
/// <param name="number">The number of the sample over all epochs; use it to seed random numbers.</param>
/// <param name="input">[input length], to be written.</param>
/// <param name="target">[target length], to be written.</param>
public delegate void SampleGenerator(ulong number, Span<float> input, Span<float> target);

/// <summary>Samples that are computed, new ones in every epoch.</summary>
public sealed class GeneratedStream : SampleStream
{
    private readonly SampleGenerator _generator;

    /// <summary>Makes a stream.</summary>
    /// <param name="count">The number of samples of an epoch, 1 or more.</param>
    /// <param name="inputLength">Numbers per input, 1 or more.</param>
    /// <param name="targetLength">Numbers per target, 0 or more.</param>
    /// <param name="generator">Computes a sample from its number alone.</param>
    public GeneratedStream(int count, int inputLength, int targetLength, SampleGenerator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetLength);
        ArgumentNullException.ThrowIfNull(generator);
        Count = count;
        InputLength = inputLength;
        TargetLength = targetLength;
        _generator = generator;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int InputLength { get; }

    /// <inheritdoc/>
    public override int TargetLength { get; }

    /// <inheritdoc/>
    public override SampleReader Open(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return new Reader(_generator, (ulong)epoch * (ulong)Count, Count);
    }

    private sealed class Reader(SampleGenerator generator, ulong number, int left) : SampleReader
    {
        private ulong _number = number;
        private int _left = left;

        public override bool Read(Span<float> input, Span<float> target, out float weight)
        {
            weight = 1;
            if (_left == 0)
                return false;
            _left--;
            generator(_number++, input, target);
            return true;
        }
    }
}
