using System.Diagnostics;
using System.Globalization;
using StaticNet.Benchmarks;
using StaticNet.Benchmarks.Convolutions;
using StaticNet.Benchmarks.Denormals;
using StaticNet.Benchmarks.Generating;
using StaticNet.Benchmarks.Kernels;
using StaticNet.Benchmarks.Latency;
using StaticNet.Benchmarks.Optimizers;
using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Startup;
using StaticNet.Benchmarks.Unrolling;

var mainStart = Stopwatch.GetTimestamp();
if (args is [ColdCompilation.Argument, var path, var widths])
    return GeneratingMode.RunCold(path, widths);
if (args is [StartupMode.FirstForwardArgument, var network, var word])
    return StartupMode.RunChild(mainStart, network, word);

const string Help = """
    How fast StaticNet is. Run it in Release on a quiet machine.

      peers [--filter PART] [--json FILE]
          our networks against ONNX Runtime and PyTorch, where found: outputs compared, then measured in turns
      compare BEFORE.json AFTER.json
          two files of peers side by side: before and after a change, or two processors
      tables FILE.md [--verify]
          writes the tables of a Markdown file from the files of peers that it names, or looks whether they are up to date
      latency [CALLS]
          how far single calls wander: p50 to p99.99 of ten million, beside a call of nothing, while another thread makes garbage
      kernels [BenchmarkDotNet arguments]
          the parts of each network's work, in BenchmarkDotNet
      convolutions
          the loops of direct convolutions, forward and both gradients, as shares of the FMA peak
      denormals
          activations over inputs of falling size: what denormal numbers cost on this processor
      optimizers
          each optimizer's step over a million parameters, beside a plain copy of as many floats
      unrolling
          straight-line code against loops, by the width of a layer
      startup
          from the first line of Main to the first output, in fresh processes
      generating
          what the generator takes for a network of ten layers, and for an edit elsewhere; ResNet-20 warm and cold
      keystrokes
          what an edit costs where there are 30 networks: in a method of another file, and of one layer; and what the advice takes
    """;

switch (args)
{
    case ["peers", .. var arguments] when PeersOptions.Parse(arguments) is { } options:
        return PeersMode.Run(options);
    case ["compare", var before, var after]:
        return CompareMode.Run(before, after);
    case ["tables", var file]:
        return TablesMode.Run(file, verifies: false);
    case ["tables", var file, "--verify"]:
        return TablesMode.Run(file, verifies: true);
    case ["latency"]:
        return LatencyMode.Run(LatencyMode.DefaultCalls);
    case ["latency", var calls] when int.TryParse(calls, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0:
        return LatencyMode.Run(count);
    case ["kernels", .. var arguments]:
        return KernelsMode.Run(arguments);
    case ["convolutions"]:
        return ConvolutionsMode.Run();
    case ["denormals"]:
        return DenormalsMode.Run();
    case ["optimizers"]:
        return OptimizersMode.Run();
    case ["unrolling"]:
        return UnrollingMode.Run();
    case ["startup"]:
        return StartupMode.Run();
    case ["generating"]:
        return GeneratingMode.Run();
    case ["keystrokes"]:
        return KeystrokesMode.Run();
    case [] or ["--help"] or ["-h"]:
        Console.WriteLine(Help);
        return 0;
    default:
        Console.Error.WriteLine($"Unknown arguments: {string.Join(' ', args)}\n\n{Help}");
        return 2;
}
