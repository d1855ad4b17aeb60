using StaticNet.Data;

namespace Wake;

/// <summary>Recordings to train on, and one to listen to: words of many voices in noise.</summary>
internal static class Recordings
{
    /// <summary>The spectra of a recording to train on.</summary>
    public const int Spectra = Detector.Steps;

    /// <summary>The word.</summary>
    public const string Word = "oia";

    /// <summary>For how many seconds after the word an output may still say so.</summary>
    private const double After = 0.16;

    /// <summary>Others, which share vowels with it, or all of them in another order.</summary>
    private static readonly string[] Others = ["aio", "oi", "ia", "oua", "eia", "iao", "uoi", "ae"];

    /// <summary>Recordings of which every other one has the word.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Chooses voices, noise and places.</param>
    public static DataSet Make(int count, int seed)
    {
        var length = ((Spectra - 1) * Wake.Spectra.Hop) + Wake.Spectra.Frame;
        var data = new (float[] Input, float[] Target)[count];
        Parallel.For(0, count, recording =>
        {
            var random = new Random(HashCode(seed, recording));
            var sound = Noise(length, random);
            var target = new float[Detector.OutputSteps];
            var said = Voice.Say(recording % 2 == 0 ? Word : Others[random.Next(Others.Length)], random);
            // The word may begin before the recording, and end after it.
            var begin = random.Next(-said.Length / 2, length - (said.Length / 2));
            Add(sound, said, begin, Loudness(random));
            for (var output = 0; output < target.Length && recording % 2 == 0 && begin >= 0; output++)
                target[output] = IsJustSaid(output, begin + said.Length) ? 1 : 0;
            data[recording] = ([.. Wake.Spectra.Extractor().ComputeFrom(sound).SelectMany(levels => levels)], target);
        });
        return new DataSet(Detector.InputLength, Detector.TargetLength, [.. data.SelectMany(sample => sample.Input)], [.. data.SelectMany(sample => sample.Target)]);
    }

    /// <summary>A long recording.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="seed">Chooses voices, noise and places.</param>
    /// <returns>The sound, and where the words in it end, in samples, those that are the word first.</returns>
    public static (float[] Sound, List<int> Ends, int OthersSaid) MakeLong(int seconds, int seed)
    {
        var random = new Random(seed);
        var sound = Noise(seconds * Wake.Spectra.SampleRate, random);
        var (ends, others) = (new List<int>(), 0);
        for (var begin = Wake.Spectra.SampleRate; begin < sound.Length - Wake.Spectra.SampleRate; begin += Wake.Spectra.SampleRate * random.Next(10, 16) / 10)
        {
            var isWord = random.Next(2) == 0;
            var said = Voice.Say(isWord ? Word : Others[random.Next(Others.Length)], random);
            Add(sound, said, begin, Loudness(random));
            if (isWord)
                ends.Add(begin + said.Length);
            else
                others++;
        }

        return (sound, ends, others);
    }

    /// <summary>Whether a word that ends at a sample has just been said when an output is made, or its last vowel is being said.</summary>
    private static bool IsJustSaid(int output, int end)
    {
        var spectra = (output + 1) * (Spectra / Detector.OutputSteps);
        var now = ((spectra - 1) * Wake.Spectra.Hop) + Wake.Spectra.Frame;
        return now > end - (0.04 * Wake.Spectra.SampleRate) && now < end + (After * Wake.Spectra.SampleRate);
    }

    private static float Loudness(Random random) => 0.1f + (0.4f * random.NextSingle());

    /// <summary>The hiss and hum of a room.</summary>
    private static float[] Noise(int length, Random random)
    {
        var (sound, level, hum, low) = (new float[length], 0.002 + (0.02 * random.NextDouble()), 0.02 * random.NextDouble(), 0.0);
        for (var sample = 0; sample < length; sample++)
        {
            var white = (2 * random.NextDouble()) - 1;
            low = (0.95 * low) + (0.3 * white);
            sound[sample] = (float)((level * (white + low)) + (hum * Math.Sin(2 * Math.PI * 50 * sample / Wake.Spectra.SampleRate)));
        }

        return sound;
    }

    private static void Add(float[] sound, float[] said, int begin, float loudness)
    {
        for (var sample = Math.Max(0, -begin); sample < said.Length && begin + sample < sound.Length; sample++)
            sound[begin + sample] += loudness * said[sample];
    }

    /// <summary>A seed for each recording, so that they can be made side by side.</summary>
    private static int HashCode(int seed, int recording) => unchecked((seed * 1_000_003) + (recording * 7919));
}
