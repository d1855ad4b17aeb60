using System.Diagnostics;
using System.Globalization;
using Amplifier;
using StaticNet;
using StaticNet.Numerics;

const int sampleRate = 48_000;
var start = Stopwatch.GetTimestamp();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var options = new Dictionary<string, string>
{
    ["--play"] = "",
    ["--weights"] = "",
    ["--output"] = "amplified.wav",
    ["--picture"] = "amplified.svg",
    ["--save"] = "capture.safetensors",
    ["--epochs"] = "60",
};
for (var index = 0; index < args.Length; index += 2)
{
    if (!options.ContainsKey(args[index]) || index + 1 == args.Length)
    {
        Console.WriteLine("""
            Amplifier [--play IN.wav] [--output OUT.wav] [--picture WAVE.svg] [--weights CAPTURE.safetensors] [--save CAPTURE.safetensors] [--epochs N]
              Makes a capture of a simulated tube stage and plays through it: a WAV file, or a guitar that it makes.
              --weights plays a capture that was made before, instead of making one.
            Captures in files of others become classes when a project is written: see README.md.
            """);
        return 2;
    }

    options[args[index]] = args[index + 1];
}

var player = new CapturePlayer();
if (options["--weights"] is { Length: > 0 } weights)
{
    player.LoadSafetensors(weights);
    Console.WriteLine($"The capture is ready {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms after the first line of Main.");
}
else
{
    // A recording of a device: here it is made.
    var input = Guitar.Play(seconds: 6, sampleRate, seed: 1);
    var output = new TubeStage(sampleRate).Process(input);
    var capture = Training.Run(input, output, int.Parse(options["--epochs"], CultureInfo.InvariantCulture));
    capture.SaveSafetensors(options["--save"]);
    player.CopyParametersFrom(capture);
}

var (dry, rate) = options["--play"] is { Length: > 0 } file ? WaveFile.Read(file) : (Guitar.Play(seconds: 4, sampleRate, seed: 2), sampleRate);
if (rate != sampleRate)
    Console.WriteLine($"The capture is one at {sampleRate} samples per second and the file has {rate}: it will sound a little different. docs/audio.md says what to do.");
var wet = (float[])dry.Clone();
Playback.Run(player, wet, rate);
WaveFile.Write(options["--output"], wet, rate);

var reference = new TubeStage(rate).Process(dry);
var shown = Math.Min(dry.Length, 2000);
var from = Math.Min(dry.Length - shown, rate);
Picture.Write(
    options["--picture"], ("in", dry[from..(from + shown)], "gray"), ("out of the device", reference[from..(from + shown)], "teal"), ("out of the capture", wet[from..(from + shown)], "crimson"));
var ratio = Training.ErrorToSignal(player, dry, reference);
Console.WriteLine($"Against the device on this signal: error-to-signal ratio {ratio:P2}.");
Console.WriteLine($"{options["--output"]} has the sound, {options["--picture"]} a picture of it. Instructions: {Hardware.Description}");
return ratio < 0.02 || options["--play"].Length > 0 ? 0 : 1;
