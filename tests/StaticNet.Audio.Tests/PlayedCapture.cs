using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Tests;
using StaticNet.Importing;

namespace StaticNet.Audio.Tests;

/// <summary>A capture that was imported, written as C#, compiled with the generator, and loaded.</summary>
internal sealed class PlayedCapture
{
    // What a network's class depends on is its declaration alone, and compiling it takes the longest.
    private static readonly ConcurrentDictionary<string, Type> Compiled = new(StringComparer.Ordinal);

    private readonly Player _player;

    public PlayedCapture(ImportedCapture capture)
    {
        Capture = capture;
        var source = DeclarationWriter.Write(capture.Network.Declaration);
        var type = Compiled.GetOrAdd(source, Compile);
        _player = (Player)Activator.CreateInstance(typeof(Player<>).MakeGenericType(type), capture)!;
    }

    public ImportedCapture Capture { get; }

    public string Source => DeclarationWriter.Write(Capture.Network.Declaration);

    /// <summary>The steps that an output depends on; null: all.</summary>
    public long? ReceptiveField => _player.ReceptiveField;

    public static PlayedCapture Of(ReadOnlyMemory<byte> json, AudioImportOptions? options = null) => new(AudioImport.Read(json, options: options));

    public static PlayedCapture Of(string json, AudioImportOptions? options = null) => Of(System.Text.Encoding.UTF8.GetBytes(json), options);

    /// <summary>Plays a signal in blocks of 64, from the state that the file has, after steps of silence.</summary>
    public float[] Play(float[] inputs, long silence = 0) => _player.Play(inputs, silence);

    /// <summary>Plays a signal at a multiple of the capture's sample rate, in blocks of different lengths.</summary>
    public float[] PlayInterleaved(float[] inputs, int factor) => _player.PlayInterleaved(inputs, factor);

    /// <summary>Plays a signal at another sample rate, in blocks of up to a length.</summary>
    public (float[] Outputs, double Latency) PlayResampled(float[] inputs, int networkRate, int rate, int longestBlock) => _player.PlayResampled(inputs, networkRate, rate, longestBlock);

    /// <summary>The bytes that are allocated by all that an audio thread may call.</summary>
    public long AllocatedBytes() => _player.AllocatedBytes();

    private static Type Compile(string source)
    {
        var compilation = GeneratorHarness.Compile("Captured" + Guid.NewGuid().ToString("N"), [source]);
        var run = GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release)), Vector256.IsHardwareAccelerated ? "256" : "128");
        Assert.Empty(run.Diagnostics);
        using var stream = new MemoryStream();
        var result = run.Compilation.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        stream.Position = 0;
        var types = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetTypes();
        return Assert.Single(types, type => type.GetInterfaces().Any(face => face.Name == "INetwork`1"));
    }

    private abstract class Player
    {
        public abstract long? ReceptiveField { get; }

        public abstract float[] Play(float[] inputs, long silence);

        public abstract float[] PlayInterleaved(float[] inputs, int factor);

        public abstract (float[] Outputs, double Latency) PlayResampled(float[] inputs, int networkRate, int rate, int longestBlock);

        public abstract long AllocatedBytes();
    }

    private sealed class Player<TNetwork> : Player
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        private readonly ImportedCapture _capture;
        private readonly TNetwork _network = TNetwork.Create(1);

        public Player(ImportedCapture capture)
        {
            _capture = capture;
            _network.LoadStateDict(capture.Network.Weights);
        }

        public override long? ReceptiveField => TNetwork.StateTable.ReceptiveField;

        public override float[] Play(float[] inputs, long silence)
        {
            var state = NewState();
            if (silence > 0)
                _network.ForwardSteps(state, new float[silence * TNetwork.StepInputLength], new float[silence * TNetwork.StepOutputLength]);
            var steps = inputs.Length / TNetwork.StepInputLength;
            var outputs = new float[steps * TNetwork.StepOutputLength];
            for (var begin = 0; begin < steps; begin += 64)
            {
                var length = Math.Min(64, steps - begin);
                _network.ForwardSteps(
                    state, inputs.AsSpan(begin * TNetwork.StepInputLength, length * TNetwork.StepInputLength), outputs.AsSpan(begin * TNetwork.StepOutputLength, length * TNetwork.StepOutputLength));
            }

            return outputs;
        }

        public override float[] PlayInterleaved(float[] inputs, int factor)
        {
            var stream = new InterleavedStream<TNetwork>(_network, factor, longestBlock: 100);
            stream.Reset(NewState());
            var outputs = (float[])inputs.Clone();
            for (var (begin, block) = (0, 1); begin < inputs.Length; begin += block, block = (block * 7 % 100) + 1)
            {
                var span = outputs.AsSpan(begin, Math.Min(block, inputs.Length - begin));
                stream.Process(span, span);
            }

            return outputs;
        }

        public override (float[] Outputs, double Latency) PlayResampled(float[] inputs, int networkRate, int rate, int longestBlock)
        {
            var stream = new ResampledStream<TNetwork>(_network, networkRate, rate, longestBlock);
            var outputs = (float[])inputs.Clone();
            for (var begin = 0; begin < inputs.Length; begin += longestBlock)
            {
                var span = outputs.AsSpan(begin, Math.Min(longestBlock, inputs.Length - begin));
                stream.Process(span, span);
            }

            return (outputs, stream.Latency);
        }

        public override long AllocatedBytes()
        {
            var (state, other, block) = (NewState(), NewState(), new float[100]);
            var (interleaved, resampled) = (new InterleavedStream<TNetwork>(_network, 2, 100), new ResampledStream<TNetwork>(_network, 48_000, 44_100, 100));
            _network.Prepare();
            Run();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            return GC.GetAllocatedBytesForCurrentThread() - before;

            void Run()
            {
                _network.ForwardSteps(state, block, block);
                _network.ForwardStep(state, block.AsSpan(0, 1), block.AsSpan(0, 1));
                other.CopyFrom(state);
                state.Reset();
                interleaved.Process(block, block);
                interleaved.Reset(other);
                resampled.Process(block, block);
                resampled.Reset();
            }
        }

        private StreamState NewState()
        {
            var state = TNetwork.CreateState();
            if (_capture.InitialState is { } initial)
                state.LoadStateDict(initial);
            return state;
        }
    }
}
