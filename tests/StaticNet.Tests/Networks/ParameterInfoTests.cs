using System.Collections.Immutable;

namespace StaticNet.Tests.Networks;

public class ParameterInfoTests
{
    public static TheoryData<int[]> Shapes => new() { { [3, 5] }, { [1, 1, 1] }, { [3, 5, 2] }, { [4, 16, 3, 3] }, { [2, 33, 2, 3] } };

    [Fact]
    public void Elements_without_a_connection_are_counted_but_not_learned()
    {
        static ParameterInfo Of(ImmutableArray<string> connections) =>
            new("conv1.weight", "conv1", ParameterKind.Weight, [3, 2, 5, 5], ParameterPacking.Panels, 0, Initializer.Zeros, Channels: 2, Connections: connections);
        var (full, sparse) = (Of(default), Of(["X.X", ".X."]));

        Assert.Equal((150, 150), (full.Count, full.LearnedCount));
        Assert.Equal((150, 75), (sparse.Count, sparse.LearnedCount));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transposed_panels_hold_outputs_as_lanes_and_the_last_position_first(int[] shape)
    {
        var info = Transposed(shape);
        var (inputs, outputs) = (shape[0], shape[1]);
        var positions = info.Count / inputs / outputs;
        var logical = Enumerable.Range(1, info.Count).Select(number => (float)number).ToArray();
        var packed = new float[16 + info.PackedLength];
        Array.Fill(packed, float.NaN);
        info.Pack(logical, packed);

        // As a product reads it: panel, row by row, lane.
        var expected = new List<float>();
        for (var panel = 0; panel * 16 < outputs; panel++)
        {
            for (var position = positions - 1; position >= 0; position--)
            {
                for (var input = 0; input < inputs; input++)
                {
                    for (var output = panel * 16; output < (panel + 1) * 16; output++)
                        expected.Add(output < outputs ? logical[(((input * outputs) + output) * positions) + position] : 0);
                }
            }
        }

        Assert.Equal(expected, packed[16..]);
        Assert.All(packed[..16], value => Assert.Equal(float.NaN, value));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transposed_panels_come_back_as_they_were(int[] shape)
    {
        var info = Transposed(shape);
        var logical = Enumerable.Range(1, info.Count).Select(number => (float)number).ToArray();
        var packed = new float[16 + info.PackedLength];
        info.Pack(logical, packed);
        var unpacked = new float[info.Count];
        info.Unpack(packed, unpacked);

        Assert.Equal(logical, unpacked);
    }

    [Fact]
    public void A_span_of_another_length_is_refused()
    {
        var info = Transposed([3, 5, 2]);
        var packed = new float[16 + info.PackedLength];

        Assert.Contains("has 30 elements", Assert.Throws<ArgumentException>(() => info.Pack(new float[29], packed)).Message, StringComparison.Ordinal);
        Assert.Contains("has 30 elements", Assert.Throws<ArgumentException>(() => info.Unpack(packed, new float[31])).Message, StringComparison.Ordinal);
    }

    private static ParameterInfo Transposed(int[] shape) => new(
        "convTranspose1.weight", "convTranspose1", ParameterKind.Weight, [.. shape], ParameterPacking.TransposedPanels, 16, Initializer.GlorotUniform);
}
