namespace Amplifier;

/// <summary>
/// The device that is captured: a gain, a tube's curve, whose bias follows the level, and a tone filter. A network only sees what goes in and what
/// comes out.
/// </summary>
internal sealed class TubeStage(double sampleRate)
{
    private readonly double _follow = 1 - Math.Exp(-1 / (0.005 * sampleRate));
    private readonly double _tone = 1 - Math.Exp(-2 * Math.PI * 2500 / sampleRate);
    private readonly double _coupling = 1 - Math.Exp(-2 * Math.PI * 40 / sampleRate);
    private double _level;
    private double _filtered;
    private double _mean;

    public float[] Process(ReadOnlySpan<float> input)
    {
        var output = new float[input.Length];
        for (var sample = 0; sample < input.Length; sample++)
        {
            _level += _follow * (Math.Abs(input[sample]) - _level);
            var driven = (4 * input[sample]) - _level;
            // Above, the grid limits softly; below, the tube cuts off sooner.
            var curved = driven > 0 ? Math.Tanh(driven) : 0.6 * Math.Tanh(driven / 0.6);
            _filtered += _tone * (curved - _filtered);
            _mean += _coupling * (_filtered - _mean);
            output[sample] = (float)(0.8 * (_filtered - _mean));
        }

        return output;
    }
}
