using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;

namespace Amplifier;

/// <summary>Makes a capture from a recording of what goes into a device and what comes out.</summary>
internal static class Training
{
    /// <summary>Trains a network, and prints how its error falls.</summary>
    /// <param name="input">What went in.</param>
    /// <param name="output">What came out.</param>
    /// <param name="epochs">How often it sees the recording.</param>
    public static Capture Run(float[] input, float[] output, int epochs)
    {
        var network = new Capture(seed: 1);
        // The last tenth is not trained on. Each sequence begins from silence, so it is longer than the device remembers.
        var trained = input.Length * 9 / 10 / Capture.Steps * Capture.Steps;
        var data = new DataSet(Capture.InputLength, Capture.TargetLength, input[..trained], output[..trained]);
        var steps = epochs * ((data.Count + Capture.BatchSize - 1) / Capture.BatchSize);
        var optimizer = new Adam(learningRate: 0.01f) { ClipNorm = 1, Schedule = new CosineDecay(steps) };
        var progress = new ErrorProgress(network, input[trained..], output[trained..]);
        Trainer.For(network, optimizer, new TrainerOptions { Seed = 1, Progress = false, Callbacks = [progress] }).Fit(data, epochs);
        return network;
    }

    /// <summary>The energy of the error as a part of the energy of the signal, on a stream.</summary>
    public static double ErrorToSignal<TNetwork>(TNetwork network, ReadOnlySpan<float> input, ReadOnlySpan<float> expected)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var actual = new float[input.Length];
        network.ForwardSteps(TNetwork.CreateState(), input, actual);
        var (error, signal) = (0.0, 0.0);
        // The beginning of a stream comes from silence, the recording did not.
        for (var sample = 1000; sample < actual.Length; sample++)
        {
            error += Math.Pow(actual[sample] - expected[sample], 2);
            signal += Math.Pow(expected[sample], 2);
        }

        return error / signal;
    }
}
