namespace StaticNet;

/// <summary>
/// How the samples of a layer's values are stored, as shown by <see cref="ILayerTrace"/> and <see cref="IStepTrace"/>. The rows
/// of the last axis in memory are padded to 16 floats, and samples follow one another.
/// </summary>
/// <remarks>
/// The last axis in memory is the last logical one, [channel, height, width] in planes, or the channel: [height, width, channel].
/// Padding holds no values: mostly zeros, but also what an activation returns for zero. To sum all values, sum over rows:
/// <see cref="RowLength"/> floats from each multiple of <see cref="RowStride"/>.
/// </remarks>
public readonly record struct ValueLayout
{
    private const int Lanes = 16;

    private readonly (int First, int Second, int Third) _sizes;
    private readonly (int First, int Second, int Third) _strides;

    /// <summary>Describes values.</summary>
    /// <param name="shape">The logical shape of a sample: [feature], [channel, length] or [channel, height, width].</param>
    /// <param name="isChannelsLast">Whether the first logical axis is the last in memory.</param>
    /// <exception cref="ArgumentException">The shape does not have one to three positive sizes, or has a single axis, which
    /// cannot be moved.</exception>
    public ValueLayout(ReadOnlySpan<int> shape, bool isChannelsLast)
    {
        if (shape.Length is < 1 or > 3 || shape.IndexOfAnyInRange(int.MinValue, 0) >= 0)
            throw new ArgumentException($"Expected one to three positive sizes; the shape is {string.Join('×', shape.ToArray())}.", nameof(shape));
        if (isChannelsLast && shape.Length == 1)
            throw new ArgumentException("Expected several axes if the channels are last; the shape has one.", nameof(isChannelsLast));

        Rank = shape.Length;
        IsChannelsLast = isChannelsLast;
        _sizes = (shape[0], Rank > 1 ? shape[1] : 1, Rank > 2 ? shape[2] : 1);
        RowLength = isChannelsLast ? shape[0] : shape[^1];
        RowStride = checked(RowLength + Lanes - 1) / Lanes * Lanes;
        Length = checked(_sizes.First * _sizes.Second * _sizes.Third);
        SampleLength = checked(Length / RowLength * RowStride);
        _strides = (Rank, isChannelsLast) switch
        {
            (1, _) => (1, 0, 0),
            (2, false) => (RowStride, 1, 0),
            (2, true) => (1, RowStride, 0),
            (_, false) => (_sizes.Second * RowStride, RowStride, 1),
            (_, true) => (1, _sizes.Third * RowStride, RowStride),
        };
    }

    /// <summary>The number of axes, 1 to 3.</summary>
    public int Rank { get; }

    /// <summary>Whether the first logical axis, the channel, is the last in memory.</summary>
    public bool IsChannelsLast { get; }

    /// <summary>The number of a sample's values.</summary>
    public int Length { get; }

    /// <summary>The floats from one sample to the next, padding included.</summary>
    public int SampleLength { get; }

    /// <summary>The number of values of each row in memory; what follows up to <see cref="RowStride"/> is padding.</summary>
    public int RowLength { get; }

    /// <summary>The floats from one row to the next: a multiple of 16.</summary>
    public int RowStride { get; }

    /// <summary>The place of a value within its sample.</summary>
    /// <param name="index">Its number in the logical order, row-major: (channel · height + y) · width + x.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public int this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"A sample has {Length} values.");
            var (rest, third) = Math.DivRem(index, _sizes.Third);
            var (first, second) = Math.DivRem(rest, _sizes.Second);
            return (first * _strides.First) + (second * _strides.Second) + (third * _strides.Third);
        }
    }

    /// <summary>The size of a logical axis.</summary>
    /// <param name="axis">0 to <see cref="Rank"/> − 1; 0 is the channel.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Size(int axis) => Of(_sizes, axis);

    /// <summary>The floats from one value to the next along a logical axis.</summary>
    /// <param name="axis">0 to <see cref="Rank"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Stride(int axis) => Of(_strides, axis);

    /// <summary>Copies samples into the logical order, without padding.</summary>
    /// <param name="values">[samples × <see cref="SampleLength"/>].</param>
    /// <param name="destination">[samples × <see cref="Length"/>], written.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public void Unpack(ReadOnlySpan<float> values, Span<float> destination)
    {
        var samples = SampleLength == 0 ? 0 : values.Length / SampleLength;
        if (values.Length != samples * SampleLength || destination.Length != (long)samples * Length)
            throw new ArgumentException($"Expected {SampleLength} floats per sample and {Length} to copy them to; there are {values.Length} and {destination.Length}.", nameof(destination));
        for (var sample = 0; sample < samples; sample++)
        {
            var from = values.Slice(sample * SampleLength, SampleLength);
            var to = destination.Slice(sample * Length, Length);
            for (var index = 0; index < to.Length; index++)
                to[index] = from[this[index]];
        }
    }

    private int Of((int First, int Second, int Third) figures, int axis)
    {
        if ((uint)axis >= (uint)Rank)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"There are {Rank} axes.");
        return axis switch { 0 => figures.First, 1 => figures.Second, _ => figures.Third };
    }
}
