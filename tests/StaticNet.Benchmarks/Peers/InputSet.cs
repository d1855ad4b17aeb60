using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>
/// Several dense random inputs that measured calls rotate over, each 64-byte aligned: few enough to stay near the core, for
/// what is measured is the network and not the way to its input.
/// </summary>
internal sealed class InputSet
{
    private const int Floats = 1 << 16;
    private const int Most = 16;

    private readonly AlignedBuffer[] _inputs;

    /// <summary>Makes as many inputs as is sensible: numbers between −1 and 1.</summary>
    /// <param name="samples">The number of samples an input.</param>
    /// <param name="sampleLength">The floats of a sample.</param>
    public InputSet(int samples, int sampleLength)
        : this(samples, sampleLength, Math.Clamp(Floats / (samples * sampleLength), 2, Most))
    {
    }

    /// <summary>Makes the inputs: numbers between −1 and 1.</summary>
    /// <param name="samples">The number of samples an input.</param>
    /// <param name="sampleLength">The floats of a sample.</param>
    /// <param name="count">The number of inputs.</param>
    public InputSet(int samples, int sampleLength, int count)
    {
        Samples = samples;
        var length = samples * sampleLength;
        var random = new Random(1);
        _inputs = new AlignedBuffer[count];
        for (var index = 0; index < _inputs.Length; index++)
        {
            _inputs[index] = new AlignedBuffer(length);
            foreach (ref var value in _inputs[index].Span)
                value = (random.NextSingle() * 2) - 1;
        }
    }

    /// <summary>The number of inputs.</summary>
    public int Count => _inputs.Length;

    /// <summary>The number of samples an input.</summary>
    public int Samples { get; }

    /// <summary>One input: [samples, sample length].</summary>
    /// <param name="index">Its index.</param>
    public ReadOnlySpan<float> this[int index] => _inputs[index].Span;

    /// <summary>The first float of an input, which never moves.</summary>
    /// <param name="index">Its index.</param>
    public ref float Reference(int index) => ref _inputs[index].Reference;
}
