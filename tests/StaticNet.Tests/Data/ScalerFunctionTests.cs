using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Tests.Data;

/// <summary>Scaling by channel, of sources, and by functions that are not linear.</summary>
public class ScalerFunctionTests
{
    // Two samples of two channels of three pixels.
    private static readonly float[] Images = [0, 1, 2, 100, 100, 100, 3, 4, 5, 100, 100, 106];

    [Fact]
    public void Channels_get_their_own_mean_and_deviation()
    {
        var scaler = Scaler.Standard(Images, length: 2, width: 3);
        var images = Images.ToArray();
        scaler.Apply(images);

        Assert.Equal(6, scaler.Length);
        Assert.Equal([2.5f, 101], scaler.Shift.ToArray());
        Assert.Equal([(float)Math.Sqrt(17.5 / 6), (float)Math.Sqrt(5)], scaler.Scale.ToArray());
        for (var i = 0; i < Images.Length; i++)
            Assert.Equal((Images[i] - scaler.Shift[i / 3 % 2]) / scaler.Scale[i / 3 % 2], images[i]);
        scaler.Undo(images);
        for (var i = 0; i < Images.Length; i++)
            Assert.Equal(Images[i], images[i], 1e-4f);

        var range = Scaler.MinMax(Images, 2, -1, 1, width: 3);
        images = Images.ToArray();
        range.Apply(images);
        Assert.Equal([-1f, -1, 1, 1], [images[0], images[3], images[8], images[11]]);
    }

    [Fact]
    public void A_source_is_fitted_as_its_rows_are()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 700 * 6).Select(_ => (float)random.NextDouble()).ToArray();
        var data = new DataSet(6, 0, rows, []);
        foreach (var (length, width) in new[] { (6, 1), (2, 3), (1, 1), (1, 6), (3, 1) })
        {
            Same(Scaler.Standard(rows, length, width), Scaler.Standard(data, length, width));
            Same(Scaler.MinMax(rows, length, -1, 2, width), Scaler.MinMax(new DataSourceTests.OwnSource(data), length, -1, 2, width));
        }
        Assert.Throws<ArgumentException>(() => Scaler.Standard(data, 4));
        Assert.Throws<ArgumentException>(() => Scaler.Standard(data, 2, 2));
        Assert.Throws<ArgumentException>(() => Scaler.Standard(new DataSet(1, 0, [], []), 1));
        Assert.Contains("feature 1 of row 2 is", Assert.Throws<ArgumentException>(() => Scaler.Standard(new DataSet(2, 0, [1, 2, 3, 4, 5, float.NaN], []), 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_logarithm_goes_from_0_to_1_over_the_magnitudes()
    {
        float[] rows = [3, 4, 12, 1002];
        var scaler = Scaler.Logarithm(rows, 1);
        var scaled = rows.ToArray();
        scaler.Apply(scaled);

        Assert.Equal(ScalerFunction.Logarithm, scaler.Function);
        Assert.Equal([0f, (float)(Math.Log(2) / Math.Log(1000)), (float)(Math.Log(10) / Math.Log(1000)), 1], scaled, Near);
        float[] outside = [3 - 999, 3 - 1e-6f];
        scaler.Apply(outside);
        Assert.Equal(-1, outside[0], 1e-6f);
        Assert.True(outside[1] <= 0);
    }

    [Fact]
    public void The_exponential_is_under_1_and_has_its_mean_at_1_minus_1_over_e()
    {
        float[] rows = [2, 3, 4, 5, 11];
        var scaler = Scaler.Exponential(rows, 1);
        var scaled = rows.ToArray();
        scaler.Apply(scaled);

        Assert.Equal([2f], scaler.Shift.ToArray());
        Assert.Equal([3f], scaler.Scale.ToArray());
        Assert.Equal([0f, (float)(1 - Math.Exp(-1 / 3.0)), (float)(1 - Math.Exp(-2 / 3.0)), (float)(1 - Math.Exp(-1)), (float)(1 - Math.Exp(-3))], scaled, Near);
    }

    [Fact]
    public void The_arctangent_is_a_half_at_one_deviation()
    {
        float[] rows = [1, 3];
        var scaler = Scaler.Arctangent(rows, 1);
        float[] scaled = [2, 3, 1, float.MaxValue, -float.MaxValue, 2 + MathF.Sqrt(3)];
        scaler.Apply(scaled);

        Assert.Equal([0f, 0.5f, -0.5f, 1, -1, 2 / 3f], scaled, Near);
    }

    [Fact]
    public void Every_function_is_undone_and_stands_any_number()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 600).Select(_ => (float)Math.Exp(random.NextDouble() * 4)).ToArray();
        foreach (var scaler in new[] { Scaler.Logarithm(rows, 3), Scaler.Exponential(rows, 3, 2), Scaler.Arctangent(rows, 1), Scaler.Logarithm([7, 7], 1), Scaler.Exponential([7, 7], 1) })
        {
            var copy = rows.ToArray();
            scaler.Apply(copy);
            var bound = scaler.Shift[0] == 7 ? 100 : 1;
            Assert.All(copy, y => Assert.InRange(y, -bound, bound));
            if (scaler.Shift[0] != 7)
            {
                scaler.Undo(copy);
                for (var i = 0; i < rows.Length; i++)
                    Assert.Equal(1, copy[i] / rows[i], 2e-4f);
            }
            float[] extremes = [float.MaxValue, -float.MaxValue, 0, -0f, float.Epsilon, 1e30f];
            scaler.Apply(extremes);
            Assert.All(extremes, y => Assert.True(float.IsFinite(y)));
            extremes = [1, -1, 0.99999994f, 2, -2, 0];
            scaler.Undo(extremes);
            Assert.All(extremes, y => Assert.True(float.IsFinite(y)));
        }
    }

    [Fact]
    public void Scaling_allocates_nothing()
    {
        var rows = new float[120];
        foreach (var scaler in new[] { Scaler.Logarithm(Images, 6), Scaler.Exponential(Images, 6), Scaler.Arctangent(Images, 2, 3), Scaler.Standard(Images, 2, 3) })
        {
            scaler.Apply(rows);
            scaler.Undo(rows);
            var allocated = Allocations.Of(() =>
            {
                scaler.Apply(rows);
                scaler.Undo(rows);
            });

            Assert.Equal(0, allocated);
        }
    }

    [Fact]
    public void Function_and_width_are_stored_where_they_are_not_the_plain_ones()
    {
        foreach (var (scaler, names) in new (Scaler, string[])[]
                 {
                     (Scaler.Standard(Images, 6), ["x.shift", "x.scale"]),
                     (Scaler.Standard(Images, 2, 3), ["x.shift", "x.scale", "x.width"]),
                     (Scaler.Arctangent(Images, 6), ["x.shift", "x.scale", "x.function"]),
                     (Scaler.Logarithm(Images, 3, 2), ["x.shift", "x.scale", "x.function", "x.width"]),
                 })
        {
            var state = new StateDict();
            scaler.ToStateDict("x", state);
            Assert.Equal(names.Order(), state.Select(tensor => tensor.Name).Order());
            using var file = new MemoryStream();
            Safetensors.Write(file, state);
            Same(scaler, Scaler.FromStateDict("x", Safetensors.Read(file.ToArray()))!);
        }
    }

    [Theory]
    [InlineData("x.function", 4f)]
    [InlineData("x.function", -1f)]
    [InlineData("x.function", 0.5f)]
    [InlineData("x.function", float.NaN)]
    [InlineData("x.width", 0f)]
    [InlineData("x.width", 1e30f)]
    [InlineData("x.width", 16_777_216f)]
    [InlineData("y", 1f)]
    public void What_is_no_scaler_is_refused(string name, float value)
    {
        var state = new StateDict();
        if (name == "y")
        {
            state.Add("x.width", [2], [value, value]);
        }
        else
        {
            state.Add("x.shift", [200], new float[200]);
            state.Add("x.scale", [200], [.. Enumerable.Repeat(1f, 200)]);
            state.Add(name, [1], [value]);
        }

        Assert.ThrowsAny<ArgumentException>(() => Scaler.FromStateDict("x", state));
        Assert.Throws<ArgumentException>(() => Scaler.FromStateDict("x", Only("x.width")));
        Assert.Throws<ArgumentException>(() => Scaler.FromStateDict("x", Only("x.function")));
    }

    [Fact]
    public void A_function_that_there_is_not_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Scaler([0], [1], (ScalerFunction)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Scaler([0], [1], width: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.Standard(Images, 2, 0));
        Assert.Throws<ArgumentException>(() => new Scaler([0], [1], width: 4).Apply(new float[6]));
    }

    private static StateDict Only(string name)
    {
        var state = new StateDict();
        state.Add(name, [1], [2]);
        return state;
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-6f;

    private static void Same(Scaler expected, Scaler actual)
    {
        Assert.Equal(expected.Shift.ToArray(), actual.Shift.ToArray());
        Assert.Equal(expected.Scale.ToArray(), actual.Scale.ToArray());
        Assert.Equal((expected.Function, expected.Width), (actual.Function, actual.Width));
    }
}
