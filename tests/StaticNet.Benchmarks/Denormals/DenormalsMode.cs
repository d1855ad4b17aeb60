using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Denormals;

/// <summary>
/// What denormal numbers cost on this processor: the functions of activations and a sum of products over inputs of falling size, each
/// beside the same over inputs around one.
/// </summary>
internal static class DenormalsMode
{
    private const int Count = 4096;

    /// <summary>The sizes of the inputs: usual, quiet, of squares that are denormal, and denormal themselves.</summary>
    private static readonly float[] Sizes = [1f, 1e-5f, 1e-10f, 1e-15f, 1e-20f, 1e-30f, 1e-40f];

    private static readonly (string Name, Func<float[], float> Run)[] Cases =
    [
        ("x · y + z", Fold<Product>),
        ("x · x", Fold<Square>),
        ("tanh", Fold<Tanh>),
        ("sigmoid", Fold<Sigmoid>),
        ("SiLU", Fold<Silu>),
        ("GELU", Fold<Gelu>),
        ("exp", Fold<Exp>),
    ];

    /// <summary>What is done to each vector, inlined into the loop.</summary>
    private interface ITerm
    {
        /// <summary>Adds a vector's term to those before it.</summary>
        static abstract Vector256<float> Add(Vector256<float> x, Vector256<float> sum);
    }

    /// <summary>Measures and prints the table.</summary>
    public static int Run()
    {
        var table = new TextTable(["inputs around", .. Sizes.Select(size => size.ToString("G3", CultureInfo.InvariantCulture))]);
        foreach (var (name, run) in Cases)
        {
            var times = Sizes.Select(size => Measure(run, size)).ToArray();
            table.Add([name, .. times.Select(time => $"{TextTable.Digits(time)} ns ({TextTable.Digits(time / times[0])}×)")]);
        }

        Console.WriteLine("Time for a vector of 8 floats by the size of the inputs, and the ratio to inputs around one:");
        Console.Write(table);
        return 0;
    }

    /// <summary>The nanoseconds of a vector.</summary>
    private static double Measure(Func<float[], float> run, float size)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, Count).Select(_ => size * (float)(random.NextDouble() - 0.5)).ToArray();
        return Shortest.Nanoseconds(() =>
        {
            for (var round = 0; round < 8; round++)
                Sink.Consume(run(values));
        }) / (8 * (Count / Vector256<float>.Count));
    }

    /// <summary>A loop over all inputs; what it gives keeps it from being left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fold<TTerm>(float[] values)
        where TTerm : struct, ITerm
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(values);
        var sum = Vector256<float>.Zero;
        for (nuint index = 0; index < Count; index += (nuint)Vector256<float>.Count)
            sum = TTerm.Add(Vector256.LoadUnsafe(ref first, index), sum);
        return sum.ToScalar();
    }

    private readonly struct Product : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => Vector256.MultiplyAddEstimate(x, Vector256.Create(0.5f), sum);
    }

    private readonly struct Square : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => sum | (x * x);
    }

    private readonly struct Tanh : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => sum | FastMath.Tanh(x);
    }

    private readonly struct Sigmoid : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => sum | FastMath.Sigmoid(x);
    }

    private readonly struct Silu : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => sum | FastMath.Silu(x);
    }

    private readonly struct Gelu : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => sum | FastMath.Gelu(x);
    }

    private readonly struct Exp : ITerm
    {
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> sum) => sum | FastMath.Exp(x);
    }
}
