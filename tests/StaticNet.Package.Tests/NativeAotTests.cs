using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace StaticNet.Package.Tests;

/// <summary>A network with its weights in the executable, compiled ahead of time.</summary>
[Collection(PackedOnce.Name)]
public class NativeAotTests(PackedLibrary packed, ITestOutputHelper output)
{
    private const long MostBesidesWeights = 2_000_000;

    private const int Runs = 11;

    [NativeToolChainFact]
    public void LeNet5_with_baked_weights_is_small_and_starts_at_once()
    {
        var folder = Path.Combine(packed.Folder, "lenet5");
        packed.WriteProject(folder, "StaticNet", "net10.0", properties: """
            <PublishAot>true</PublishAot>
            <StaticNetBakeWeights>true</StaticNetBakeWeights>
            <InvariantGlobalization>true</InvariantGlobalization>
            <StackTraceSupport>false</StackTraceSupport>
            <UseSystemResourceKeys>true</UseSystemResourceKeys>
            <EventSourceSupport>false</EventSourceSupport>
            """);
        var weights = LeNet5Weights.Save(Path.Combine(folder, "lenet5.safetensors"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using System;
            using System.Diagnostics;
            using StaticNet;

            var model = new LeNet5Model();
            Span<float> scores = stackalloc float[LeNet5Model.OutputLength];
            model.Forward(new float[LeNet5Model.InputLength], scores);
            // The argument is the time at which this process was asked for, on the clock that all processes share.
            var sinceStart = Stopwatch.GetElapsedTime(long.Parse(args[0]));
            Console.WriteLine(FormattableString.Invariant($"{scores[0]} {scores[9]} {sinceStart.TotalMilliseconds} {StaticNet.Numerics.Hardware.Description}"));

            [Network]
            [Input(1, 28, 28)]
            [Conv2D(6, Kernel = 5, Padding = 2, Activation = Activation.Tanh)]
            [AveragePool2D(2)]
            [Conv2D(16, Kernel = 5, Activation = Activation.Tanh)]
            [AveragePool2D(2)]
            [Flatten]
            [Dense(120, Activation = Activation.Tanh)]
            [Dense(84, Activation = Activation.Tanh)]
            [Dense(10)]
            public sealed partial class LeNet5;

            [InferenceOf(typeof(LeNet5), Weights = "lenet5.safetensors")]
            public sealed partial class LeNet5Model;
            """);
        var log = DotnetCommand.Run(folder, "publish", "-c", "Release", "-o", Path.Combine(folder, "out"), "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");

        Assert.DoesNotMatch(new Regex("warning", RegexOptions.IgnoreCase), log);
        var program = new FileInfo(Path.Combine(folder, "out", "User"));
        var besides = program.Length - weights;
        output.WriteLine($"{program.Length} bytes: {weights} of weights, {besides} besides");
        Assert.InRange(besides, 1, MostBesidesWeights);
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var answer = DotnetCommand.RunProgram(program.FullName, folder, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)).Trim().Split(' ');
            // Where all inputs and all biases but the last layer's are zero, its biases are the outputs.
            Assert.Equal(["0", "9"], answer[..2]);
            times.Add(double.Parse(answer[2], CultureInfo.InvariantCulture));
            if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
                Assert.Equal("AVX2, FMA", string.Join(' ', answer[3..]));
        }

        output.WriteLine(FormattableString.Invariant($"first result {times.Min():F1} ms after the start of the process at best, {times.Order().ElementAt(Runs / 2):F1} ms in the median of {Runs} runs"));
    }
}

/// <summary>A test that needs a linker and zlib.</summary>
public sealed class NativeToolChainFactAttribute : FactAttribute
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    public NativeToolChainFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux())
            Skip = "NativeAOT is tried on Linux only.";
        else if (!Linkers.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker)))))
            Skip = "There is no clang or gcc, which NativeAOT needs to link.";
        else if (!File.Exists("/usr/include/zlib.h"))
            Skip = "There is no zlib with its headers, which NativeAOT needs to link.";
    }
}
