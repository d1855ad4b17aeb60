using StaticNet.Networks;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Tests.Networks;

/// <summary>Networks that compute with weights of 16 bits.</summary>
public class WeightStorageTests
{
    private const int Samples = 37;

    [Fact]
    public void Straight_line_code_computes_with_rounded_weights() => Check<MlpTanh8x16x16x4, MlpTanh8x16x16x4Rounded>();

    [Fact]
    public void Loops_compute_with_rounded_weights() => Check<Mlp64x64x64x8, Mlp64x64x64x8Rounded>();

    [Fact]
    public void Large_layers_compute_with_rounded_weights() => Check<Mlp784x128x10, Mlp784x128x10Rounded>();

    [Fact]
    public void Layers_with_odd_numbers_of_inputs_compute_with_rounded_weights() => Check<OddInputs, OddInputsRounded>();

    [Fact]
    public void Layers_with_norms_compute_with_rounded_weights() => Check<AdAutoencoder, AdAutoencoderRounded>();

    [Fact]
    public void A_layer_over_a_flattened_map_computes_with_rounded_weights() => Check<LeNet5, LeNet5Rounded>();

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.00390625f, 1f)] // halfway between 1 and 1 + 2⁻⁷: to the even one
    [InlineData(1.01171875f, 1.015625f)] // halfway above an odd one
    [InlineData(-1.0039064f, -1.0078125f)]
    [InlineData(3.4028235e38f, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(-0f, -0f)]
    [InlineData(1e-45f, 0f)]
    public void Rounding_takes_the_nearest(float value, float expected)
    {
        Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(Round(value)));
    }

    [Theory]
    [InlineData(0x7f800001)]
    [InlineData(unchecked((int)0xffffffff))]
    public void A_NaN_stays_one(int bits)
    {
        Assert.True(float.IsNaN(Round(BitConverter.Int32BitsToSingle(bits))));
    }

    [Fact]
    public void Rounding_into_less_room_is_refused() =>
        Assert.Throws<ArgumentException>(() => BFloat16Pairs.Round(new float[3 * 16], new uint[31], rows: 3, begin: 0, end: 1));

    [Fact]
    public void Rows_stand_in_pairs_with_zeros_behind_an_odd_last_one()
    {
        // Two panels of three rows: element (panel, row, column) is a small number with few bits, which rounding leaves as it is.
        var source = Enumerable.Range(0, 2 * 3 * 16).Select(i => (float)(i + 1)).ToArray();
        var words = new uint[2 * 2 * 16];

        BFloat16Pairs.Round(source, words, rows: 3, begin: 1, end: 2);

        Assert.All(words[..32], word => Assert.Equal(0u, word));
        for (var column = 0; column < 16; column++)
        {
            Assert.Equal(source[48 + column], BitConverter.UInt32BitsToSingle(words[32 + column] << 16));
            Assert.Equal(source[64 + column], BitConverter.UInt32BitsToSingle(words[32 + column] & 0xffff0000));
            Assert.Equal(source[80 + column], BitConverter.UInt32BitsToSingle(words[48 + column] << 16));
            Assert.Equal(0u, words[48 + column] >> 16);
        }
    }

    [Fact]
    public void The_error_of_rounding_is_told()
    {
        var full = new Mlp64x64x64x8(5);
        var rounded = new Mlp64x64x64x8Rounded();
        rounded.LoadStateDict(full.ToStateDict());
        var random = new Random(11);
        var inputs = Enumerable.Range(0, 200 * 64).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        var (ours, theirs) = (new float[200 * 8], new float[200 * 8]);
        full.ForwardBatch(inputs, theirs, 200);
        rounded.ForwardBatch(inputs, ours, 200);

        var difference = rounded.CompareWith(full, inputs);

        var distances = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).ToArray();
        Assert.Equal(200, difference.Samples);
        Assert.Equal(distances.Max(), difference.Largest);
        Assert.Equal(Array.IndexOf(distances, distances.Max()) / 8, difference.LargestSample);
        Assert.Equal(distances.Average(), difference.Mean, 1e-9f);
        Assert.Equal(theirs.Max(Math.Abs), difference.LargestOutput);
        Assert.InRange(difference.Relative, 1e-5f, 0.02f);
        Assert.Equal(ours.Chunk(8).Zip(theirs.Chunk(8)).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == Array.IndexOf(pair.Second, pair.Second.Max())), difference.SameLargest);
        Assert.StartsWith("200 samples: outputs differ by ", difference.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, full.CompareWith(full, inputs).Relative);
    }

    [Fact]
    public void Networks_of_other_lengths_are_not_compared()
    {
        var error = Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8(1).CompareWith(new Mlp784x128x10(1), new float[64]));
        Assert.Contains("Mlp64x64x64x8 computes 8 outputs of 64 inputs, but Mlp784x128x10 10 of 784", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8(1).CompareWith(new Mlp64x64x64x8(2), new float[65]));
        Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8(1).CompareWith(new Mlp64x64x64x8(2), []));
    }

    /// <summary>A twin with weights of 16 bits gives what its network gives when its dense layers' weights are rounded beforehand.</summary>
    private static void Check<TNetwork, TRounded>()
        where TNetwork : class, INetwork<TNetwork>
        where TRounded : class, INetwork<TRounded>
    {
        var given = TNetwork.Create(7).ToStateDict();
        var rounded = TRounded.Create(1);
        rounded.LoadStateDict(given);
        var full = TNetwork.Create(1);
        full.LoadStateDict(Rounded(given));

        var description = TNetwork.Description;
        var random = new Random(3);
        var inputs = Enumerable.Range(0, Samples * description.InputLength).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        var (expected, one, many) = (new float[Samples * description.OutputLength], new float[Samples * description.OutputLength], new float[Samples * description.OutputLength]);
        full.ForwardBatch(inputs, expected, Samples);
        rounded.ForwardBatch(inputs, many, Samples);
        for (var sample = 0; sample < Samples; sample++)
            rounded.Forward(inputs.AsSpan(sample * description.InputLength, description.InputLength), one.AsSpan(sample * description.OutputLength, description.OutputLength));

        var tolerance = 1e-6f * expected.Max(Math.Abs);
        Assert.True(tolerance > 0);
        Assert.All(expected.Zip(many), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        Assert.All(expected.Zip(one), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));

        // The weights themselves stay as they were given, and new ones count at once.
        Assert.All(rounded.ToStateDict(), tensor => Assert.Equal(given[tensor.Name].Values.ToArray(), tensor.Values.ToArray()));
        rounded.LoadStateDict(TNetwork.Create(8).ToStateDict());
        rounded.ForwardBatch(inputs, many, Samples);
        Assert.NotEqual(expected, many);
    }

    /// <summary>The nearest numbers with seven bits of fraction, found by arithmetic.</summary>
    private static StateDict Rounded(StateDict given)
    {
        var result = new StateDict();
        foreach (var tensor in given)
        {
            var values = tensor.Values.ToArray();
            if (tensor.Name.EndsWith(".weight", StringComparison.Ordinal) && tensor.Shape.Length == 2)
                values = Array.ConvertAll(values, Nearest);
            result.Add(tensor.Name, tensor.Shape.AsSpan(), values);
        }

        return result;
    }

    private static float Round(float value)
    {
        var words = new uint[16];
        BFloat16Pairs.Round(Enumerable.Repeat(value, 16).ToArray(), words, rows: 1, begin: 0, end: 1);
        return BitConverter.UInt32BitsToSingle(words[5] << 16);
    }

    private static float Nearest(float value)
    {
        if (value == 0)
            return value;
        var unit = Math.ScaleB(1, Math.ILogB(value) - 7);
        return (float)(Math.Round(value / unit, MidpointRounding.ToEven) * unit);
    }
}
