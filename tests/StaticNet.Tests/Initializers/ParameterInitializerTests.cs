namespace StaticNet.Tests.Initializers;

public class ParameterInitializerTests
{
    public static TheoryData<Initializer> All => [.. Enum.GetValues<Initializer>().Where(kind => kind != Initializer.Default)];

    [Theory]
    [InlineData(Initializer.Uniform, float.NaN, 0.05)]
    [InlineData(Initializer.Uniform, 2f, 2)]
    [InlineData(Initializer.FanIn, float.NaN, 0.1)]
    [InlineData(Initializer.GlorotUniform, float.NaN, 0.1414213562)]
    [InlineData(Initializer.HeUniform, float.NaN, 0.2449489743)]
    [InlineData(Initializer.LeCunUniform, float.NaN, 0.1732050808)]
    public void Uniform_kinds_fill_their_range_evenly(Initializer initializer, float value, double limit)
    {
        var values = Fill(initializer, [200, 100], value: value);

        Assert.All(values, x => Assert.InRange(x, -limit * 1.000001, limit * 1.000001));
        Assert.True(values.Max() > 0.999 * limit && values.Min() < -0.999 * limit);
        Assert.Equal(0, values.Average(), 5 * limit / Math.Sqrt(3 * values.Length));
        Assert.Equal(limit * limit / 3, Variance(values), 0.03 * limit * limit / 3);
    }

    [Theory]
    [InlineData(Initializer.Normal, float.NaN, 0.01)]
    [InlineData(Initializer.Normal, 3f, 3)]
    [InlineData(Initializer.GlorotNormal, float.NaN, 0.08164965809)]
    [InlineData(Initializer.HeNormal, float.NaN, 0.1414213562)]
    [InlineData(Initializer.LeCunNormal, float.NaN, 0.1)]
    public void Normal_kinds_have_their_deviation(Initializer initializer, float value, double deviation)
    {
        var values = Fill(initializer, [200, 100], value: value);

        Assert.Equal(0, values.Average(), 5 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation * deviation, Variance(values), 0.05 * deviation * deviation);
        // The fourth moment tells a normal distribution (3) from a uniform one (1.8).
        Assert.Equal(3, values.Average(x => Math.Pow(x / deviation, 4)), 0.3);
    }

    [Fact]
    public void Fans_count_the_kernel_of_a_convolution()
    {
        var limit = Math.Sqrt(6.0 / ((8 * 9) + (4 * 9)));

        var values = Fill(Initializer.GlorotUniform, [4, 8, 3, 3]);

        Assert.InRange(values.Max(), 0.95 * limit, limit);
        Assert.InRange(Fill(Initializer.FanIn, [10_000]).Max(), 0.0099, 0.01);
    }

    [Theory]
    [InlineData(new[] { 12, 12 }, 1f)]
    [InlineData(new[] { 10, 40 }, float.NaN)]
    [InlineData(new[] { 40, 10 }, 2.5f)]
    [InlineData(new[] { 8, 3, 3, 3 }, 1f)]
    [InlineData(new[] { 1, 7 }, 1f)]
    public void Orthogonal_rows_or_columns_are_orthonormal_times_the_value(int[] shape, float value)
    {
        var (rows, columns) = (shape[0], shape.Skip(1).Aggregate(1, (product, size) => product * size));
        var matrix = Fill(Initializer.Orthogonal, shape, value: value);
        var gain = float.IsNaN(value) ? 1 : value;
        var count = Math.Min(rows, columns);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var dot = rows <= columns
                    ? Enumerable.Range(0, columns).Sum(k => (double)matrix[(i * columns) + k] * matrix[(j * columns) + k])
                    : Enumerable.Range(0, rows).Sum(k => (double)matrix[(k * columns) + i] * matrix[(k * columns) + j]);
                Assert.Equal(i == j ? gain * gain : 0, dot, 1e-6 * gain * gain);
            }
        }
    }

    [Fact]
    public void Orthogonal_matrices_have_no_preferred_sign()
    {
        var traces = Enumerable.Range(0, 400).Select(seed =>
        {
            var matrix = Fill(Initializer.Orthogonal, [3, 3], (ulong)seed);
            return matrix[0] + matrix[4] + matrix[8];
        }).ToArray();

        // Over Haar's measure the trace has mean 0 and variance 1.
        Assert.Equal(0, traces.Average(), 0.25);
        Assert.Equal(1, Variance(traces), 0.3);
    }

    [Theory]
    [InlineData(40, float.NaN, 15)]
    [InlineData(40, 3f, 3)]
    [InlineData(10, float.NaN, 10)]
    public void Sparse_units_have_so_many_connections(int inputs, float value, int expected)
    {
        var values = Fill(Initializer.Sparse, [300, inputs], value: value);

        var used = new int[inputs];
        for (var unit = 0; unit < 300; unit++)
        {
            var row = values.AsSpan(unit * inputs, inputs);
            Assert.Equal(expected, inputs - row.Count(0f));
            for (var input = 0; input < inputs; input++)
                used[input] += row[input] != 0 ? 1 : 0;
        }

        // Places are drawn evenly: none is far from its share.
        var share = 300.0 * expected / inputs;
        Assert.All(used, count => Assert.InRange(count, share - (6 * Math.Sqrt(share)), share + (6 * Math.Sqrt(share))));
        Assert.Equal(1, Variance(values.Where(x => x != 0).ToArray()), 0.2);
    }

    [Fact]
    public void Zeros_and_constants_are_what_they_say()
    {
        Assert.All(Fill(Initializer.Zeros, [3, 4]), x => Assert.Equal(0, x));
        Assert.All(Fill(Initializer.Constant, [3, 4]), x => Assert.Equal(0, x));
        Assert.All(Fill(Initializer.Constant, [3, 4], value: 0.25f), x => Assert.Equal(0.25f, x));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_kind_repeats_with_its_seed_and_stream_and_fills_every_shape(Initializer initializer)
    {
        Assert.Equal(Fill(initializer, [6, 20], 5, 2), Fill(initializer, [6, 20], 5, 2));
        if (initializer is not (Initializer.Zeros or Initializer.Constant))
        {
            Assert.NotEqual(Fill(initializer, [6, 20], 5, 2), Fill(initializer, [6, 20], 6, 2));
            Assert.NotEqual(Fill(initializer, [6, 20], 5, 2), Fill(initializer, [6, 20], 5, 3));
        }

        Assert.Empty(Fill(initializer, [0, 4]));
        Assert.All(Fill(initializer, []), x => Assert.True(float.IsFinite(x)));
        Assert.All(Fill(initializer, [7]), x => Assert.True(float.IsFinite(x)));
    }

    [Theory]
    [InlineData(Initializer.Default, float.NaN)]
    [InlineData((Initializer)99, float.NaN)]
    [InlineData(Initializer.Normal, float.PositiveInfinity)]
    [InlineData(Initializer.Sparse, 0f)]
    [InlineData(Initializer.Sparse, 2.5f)]
    public void Wrong_arguments_are_refused(Initializer initializer, float value)
    {
        Assert.Throws<ArgumentException>(() => Fill(initializer, [3, 4], value: value));
    }

    [Fact]
    public void A_shape_of_another_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ParameterInitializer.Fill(Initializer.Zeros, 0, [3, 4], new float[13], 1, 1));
    }

    private static float[] Fill(Initializer initializer, int[] shape, ulong seed = 1, ulong stream = 1, float value = float.NaN)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        ParameterInitializer.Fill(initializer, value, shape, values, seed, stream);
        return values;
    }

    private static double Variance(float[] values)
    {
        var mean = values.Average(x => (double)x);
        return values.Average(x => (x - mean) * (x - mean));
    }
}
