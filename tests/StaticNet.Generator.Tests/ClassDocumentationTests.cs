using System.Xml.Linq;

namespace StaticNet.Generator.Tests;

/// <summary>What an editor shows of a network's class: the user's summary, and the table of layers.</summary>
public class ClassDocumentationTests
{
    private const string Layers = "[Network][Input(4)][Dense(3)][Dense(2)]";

    [Fact]
    public void Without_a_summary_of_the_user_the_cost_is_the_summary()
    {
        var documentation = DocumentationOf($"{Layers} public partial class Net;");

        Assert.Equal("4 → 2: 23 parameters, 18 multiply-adds per sample.", Assert.Single(documentation.Elements("summary")).Value);
        Assert.Contains("dense1  Dense 3  3               15             12", Assert.Single(documentation.Elements("remarks")).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/// <summary>Mine.</summary>\n" + Layers + " public partial class Net;")]
    [InlineData("/** <summary>Mine.</summary> */ " + Layers + " public partial class Net;")]
    [InlineData(Layers + " public partial class Net; /// <summary>Mine.</summary>\n partial class Net;")]
    public void Beside_a_summary_of_the_user_cost_and_table_are_remarks(string source)
    {
        var documentation = DocumentationOf(source);

        Assert.Equal("Mine.", Assert.Single(documentation.Elements("summary")).Value.Trim());
        var remarks = Assert.Single(documentation.Elements("remarks")).Value;
        Assert.Contains("4 → 2: 23 parameters, 18 multiply-adds per sample.", remarks, StringComparison.Ordinal);
        Assert.Contains("dense2  Dense 2  2                8              6", remarks, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 40, null)]
    [InlineData(41, 40, "… and 1 more: Description lists them all")]
    [InlineData(900, 40, "… and 860 more: Description lists them all")]
    public void Of_a_long_network_the_first_and_the_last_layers_are_shown(int layers, int shown, string? more)
    {
        var source = $"[Network][Input(2)]{string.Concat(Enumerable.Repeat("[Dense(2)]", layers))} public partial class Net;";
        var lines = DocumentationOf(source).Element("remarks")!.Element("code")!.Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(shown, lines.Count(line => line.StartsWith("dense", StringComparison.Ordinal)));
        Assert.StartsWith("dense1 ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"dense{layers} ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(more, lines.SingleOrDefault(line => line.StartsWith('…')));
    }

    [Theory]
    [InlineData("[Delay(3)][CausalConv1D(2, Kernel = 4, Dilation = 100)][Delay(1)]", "this step and the 304 before it: a receptive field of 305 steps.")]
    [InlineData("[CausalConv1D(2, Kernel = 2, Dilation = 5000, Name = \"far\")][Delay(7, From = \"input\")][Dense(2)][Add(\"far\")]", "this step and the 5,000 before it: a receptive field of 5,001 steps.")]
    [InlineData("[Delay(9, Name = \"unused\")][Dense(2, From = \"input\")]", "depend on no other step.")]
    [InlineData("[Delay(9)][GRU(2)][Delay(1)]", "depend on all steps before it.")]
    [InlineData("[CausalConv1D(2, Stride = 2)][CausalMaxPool1D(2)]", "A stream takes 4 steps of the input at a time and makes 1 step of the output when the last of them is there: the lengths of sequences and of blocks are multiples of 4. The outputs of a step of a stream depend on this step and the 4 before it: a receptive field of 5 steps.")]
    [InlineData("[CausalMaxPool1D(4)][CausalConvTranspose1D(2, Stride = 2)]", "makes 2 steps of the output when the last of them is there, of which the first is 2 steps late: the lengths")]
    [InlineData("[CausalConvTranspose1D(2, Stride = 3)]", "A stream makes 3 steps of the output for each step of the input. ")]
    public void How_far_back_a_stream_looks_is_said(string layers, string expected)
    {
        var documentation = DocumentationOf($"[Network][Input(1, Steps = 8)]{layers} public partial class Net;");

        Assert.Contains(expected, Assert.Single(documentation.Elements("remarks")).Value, StringComparison.Ordinal);
    }

    private static XElement DocumentationOf(string source)
    {
        var run = GeneratorHarness.Run("using StaticNet;\n" + source);
        return XElement.Parse(run.Compilation.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml()!);
    }
}
