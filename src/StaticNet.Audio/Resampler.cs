using System.Numerics.Tensors;

namespace StaticNet.Audio;

/// <summary>
/// Changes the sample rate of a stream by filters of windowed sinc functions, one for each place that an output can have between two inputs. The
/// places are exact fractions, so nothing drifts.
/// </summary>
internal sealed class Resampler
{
    /// <summary>The zero crossings of the sinc at each side, and the most places between two inputs.</summary>
    private const int Crossings = 24, MostPlaces = 4096;

    /// <summary>The part of the band that passes, which leaves room for the filter's slope.</summary>
    private const double Band = 0.92;

    private readonly int _advance;
    private readonly int _places;
    private readonly int _taps;
    private readonly float[] _filters;
    private readonly float[] _samples;
    private int _count;
    private int _place;

    /// <param name="inputRate">Samples per second before.</param>
    /// <param name="outputRate">Samples per second after.</param>
    /// <param name="longestBlock">The most inputs of one call.</param>
    public Resampler(int inputRate, int outputRate, int longestBlock)
    {
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        (_advance, _places) = (inputRate / divisor, outputRate / divisor);
        if (_places > MostPlaces || _advance > MostPlaces)
            throw new ArgumentException($"Expected two sample rates whose ratio is one of numbers up to {MostPlaces}, such as 44,100 and 48,000, but got {inputRate} and {outputRate}.");
        var cutoff = Band * Math.Min(1, (double)outputRate / inputRate);
        _taps = 2 * (int)Math.Ceiling(Crossings / cutoff);
        _filters = new float[_places * _taps];
        for (var place = 0; place < _places; place++)
            Design(_filters.AsSpan(place * _taps, _taps), (double)place / _places, cutoff);
        _samples = new float[_taps - 1 + longestBlock];
        Reset();
    }

    /// <summary>How many inputs later a sound comes out.</summary>
    public int Delay => _taps / 2;

    /// <summary>The most outputs of one call.</summary>
    public static int MostOutputs(int inputRate, int outputRate, int longestBlock) => (int)(((long)longestBlock * outputRate / inputRate) + 2);

    public void Reset()
    {
        Array.Clear(_samples);
        (_count, _place) = (_taps - 1, 0);
    }

    /// <summary>Takes inputs, and writes as many outputs as there are until the next input.</summary>
    /// <returns>The number of outputs.</returns>
    public int Process(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        inputs.CopyTo(_samples.AsSpan(_count));
        _count += inputs.Length;
        var (written, begin) = (0, 0);
        while (begin + _taps <= _count)
        {
            outputs[written++] = TensorPrimitives.Dot(_samples.AsSpan(begin, _taps), _filters.AsSpan(_place * _taps, _taps));
            _place += _advance;
            begin += _place / _places;
            _place %= _places;
        }

        // Where outputs are far apart, the next one may begin after the samples that have come; the place then counts on.
        var kept = Math.Max(_count - begin, 0);
        _samples.AsSpan(_count - kept, kept).CopyTo(_samples);
        _place += (begin - (_count - kept)) * _places;
        _count = kept;
        return written;
    }

    /// <summary>A filter for a place between two inputs, with a gain of 1 for constants.</summary>
    private static void Design(Span<float> filter, double place, double cutoff)
    {
        var half = filter.Length / 2;
        var (sum, taps) = (0.0, new double[filter.Length]);
        for (var tap = 0; tap < taps.Length; tap++)
        {
            var distance = tap - (half - 1) - place;
            var (angle, window) = (Math.PI * cutoff * distance, Math.Clamp(distance / half, -1, 1));
            var sinc = Math.Abs(angle) < 1e-12 ? 1 : Math.Sin(angle) / angle;
            // Blackman's window.
            taps[tap] = sinc * (0.42 + (0.5 * Math.Cos(Math.PI * window)) + (0.08 * Math.Cos(2 * Math.PI * window)));
            sum += taps[tap];
        }

        for (var tap = 0; tap < taps.Length; tap++)
            filter[tap] = (float)(taps[tap] / sum);
    }
}
