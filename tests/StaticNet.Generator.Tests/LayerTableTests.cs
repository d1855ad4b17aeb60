using StaticNet.Generator.Emit;
using StaticNet.Generator.Planning;

namespace StaticNet.Generator.Tests;

/// <summary>The costs in the documentation of a class.</summary>
public class LayerTableTests
{
    private const string TableOf1998 = """
        "X...XXX..XXXX.XX", "XX...XXX..XXXX.X", "XXX...XXX..X.XXX", ".XXX..XXXX..X.XX", "..XXX..XXXX.XX.X", "...XXX..XXXX.XXX"
        """;

    /// <summary>Each weight once for each place of its window.</summary>
    public static TheoryData<string, string, long, long> Layers => new()
    {
        { "7", "Dense(5)", (7 * 5) + 5, 7 * 5 },
        { "3, 7", "Dense(5)", (7 * 5) + 5, 3 * 7 * 5 },
        { "7", "Maxout(5, 3)", (7 * 15) + 15, 7 * 15 },
        { "4, 9, 8", "Conv2D(6)", (6 * 4 * 9) + 6, 7 * 6 * 6 * 4 * 9 },
        { "4, 9, 8", "Conv2D(6, Padding = 1, Bias = false)", 6 * 4 * 9, 9 * 8 * 6 * 4 * 9 },
        { "4, 9, 8", "Conv2D(6, Kernel = 1)", (6 * 4) + 6, 9 * 8 * 6 * 4 },
        { "4, 9, 8", "Conv2D(6, Groups = 2)", (6 * 2 * 9) + 6, 7 * 6 * 6 * 2 * 9 },
        { "4, 9, 8", "Conv2D(6, Kernel = 1, Groups = 2)", (6 * 2) + 6, 9 * 8 * 6 * 2 },
        { "4, 9", "Conv1D(6, Stride = 2)", (6 * 4 * 3) + 6, 4 * 6 * 4 * 3 },
        { "4, 9, 8", "Conv2D(6, WeightNorm = true)", (6 * 4 * 9) + 6 + 6, 7 * 6 * 6 * 4 * 9 },
        { "2, 9, 8", "Conv2D(3, Connections = [\"XX.\", \".X.\"])", (3 * 9) + 3, 7 * 6 * 3 * 9 },
        { "2, 9, 8", "Conv2D(3, Connections = [\"XX.\", \".X.\"], WeightNorm = true)", (3 * 9) + 3 + 3, 7 * 6 * 3 * 9 },
        { "6, 14, 14", $"Conv2D(16, Kernel = 5, Connections = [{TableOf1998}])", 1516, 151_600 - 1600 },
        { "4, 9, 8", "DepthwiseConv2D", (4 * 9) + 4, 7 * 6 * 4 * 9 },
        { "4, 9, 8", "DepthwiseConv2D(DepthMultiplier = 3)", (12 * 9) + 12, 7 * 6 * 12 * 9 },
        { "4, 9, 8", "SeparableConv2D(5)", (4 * 9) + (5 * 4) + 5, (7 * 6 * 4 * 9) + (7 * 6 * 5 * 4) },
        { "4, 9, 8", "ConvTranspose2D(6, Stride = 2)", (4 * 6 * 9) + 6, 9 * 8 * 4 * 6 * 9 },
        { "4, 9, 8", "ConvTranspose2D(6, Stride = 3, Groups = 2)", (4 * 3 * 9) + 6, 9 * 8 * 4 * 3 * 9 },
        { "4, 9", "ConvTranspose1D(6, Kernel = 5, Stride = 4)", (4 * 6 * 5) + 6, 9 * 4 * 6 * 5 },
        { "4, 9, 8", "BatchNorm", 8, 0 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_costs_its_learned_numbers_and_a_product_for_each_weight_and_place(string input, string layer, long parameters, long multiplyAdds)
    {
        var row = Assert.Single(TableOf($"[Input({input})][{layer}]").Rows);

        Assert.Equal((parameters, multiplyAdds), (row.Parameters, row.MultiplyAdds));
    }

    [Fact]
    public void A_table_of_connections_is_told_with_the_zeros_that_are_stored()
    {
        var run = GeneratorHarness.Run($"using StaticNet; [Network][Input(6, 14, 14)][Conv2D(16, Kernel = 5, Connections = [{TableOf1998}])] partial class Net;");
        var documentation = run.Files["Net.g.cs"];

        Assert.Contains("Conv2D 16, 5×5, 60 of 96 connections", documentation, StringComparison.Ordinal);
        Assert.Contains("1,516 parameters", documentation, StringComparison.Ordinal);
        Assert.Contains("900 weights of missing connections are stored in memory and in files too", documentation, StringComparison.Ordinal);
        Assert.Contains("ParameterCount = 1516;", documentation, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_over_sequences_count_one_step()
    {
        var table = TableOf("[Input(4, Steps = 50)][CausalConv1D(6, Kernel = 3, Dilation = 2)][GRU(5)][Dense(2)]");

        Assert.Equal([3 * 4 * 6, 3 * 5 * (6 + 5), 5 * 2], table.Rows.Select(row => row.MultiplyAdds));
        Assert.Equal([(3 * 4 * 6) + 6, (3 * 5 * (6 + 5)) + (2 * 15), (5 * 2) + 2], table.Rows.Select(row => row.Parameters));
    }

    private static LayerTable TableOf(string layers) => new(new NetworkPlan(Specs.Only($"using StaticNet; [Network]{layers} partial class Net;")));
}
