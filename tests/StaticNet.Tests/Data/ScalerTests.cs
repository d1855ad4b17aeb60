using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Tests.Data;

public class ScalerTests
{
    // Per feature: 1, 2, 3, 6 (mean 3, variance 3.5); constant 5; −10 … 10.
    private static readonly float[] Rows = [1, 5, -10, 2, 5, 0, 3, 5, 10, 6, 5, 0];

    [Fact]
    public void Standard_scaling_gives_mean_0_and_deviation_1()
    {
        var scaler = Scaler.Standard(Rows, 3);
        var rows = Rows.ToArray();
        scaler.Apply(rows);

        Assert.Equal([3f, 5, 0], scaler.Shift.ToArray());
        Assert.Equal([(float)Math.Sqrt(3.5), 1, (float)Math.Sqrt(50)], scaler.Scale.ToArray());
        for (var feature = 0; feature < 3; feature++)
        {
            var column = Enumerable.Range(0, 4).Select(i => (double)rows[(i * 3) + feature]).ToArray();
            Assert.Equal(0, column.Average(), 1e-6);
            Assert.Equal(feature == 1 ? 0 : 1, column.Average(x => x * x), 1e-6);
        }
    }

    [Fact]
    public void MinMax_scaling_fits_the_range()
    {
        foreach (var (lower, upper) in new[] { (0f, 1f), (-1f, 1f), (10f, 12f) })
        {
            var rows = Rows.ToArray();
            Scaler.MinMax(Rows, 3, lower, upper).Apply(rows);
            Assert.Equal(lower, rows[0], 1e-5f);
            Assert.Equal(upper, rows[9], 1e-5f);
            Assert.Equal(lower, rows[1], 1e-5f);
            Assert.Equal((lower + upper) / 2, rows[5], 1e-5f);
        }
    }

    [Fact]
    public void One_shift_and_scale_may_serve_all_features()
    {
        var scaler = Scaler.MinMax([0, 4, 2, 8], 1);
        float[] rows = [8, 4, 2];
        scaler.Apply(rows);

        Assert.Equal(1, scaler.Length);
        Assert.Equal([1, 0.5f, 0.25f], rows);
        scaler.Undo(rows);
        Assert.Equal([8f, 4, 2], rows);
    }

    [Fact]
    public void Undoing_brings_the_numbers_back()
    {
        var random = new Random(1);
        var original = Enumerable.Range(0, 50 * 20).Select(i => (float)((random.NextDouble() - 0.3) * Math.Pow(10, (i % 20 / 4) - 2))).ToArray();
        foreach (var scaler in new[] { Scaler.Standard(original, 20), Scaler.MinMax(original, 20, -1, 1), Scaler.Standard(original, 1) })
        {
            var rows = original.ToArray();
            scaler.Apply(rows);
            Assert.NotEqual(original, rows);
            scaler.Undo(rows);
            for (var i = 0; i < rows.Length; i++)
                Assert.Equal(original[i], rows[i], 1e-6f * (scaler.Scale[i % scaler.Length] + Math.Abs(scaler.Shift[i % scaler.Length])));
        }
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(1e30f)]
    [InlineData(-1e-40f)]
    public void A_constant_feature_is_not_blown_up(float value)
    {
        var rows = Enumerable.Repeat(value, 999).ToArray();
        foreach (var scaler in new[] { Scaler.Standard(rows, 1), Scaler.MinMax(rows, 1) })
        {
            var scaled = rows.ToArray();
            scaler.Apply(scaled);
            Assert.Equal(1f, scaler.Scale[0]);
            Assert.All(scaled, y => Assert.Equal(0f, y));
        }
    }

    [Fact]
    public void A_large_mean_costs_no_precision()
    {
        var scaler = Scaler.Standard([1e7f, 1e7f + 1, 1e7f + 2, 1e7f + 1], 1);

        Assert.Equal(1e7f + 1, scaler.Shift[0]);
        Assert.Equal(MathF.Sqrt(0.5f), scaler.Scale[0]);
    }

    [Fact]
    public void A_scaler_is_stored_and_found_again()
    {
        var scaler = Scaler.Standard(Rows, 3);
        var state = new StateDict();
        scaler.ToStateDict("input", state);
        var read = Scaler.FromStateDict("input", state);

        Assert.Equal(["input.shift", "input.scale"], state.Select(tensor => tensor.Name));
        Assert.NotNull(read);
        Assert.Equal(scaler.Shift.ToArray(), read.Shift.ToArray());
        Assert.Equal(scaler.Scale.ToArray(), read.Scale.ToArray());
        Assert.Null(Scaler.FromStateDict("target", state));
        Assert.Throws<ArgumentException>(() => scaler.ToStateDict("input", state));
    }

    [Fact]
    public void What_is_stored_but_no_scaler_is_refused()
    {
        var half = new StateDict();
        half.Add("x.shift", [1], [1]);
        var zero = new StateDict();
        zero.Add("x.shift", [1], [1]);
        zero.Add("x.scale", [1], [0]);

        Assert.Throws<ArgumentException>(() => Scaler.FromStateDict("x", half));
        Assert.Throws<ArgumentException>(() => Scaler.FromStateDict("x", zero));
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        var scaler = Scaler.Standard(Rows, 3);

        Assert.Throws<ArgumentException>(() => scaler.Apply(new float[4]));
        Assert.Throws<ArgumentException>(() => scaler.Undo(new float[2]));
        Assert.Throws<ArgumentException>(() => Scaler.Standard([], 3));
        Assert.Throws<ArgumentException>(() => Scaler.Standard([1, 2], 3));
        Assert.ThrowsAny<ArgumentException>(() => Scaler.Standard([1, 2], 0));
        Assert.Contains("feature 1 of row 1", Assert.Throws<ArgumentException>(() => Scaler.Standard([1, 2, 3, float.NaN], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Scaler.MinMax(Rows, 3, 1, 1));
        Assert.Throws<ArgumentException>(() => Scaler.MinMax(Rows, 3, 0, float.NaN));
        Assert.Throws<ArgumentException>(() => Scaler.MinMax([float.MinValue, float.MaxValue], 1));
        Assert.Throws<ArgumentException>(() => new Scaler([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new Scaler([], []));
        Assert.Throws<ArgumentException>(() => new Scaler([float.NaN], [1]));
    }

    [Fact]
    public void Scaling_allocates_nothing()
    {
        var scaler = Scaler.Standard(Rows, 3);
        var rows = Rows.ToArray();
        scaler.Apply(rows);
        scaler.Undo(rows);
        var allocated = Allocations.Of(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                scaler.Apply(rows);
                scaler.Undo(rows);
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal(Rows[0], rows[0], 1e-4f);
    }

    [Fact]
    public void A_data_set_is_scaled_into_a_new_one()
    {
        var data = new DataSet(3, 1, Rows.ToArray(), [1, 2, 3, 4], [1, 1, 2, 2]);
        var scaled = data.ScaleInputs(Scaler.Standard(data.Inputs, 3)).ScaleTargets(Scaler.MinMax(data.Targets, 1));

        Assert.Equal(Rows, data.Inputs.ToArray());
        Assert.Equal(0f, scaled.Input(2)[0]);
        Assert.Equal([0f, 1 / 3f, 2 / 3f, 1], scaled.Targets.ToArray());
        Assert.Equal([1f, 1, 2, 2], scaled.SampleWeights.ToArray());
    }
}
