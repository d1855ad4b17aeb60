using System.Diagnostics;

namespace Wake;

/// <summary>Listens to a recording as to a microphone: block by block, with what has been heard before in the state.</summary>
internal static class Listening
{
    /// <summary>The spectra of a block: as many as the network takes at a time.</summary>
    private const int SpectraOfBlock = Detector.TotalStride;

    private const int Block = SpectraOfBlock * Spectra.Hop;

    /// <summary>For how long after a word nothing else is reported, in samples.</summary>
    private const int Pause = Spectra.SampleRate / 2;

    /// <summary>Prints where the word was heard.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sound">The recording.</param>
    /// <param name="ends">Where the word ends in it.</param>
    /// <returns>How often the word was heard where it was said, and where it was not.</returns>
    public static (int Found, int FalseAlarms) Run(Detector network, float[] sound, List<int> ends)
    {
        var (spectra, state) = (Spectra.Stream(Block), Detector.CreateState());
        var waiting = new Queue<float[]>();
        var (inputs, output) = (new float[Detector.StreamInputLength], new float[Detector.StreamOutputLength]);
        var (found, falseAlarms, last, ticks, blocks) = (new HashSet<int>(), 0, -Pause, 0L, 0);
        for (var begin = 0; begin + Block <= sound.Length; begin += Block)
        {
            foreach (var levels in spectra.ComputeFrom(sound[begin..(begin + Block)]))
                waiting.Enqueue(levels);
            while (waiting.Count >= SpectraOfBlock)
            {
                for (var step = 0; step < SpectraOfBlock; step++)
                    waiting.Dequeue().CopyTo(inputs, step * Spectra.Bands);
                var start = Stopwatch.GetTimestamp();
                network.ForwardStep(state, inputs, output);
                ticks += Stopwatch.GetTimestamp() - start;
                blocks++;

                // The output is a logit: above 0 the word is more likely than not.
                var now = begin + Block;
                if (output[0] <= 0 || now - last < Pause)
                    continue;
                last = now;
                var word = ends.FindIndex(end => Math.Abs(now - end) < Pause);
                Console.WriteLine($"{now / (double)Spectra.SampleRate,6:F2} s: heard{(word < 0 ? ", but it was another word" : $" {Math.Abs(now - ends[word]) * 1000 / Spectra.SampleRate} ms {(now < ends[word] ? "before" : "after")} its end")}");
                if (word < 0)
                    falseAlarms++;
                else
                    found.Add(word);
            }
        }

        Console.WriteLine($"The network takes {ticks * 1e6 / Stopwatch.Frequency / blocks:F1} µs for {Block * 1000 / Spectra.SampleRate} ms of sound.");
        return (found.Count, falseAlarms);
    }
}
