using System.Globalization;
using StaticNet.Generator.Operations;
using StaticNet.Reference.Comparison;
using StaticNet.Reference.Nodes;

namespace StaticNet.Generator.Tests;

/// <summary>Activations that users write as expressions.</summary>
public class OwnActivationTests
{
    [Fact]
    public void An_expression_and_the_derivative_that_is_derived_are_those_of_the_reference()
    {
        var layers = OwnFunctions.All.Keys.Select(text => $"[Activation(\"{text}\"{(text.Contains("alpha", StringComparison.Ordinal) ? ", Alpha = 1.3f" : "")})]");
        var sources = layers.SelectMany((layer, index) => new[]
        {
            $"using StaticNet; [Network][Input(6)][Dense(21)]{layer}[Dense(3)][MeanSquaredErrorLoss][Training(BatchSize = 9)] public sealed partial class Rows{index};",
            $"using StaticNet; [Network][Input(2, 5, 4)][Conv2D(5)]{layer}[Flatten][Dense(3)][MeanSquaredErrorLoss][Training(BatchSize = 9)] public sealed partial class Pixels{index};",
        });
        var types = CompiledNetworks.Load(CompiledNetworks.Compile(sources));

        Assert.Equal(2 * OwnFunctions.All.Count, types.Count);
        Assert.All(types, type =>
        {
            var report = NetworkComparison.Compare(type, seed: 3);
            Assert.True(report.Passed, string.Create(CultureInfo.InvariantCulture, $"{type.Name}: {report}"));
        });
    }

    [Fact]
    public void Every_function_that_the_message_names_can_be_called()
    {
        Assert.Contains("mish", ExpressionReader.FunctionNames);
        Assert.Contains("leakyrelu", ExpressionReader.FunctionNames);
        Assert.All(ExpressionReader.FunctionNames, name => Assert.Null(ExpressionReader.Read($"{name}(2 * x + 1)", float.NaN).Fault));
    }

    [Fact]
    public void Common_parts_of_a_function_and_its_derivative_are_computed_once()
    {
        var function = new ElementFunction("own", ExpressionReader.Read("x * tanh(softplus(x))", float.NaN).Tree!);
        var lines = new List<string>();
        var text = function.Gradient(0, 1).Function!.Write(Text.VectorSyntax.V256, ["d", "x"], part =>
        {
            lines.Add(part);
            return $"part{lines.Count}";
        });

        static string Named(string written) => Text.Types.Resolve(written, [], new HashSet<string>());
        Assert.Equal(["FastMath.Tanh(FastMath.Softplus(x))"], lines.Select(Named));
        Assert.Equal(1, Named(text).Split("FastMath.Sigmoid(x)").Length - 1);
        Assert.True(function.IsHeavy);
    }

    [Fact]
    public void A_derivative_that_the_output_tells_does_not_take_the_input()
    {
        int[] Taken(string expression) => new ElementFunction("own", ExpressionReader.Read(expression, float.NaN).Tree!).Gradient(0, 1).Operands;

        Assert.Equal([GradientRule.Output], Taken("tanh(x)"));
        Assert.Equal([GradientRule.Output], Taken("sigmoid(x)"));
        Assert.Equal([GradientRule.Output], Taken("exp(x)"));
        Assert.Equal([0], Taken("sin(x)"));
        Assert.Empty(Taken("-x"));
    }

    [Fact]
    public void Any_text_gives_a_tree_or_a_fault()
    {
        var random = new Random(11);
        string[] tokens = ["x", "alpha", "pi", "1", "0", "1e9", "2.5e-3f", "(", ")", "+", "-", "*", "/", "<", ">=", "?", ":", ",", "min", "pow", "tanh", "elu", " ", "\n", "§", "1e99", ".", "..", "&", "\u0661"];
        for (var count = 0; count < 20_000; count++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => tokens[random.Next(tokens.Length)]));
            var (tree, fault) = ExpressionReader.Read(text, 0.5f);
            Assert.True(tree is null != fault is null, text);
            if (tree is not null)
                _ = new ElementFunction("own", tree).Gradient(0, 1).Function?.IsHeavy;
        }

        var deep = string.Concat(Enumerable.Repeat("(", 100_000));
        Assert.NotNull(ExpressionReader.Read(deep, 1).Fault);
        Assert.NotNull(ExpressionReader.Read(string.Join("*", Enumerable.Repeat("x", 100_000)), 1).Fault);
        Assert.NotNull(ExpressionReader.Read(string.Concat(Enumerable.Repeat("pow(", 30)) + "x" + string.Concat(Enumerable.Repeat(", 64)", 30)), 1).Fault);
    }
}
