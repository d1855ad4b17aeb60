using System.Text.RegularExpressions;

namespace StaticNet.Generator.Tests;

/// <summary>The tiles of products in blocks of a stream: they fit into the registers, and follow <c>Unrolling</c>.</summary>
public partial class StepTileTests
{
    /// <summary>The sums that leave registers for the weight and an element, with 16 registers.</summary>
    private const int MostSums = 12;

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(70)]
    public void Sums_and_their_parts_stay_in_registers(int filters)
    {
        var loops = Loops().Matches(CodeOf($"CausalConv1D({filters}, Kernel = 3)")).Select(match => match.Value).ToArray();

        Assert.NotEmpty(loops);
        // One tile's names end where the next tile's reference begins.
        Assert.All(loops.SelectMany(loop => loop.Split("ref var weight ")), tile => Assert.InRange(Sums().Count(tile) + Parts().Count(tile), 0, MostSums));
    }

    [Theory]
    [InlineData("Auto", 4)]
    [InlineData("Never", 1)]
    public void Rounds_have_as_many_products_as_the_layer_says(string unrolling, int products) =>
        Assert.Contains($"k += {products})", CodeOf($"CausalConv1D(8, Kernel = 3, Unrolling = Unrolling.{unrolling})").Replace("k++", "k += 1", StringComparison.Ordinal), StringComparison.Ordinal);

    [Theory]
    [InlineData("Input(8, Steps = 16)", 3)]
    [InlineData("Input(32, Steps = 16)", 2)]
    public void Products_are_straight_line_where_the_layer_says_so(string input, int taps)
    {
        var code = CodeOf($"CausalConv1D(8, Kernel = {taps}, Unrolling = Unrolling.Always)", input);

        // The tiles of several steps, and single steps: what comes before fills the ring.
        var products = code[code.IndexOf("var step = 0;", StringComparison.Ordinal)..];
        Assert.Equal(2, Regex.Count(products, @"\bfor \("));
        Assert.Equal(2, Regex.Count(products, @"\bfor \(; step "));
    }

    /// <summary>The method of a layer in a stream, with 256 bits.</summary>
    private static string CodeOf(string layer, string input = "Input(8, Steps = 16)")
    {
        var run = GeneratorHarness.Run(GeneratorHarness.Compile($"using StaticNet; [Network][{input}][{layer}] partial class Net;"), "256");
        var file = run.Files.Single(file => file.Key.EndsWith(".Forward.g.cs", StringComparison.Ordinal)).Value;
        var begin = file.IndexOf("private static void CausalConv1Step(", StringComparison.Ordinal);
        return file[begin..file.IndexOf("\n    }\n", begin, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"for \(; step .*?\n        \}", RegexOptions.Singleline)]
    private static partial Regex Loops();

    [GeneratedRegex(@"var sum\d+ = ")]
    private static partial Regex Sums();

    [GeneratedRegex(@"var part\d+ = ")]
    private static partial Regex Parts();
}
