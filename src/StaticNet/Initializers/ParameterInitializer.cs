using System.Runtime.CompilerServices;
using StaticNet.Numerics;

namespace StaticNet;

/// <summary>Computes the initial values of parameters.</summary>
/// <remarks>
/// Fan-in and fan-out are the numbers of a unit's inputs and outputs: inputs × Πk and outputs × Πk for a weight [outputs, inputs,
/// k…], and the length of a vector for both.
/// </remarks>
public static class ParameterInitializer
{
    private const float DefaultUniformLimit = 0.05f;
    private const float DefaultDeviation = 0.01f;
    private const int DefaultConnections = 15;

    /// <summary>Fills a parameter.</summary>
    /// <param name="initializer">The method: any except <see cref="Initializer.Default"/>, which means one of the others.</param>
    /// <param name="value">The value of the initialiser, finite; NaN means its default.</param>
    /// <param name="shape">The logical shape: [outputs, inputs, …] for a weight.</param>
    /// <param name="values">The elements, row-major, written.</param>
    /// <param name="seed">The seed: the same seed produces the same bits.</param>
    /// <param name="stream">Which of the seed's independent streams; one per parameter.</param>
    /// <exception cref="ArgumentException">
    /// The initialiser is <see cref="Initializer.Default"/> or unknown, the value does not suit it, or the shape does not have as
    /// many elements as there are values.
    /// </exception>
    public static void Fill(Initializer initializer, float value, ReadOnlySpan<int> shape, Span<float> values, ulong seed, ulong stream)
    {
        Serialization.Shapes.Require(shape, values.Length, nameof(shape));
        if (float.IsInfinity(value))
            throw NotFinite(value);

        var random = new RandomStream(seed, stream);
        var (fanIn, fanOut) = Fans(shape);
        switch (initializer)
        {
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Constant:
                values.Fill(OrDefault(value, 0));
                break;
            case Initializer.Uniform:
                Uniform(ref random, OrDefault(value, DefaultUniformLimit), values);
                break;
            case Initializer.Normal:
                Normal(ref random, OrDefault(value, DefaultDeviation), values);
                break;
            case Initializer.FanIn:
                Uniform(ref random, 1 / Math.Sqrt(fanIn), values);
                break;
            case Initializer.GlorotUniform:
                Uniform(ref random, Math.Sqrt(6 / (fanIn + fanOut)), values);
                break;
            case Initializer.GlorotNormal:
                Normal(ref random, Math.Sqrt(2 / (fanIn + fanOut)), values);
                break;
            case Initializer.HeUniform:
                Uniform(ref random, Math.Sqrt(6 / fanIn), values);
                break;
            case Initializer.HeNormal:
                Normal(ref random, Math.Sqrt(2 / fanIn), values);
                break;
            case Initializer.LeCunUniform:
                Uniform(ref random, Math.Sqrt(3 / fanIn), values);
                break;
            case Initializer.LeCunNormal:
                Normal(ref random, Math.Sqrt(1 / fanIn), values);
                break;
            case Initializer.Orthogonal:
                OrthogonalMatrix.Fill(ref random, OrDefault(value, 1), Rows(shape), values);
                break;
            case Initializer.Sparse:
                Sparse(ref random, OrDefault(value, DefaultConnections), Rows(shape), values);
                break;
            default:
                throw NoInitializer(initializer);
        }
    }

    // Messages are made apart: a program starts faster when the code for them is not compiled with the rest.
    private static ArgumentException NotFinite(float value) => new($"Expected a finite value, or NaN for the default, but got {value}.", nameof(value));

    private static ArgumentException NoInitializer(Initializer initializer) =>
        new($"Expected an initialiser other than {nameof(Initializer.Default)}, but got {initializer}.", nameof(initializer));

    private static float OrDefault(float value, float otherwise) => float.IsNaN(value) ? otherwise : value;

    private static int Rows(ReadOnlySpan<int> shape) => shape.IsEmpty ? 1 : shape[0];

    /// <summary>Fan-in and fan-out, as doubles: they only ever divide.</summary>
    private static (double In, double Out) Fans(ReadOnlySpan<int> shape)
    {
        if (shape.Length < 2)
            return shape.IsEmpty ? (1, 1) : (shape[0], shape[0]);
        var kernel = 1.0;
        foreach (var size in shape[2..])
            kernel *= size;
        return (shape[1] * kernel, shape[0] * kernel);
    }

    /// <summary>U(−limit, limit).</summary>
    // Fully compiled at the first call: parameters are drawn at the start of a program, where code that warms up would cost more than the rest.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Uniform(ref RandomStream random, double limit, Span<float> values)
    {
        foreach (ref var value in values)
            value = (float)(((2 * random.NextDouble()) - 1) * limit);
    }

    /// <summary>N(0, deviation²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normal(ref RandomStream random, double deviation, Span<float> values)
    {
        foreach (ref var value in values)
            value = (float)(random.NextNormal() * deviation);
    }

    /// <summary>In each row, the given number of elements at random places from N(0, 1), or all of them if a row is
    /// shorter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sparse(ref RandomStream random, float connections, int rows, Span<float> values)
    {
        if (!(connections >= 1 && float.IsInteger(connections)))
            throw new ArgumentException($"Expected a whole number of connections of 1 or more, but got {connections}.", nameof(connections));

        values.Clear();
        if (values.IsEmpty)
            return;
        var length = values.Length / rows;
        var count = (int)Math.Min(connections, length);
        var places = new int[length];
        for (var place = 0; place < length; place++)
            places[place] = place;
        for (; !values.IsEmpty; values = values[length..])
        {
            // The beginning of a Fisher-Yates shuffle; where the last row left the places, they are as good as in order.
            for (var drawn = 0; drawn < count; drawn++)
            {
                var other = drawn + random.NextInt32(length - drawn);
                (places[drawn], places[other]) = (places[other], places[drawn]);
                values[places[drawn]] = (float)random.NextNormal();
            }
        }
    }
}
