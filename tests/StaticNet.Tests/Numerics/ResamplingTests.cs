using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class ResamplingTests
{
    private const int Stride = 16;
    private const int Samples = 2;

    /// <summary>Height and width, their factors, and whether corners are aligned.</summary>
    public static TheoryData<int, int, int, int, bool> Images => new()
    {
        { 1, 1, 1, 1, false }, { 1, 1, 3, 2, false }, { 1, 1, 3, 2, true }, { 1, 5, 1, 2, false }, { 1, 5, 1, 2, true }, { 5, 1, 4, 1, true },
        { 3, 4, 2, 2, false }, { 3, 4, 2, 2, true }, { 4, 3, 3, 5, false }, { 4, 3, 3, 5, true }, { 2, 7, 1, 3, true }, { 2, 2, 7, 1, false },
    };

    [Theory]
    [InlineData(1, 1, 3, 2)]
    [InlineData(1, 5, 1, 2)]
    [InlineData(5, 1, 4, 1)]
    [InlineData(3, 4, 2, 5)]
    [InlineData(2, 2, 1, 1)]
    public void Nearest_copies_the_element_at_the_place_divided_by_the_scale(int height, int width, int down, int across)
    {
        var source = Random(height * width, 1);
        var target = new float[source.Length * down * across];
        Resampling.Nearest(source, target, height, width, Stride, down, across, Samples);

        ForEach(height * down, width * across, (sample, row, column, lane) => Assert.Equal(
            source[Index(sample, row / down, column / across, lane, height, width)],
            target[Index(sample, row, column, lane, height * down, width * across)]));
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Interpolation_follows_its_formula(int height, int width, int down, int across, bool aligned)
    {
        var source = Random(height * width, 2);
        var target = new float[source.Length * down * across];
        Resampling.Linear(source, target, height, width, Stride, down, across, aligned, Samples);

        ForEach(height * down, width * across, (sample, row, column, lane) =>
        {
            var (y, x) = (Place(row, height, down, aligned), Place(column, width, across, aligned));
            var expected = 0.0;
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < width; j++)
                    expected += Hat(y - i) * Hat(x - j) * source[Index(sample, i, j, lane, height, width)];
            }

            Assert.Equal(expected, target[Index(sample, row, column, lane, height * down, width * across)], 1e-5);
        });
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Gradients_are_the_transposes(int height, int width, int down, int across, bool aligned)
    {
        // ⟨Ax, y⟩ = ⟨x, Aᵀy⟩, for every lane by itself.
        var x = Random(height * width, 3);
        var y = Random(height * down * width * across, 4);
        var (enlarged, gradient) = (new float[y.Length], new float[x.Length]);

        Resampling.Nearest(x, enlarged, height, width, Stride, down, across, Samples);
        Resampling.NearestGradient(y, gradient, height, width, Stride, down, across, Samples);
        AssertTransposed();

        Array.Fill(gradient, float.NaN);
        Resampling.Linear(x, enlarged, height, width, Stride, down, across, aligned, Samples);
        Resampling.LinearGradient(y, gradient, height, width, Stride, down, across, aligned, Samples);
        AssertTransposed();

        void AssertTransposed()
        {
            for (var lane = 0; lane < Stride; lane++)
                Assert.Equal(Product(enlarged, y, lane), Product(x, gradient, lane), 1e-3);
        }
    }

    private static double Product(float[] left, float[] right, int lane)
    {
        var sum = 0.0;
        for (var index = lane; index < left.Length; index += Stride)
            sum += (double)left[index] * right[index];
        return sum;
    }

    private static double Place(int output, int input, int scale, bool aligned) => aligned
        ? input == 1 ? 0 : output * (input - 1.0) / ((input * scale) - 1)
        : Math.Clamp(((output + 0.5) / scale) - 0.5, 0, input - 1);

    private static double Hat(double distance) => Math.Max(0, 1 - Math.Abs(distance));

    private static int Index(int sample, int row, int column, int lane, int height, int width) => (((((sample * height) + row) * width) + column) * Stride) + lane;

    private static void ForEach(int height, int width, Action<int, int, int, int> body)
    {
        for (var index = 0; index < Samples * height * width * Stride; index++)
            body(index / Stride / width / height, index / Stride / width % height, index / Stride % width, index % Stride);
    }

    private static float[] Random(int pixels, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Samples * pixels * Stride).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
