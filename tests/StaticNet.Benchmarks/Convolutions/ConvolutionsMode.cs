using System.Globalization;
using System.Reflection;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Convolutions;

/// <summary>The generated loops of a direct convolution alone, forward and both gradients, as shares of the FMA peak.</summary>
internal static class ConvolutionsMode
{
    private delegate void Forward(ref float input, ref float output, ref float weight, ref float bias, int samples);

    private delegate void InputGradient(ref float gradient, ref float result, ref float weight, int samples);

    private delegate void WeightGradient(ref float input, ref float gradient, ref float weightGradient, int samples, bool accumulate, int begin, int end);

    /// <summary>A convolution: 3×3 taps with zeros around, and the samples that a call takes.</summary>
    private sealed record Case(Type Network, int Size, int Inputs, int Outputs)
    {
        public const int Samples = 8;

        /// <summary>The multiply-adds of a sample, without those that would meet padding.</summary>
        public double MultiplyAdds => Math.Pow((3 * Size) - 2, 2) * Inputs * Outputs;
    }

    private static readonly Case[] Cases =
    [
        new(typeof(Convolution14x14From32To64), 14, 32, 64),
        new(typeof(Convolution32x32From16To16), 32, 16, 16),
        new(typeof(Convolution16x16From32To32), 16, 32, 32),
        new(typeof(Convolution8x8From64To64), 8, 64, 64),
    ];

    /// <summary>Measures and prints the table.</summary>
    public static int Run()
    {
        var peak = Math.Max(FmaPeak.Measure256(), FmaPeak.Measure512() ?? 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FMA peak: {peak:F0} GFLOP/s"));
        var table = new TextTable("convolution 3×3", "forward", "of the peak", "input gradient", "of the peak", "weight gradient", "of the peak");
        foreach (var measured in Cases)
        {
            var figures = Measure(measured).Select(nanoseconds => 2 * measured.MultiplyAdds * Case.Samples / nanoseconds).ToArray();
            table.Add(
            [
                $"{measured.Size}×{measured.Size}, {measured.Inputs} → {measured.Outputs}",
                .. figures.SelectMany(figure => new[]
                {
                    string.Create(CultureInfo.InvariantCulture, $"{figure:F0} GFLOP/s"),
                    string.Create(CultureInfo.InvariantCulture, $"{100 * figure / peak:F0} %"),
                }),
            ]);
        }

        Console.WriteLine($"The loops alone, {Case.Samples} samples per call; taps that meet padding are neither computed nor counted:");
        Console.Write(table);
        return 0;
    }

    private static double[] Measure(Case measured)
    {
        T Method<T>(string name)
            where T : Delegate => measured.Network.GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.CreateDelegate<T>();

        var random = new Random(1);
        AlignedBuffer Buffer(int length)
        {
            var buffer = new AlignedBuffer(length);
            foreach (ref var value in buffer.Span)
                value = random.NextSingle() - 0.5f;
            return buffer;
        }

        var pixels = measured.Size * measured.Size * Case.Samples;
        var (input, output) = (Buffer(pixels * measured.Inputs), Buffer(pixels * measured.Outputs));
        var (weight, bias) = (Buffer(9 * measured.Inputs * measured.Outputs), Buffer(measured.Outputs));
        var result = Buffer(pixels * measured.Inputs);
        var gradient = Buffer(9 * measured.Inputs * measured.Outputs);
        var (forward, inputs, weights) = (Method<Forward>("Conv2Forward"), Method<InputGradient>("Conv2InputGradient"), Method<WeightGradient>("Conv2WeightGradient"));
        return
        [
            Shortest.Nanoseconds(() => forward(ref input.Reference, ref output.Reference, ref weight.Reference, ref bias.Reference, Case.Samples)),
            Shortest.Nanoseconds(() => inputs(ref output.Reference, ref result.Reference, ref weight.Reference, Case.Samples)),
            Shortest.Nanoseconds(() => weights(ref input.Reference, ref output.Reference, ref gradient.Reference, Case.Samples, false, 0, 9)),
        ];
    }
}
