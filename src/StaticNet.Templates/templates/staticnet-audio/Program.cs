using System.Diagnostics;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;
using StaticNet_App;

const int rate = 48_000, block = 64, epochs = 30;

// What goes into the effect, and what comes out. Put your recordings in their place: of the same length, −1 to 1.
var dry = Sweep(rate * 4);
var wet = dry.Select(sample => MathF.Tanh(3 * sample) * 0.7f).ToArray();

var data = new DataSet(EffectNetwork.InputLength, EffectNetwork.TargetLength, dry[..^(dry.Length % EffectNetwork.Steps)], wet[..^(wet.Length % EffectNetwork.Steps)]);
var network = new EffectNetwork(seed: 1);
var steps = epochs * ((data.Count + EffectNetwork.BatchSize - 1) / EffectNetwork.BatchSize);
var optimizer = new Adam(learningRate: 0.01f) { ClipNorm = 1, Schedule = new CosineDecay(steps) };
Trainer.For(network, optimizer, new TrainerOptions { Seed = 1, Progress = false }).Fit(data, epochs);
network.SaveSafetensors("effect.safetensors");

// As a plug-in does: prepared once, and then one call for each block, which allocates nothing.
var player = new EffectPlayer();
player.LoadSafetensors("effect.safetensors");
player.Prepare();
var state = EffectPlayer.CreateState();
var played = new float[dry.Length];
var clock = Stopwatch.StartNew();
for (var begin = 0; begin < dry.Length; begin += block)
{
    var length = Math.Min(block, dry.Length - begin);
    player.ForwardSteps(state, dry.AsSpan(begin, length), played.AsSpan(begin, length));
}

var seconds = clock.Elapsed.TotalSeconds;
var error = played.Zip(wet, (actual, expected) => Math.Pow(actual - expected, 2)).Sum() / wet.Sum(sample => Math.Pow(sample, 2));
Console.WriteLine($"Error-to-signal ratio: {100 * error:F2} %");
Console.WriteLine($"{dry.Length / (double)rate:F1} s of sound in {seconds:F3} s, in blocks of {block} samples");

// A tone that rises from 40 Hz to 4 kHz, louder and softer.
static float[] Sweep(int length)
{
    var (samples, phase) = (new float[length], 0.0);
    for (var index = 0; index < length; index++)
    {
        phase += 2 * Math.PI * 40 * Math.Pow(100, index / (double)length) / rate;
        samples[index] = (float)(Math.Sin(phase) * (0.55 + (0.45 * Math.Sin(index * 2 * Math.PI * 1.5 / rate))));
    }

    return samples;
}
