namespace Amplifier;

/// <summary>Plucked strings (Karplus and Strong, 1983): a period of noise that goes round and loses its high tones.</summary>
internal static class Guitar
{
    private static readonly double[] Notes = [82.4, 110, 146.8, 196, 246.9, 329.6, 98, 123.5];

    /// <summary>Plays notes one after the other, from soft to loud.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="seed">Chooses notes and strengths.</param>
    public static float[] Play(double seconds, int sampleRate, int seed)
    {
        var random = new Random(seed);
        var signal = new float[(int)(seconds * sampleRate)];
        for (var begin = 0; begin < signal.Length; begin += sampleRate / 4)
        {
            var period = (int)Math.Round(sampleRate / Notes[random.Next(Notes.Length)]);
            var strength = 0.1 + (0.8 * random.NextDouble());
            var ring = new double[period];
            for (var index = 0; index < period; index++)
                ring[index] = strength * ((2 * random.NextDouble()) - 1);
            for (var sample = begin; sample < signal.Length && sample < begin + sampleRate; sample++)
            {
                var (place, next) = ((sample - begin) % period, (sample - begin + 1) % period);
                signal[sample] = (float)Math.Clamp(signal[sample] + ring[place], -1, 1);
                ring[place] = 0.498 * (ring[place] + ring[next]);
            }
        }

        return signal;
    }
}
