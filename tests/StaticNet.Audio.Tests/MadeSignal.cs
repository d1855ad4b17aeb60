namespace StaticNet.Audio.Tests;

/// <summary>A signal of the tests: a rising tone and noise under an envelope with silence, loud beginnings and decays.</summary>
internal static class MadeSignal
{
    public static float[] Of(int length, int channels = 1, int seed = 1)
    {
        var random = new Random(seed);
        var signal = new float[length * channels];
        for (var step = 0; step < length; step++)
        {
            var envelope = step % 500 < 40 ? 0 : Math.Exp(-(step % 500) / 200.0);
            for (var channel = 0; channel < channels; channel++)
                signal[(step * channels) + channel] = (float)(envelope * ((0.7 * Math.Sin(step * (0.02 + (step * 1e-5) + channel))) + (0.2 * (random.NextDouble() - 0.5))));
        }

        return signal;
    }
}
