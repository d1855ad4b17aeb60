namespace Wake;

/// <summary>
/// A voice that says vowels: pulses of the vocal folds through three resonances of the mouth, which move from vowel to vowel (Fant, 1960). Speakers differ in
/// pitch, in the length of their throats and in how fast they speak.
/// </summary>
internal static class Voice
{
    /// <summary>The frequencies of the resonances of a vowel, in hertz.</summary>
    private static readonly Dictionary<char, double[]> Vowels = new()
    {
        ['a'] = [730, 1090, 2440],
        ['e'] = [530, 1840, 2480],
        ['i'] = [270, 2290, 3010],
        ['o'] = [570, 840, 2410],
        ['u'] = [300, 870, 2240],
    };

    private static readonly double[] Widths = [80, 100, 140];

    /// <summary>Says a word.</summary>
    /// <param name="word">Its vowels, such as "oia".</param>
    /// <param name="random">Chooses the speaker.</param>
    /// <returns>The sound, with a largest value of 1.</returns>
    public static float[] Say(string word, Random random)
    {
        var (pitch, throat, length) = (90 + (150 * random.NextDouble()), 0.88 + (0.24 * random.NextDouble()), (int)(Spectra.SampleRate * (0.11 + (0.07 * random.NextDouble()))));
        var sound = new float[word.Length * length];
        var memory = new double[6];
        var (phase, largest) = (0.0, 1e-9);
        for (var sample = 0; sample < sound.Length; sample++)
        {
            var place = (double)sample / length;
            // The pitch falls, and trembles a little.
            phase += pitch * (1.1 - (0.2 * sample / sound.Length)) * (1 + (0.01 * ((2 * random.NextDouble()) - 1))) / Spectra.SampleRate;
            var value = 0.02 * ((2 * random.NextDouble()) - 1);
            if (phase >= 1)
            {
                phase -= 1;
                value += 1;
            }

            for (var resonance = 0; resonance < Widths.Length; resonance++)
                value = Resonate(value, Frequency(word, place, resonance) * throat, Widths[resonance], memory.AsSpan(2 * resonance, 2));
            // Words begin and end softly.
            var distance = Math.Min(sample, sound.Length - 1 - sample) / (0.02 * Spectra.SampleRate);
            sound[sample] = (float)(value * Math.Min(1, distance));
            largest = Math.Max(largest, Math.Abs(sound[sample]));
        }

        for (var sample = 0; sample < sound.Length; sample++)
            sound[sample] /= (float)largest;
        return sound;
    }

    /// <summary>Where a resonance is: that of a vowel in its middle, on the way to the next one between them.</summary>
    private static double Frequency(string word, double place, int resonance)
    {
        var before = Math.Clamp((int)Math.Floor(place - 0.5), 0, word.Length - 1);
        var after = Math.Min(before + 1, word.Length - 1);
        var part = Math.Clamp((place - 0.5 - before - 0.25) * 2, 0, 1);
        return (Vowels[word[before]][resonance] * (1 - part)) + (Vowels[word[after]][resonance] * part);
    }

    /// <summary>A filter with two poles.</summary>
    private static double Resonate(double value, double frequency, double width, Span<double> memory)
    {
        var radius = Math.Exp(-Math.PI * width / Spectra.SampleRate);
        var feedback = 2 * radius * Math.Cos(2 * Math.PI * frequency / Spectra.SampleRate);
        var result = ((1 - feedback + (radius * radius)) * value) + (feedback * memory[0]) - (radius * radius * memory[1]);
        (memory[1], memory[0]) = (memory[0], result);
        return result;
    }
}
