using System.Globalization;
using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>The functions of elements, as layers and as activations, against the double-precision reference: values and gradients.</summary>
public class ElementFunctionTests
{
    /// <summary>What draws inputs to where a function has values: the layers before it.</summary>
    private const string Any = "", Positive = "[Activation(Activation.Softplus)]";

    public static TheoryData<string, string> Layers => new()
    {
        { "[Activation(Activation.Mish)]", Any },
        { "[Activation(Activation.HardTanh)]", Any },
        { "[Activation(Activation.ReLU6)]", Any },
        { "[Activation(Activation.LogSigmoid)]", Any },
        { "[Activation(Activation.Exp)]", Any },
        { "[Activation(Activation.Log)]", Positive },
        { "[Activation(Activation.Sqrt)]", Positive },
        { "[Activation(Activation.Square)]", Any },
        { "[Activation(Activation.Reciprocal)]", Positive },
        { "[Activation(Activation.Abs)]", Any },
        { "[Activation(Activation.Sign)]", Any },
        { "[Activation(Activation.Negate)]", Any },
        { "[Activation(Activation.Sin)]", Any },
        { "[Activation(Activation.Cos)]", Any },
        { "[Activation(Activation.TanhShrink)]", Any },
        { "[Rescaling(0.25f, Offset = -1)]", Any },
        { "[Rescaling(-3)]", Any },
        { "[Clip(Min = -0.5f)]", Any },
        { "[Clip(Max = 0.25f)]", Any },
        { "[Clip(Min = -0.5f, Max = 0.75f)]", Any },
        { "[Power(3)]", Any },
        { "[Power(-2)]", Positive },
        { "[Power(7)]", Any },
        { "[Power(0)]", Any },
        { "[Power(0.5f)]", Positive },
        { "[Power(1.5f)]", Positive },
        { "[Power(-0.3f)]", Positive },
        { "[Subtract(\"input\")]", Any },
        { "[Divide(\"input\")]", "[Activation(Activation.Softplus, Name = \"soft\")][Activation(Activation.Tanh, From = \"soft\")]" },
        { "[Minimum(\"input\")]", Any },
        { "[Maximum(\"input\")]", Any },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_and_its_gradient_are_those_of_the_reference(string layer, string before)
    {
        var join = layer.Replace("\"input\"", before.Contains("soft", StringComparison.Ordinal) ? "\"soft\"" : "\"one\"", StringComparison.Ordinal);

        // Rows that end within a vector, channels that are lanes, and channels that are not.
        Check([
            Network("Rows", $"[Input(6)][Dense(21, Name = \"one\")][Dense(21)]{before}{join}[Dense(3)]"),
            Network("Pixels", $"[Input(2, 5, 4)][Conv2D(5, Name = \"one\", Padding = 1)][Conv2D(5, Padding = 1)]{before}{join}[Flatten][Dense(3)]"),
            Network("Channels", $"[Input(3, 7)][Dense(7, Name = \"one\")][Dense(7)]{before}{join}[Activation(Activation.Tanh)][Flatten][Dense(3)]"),
        ]);
    }

    [Theory]
    [InlineData(Activation.Mish)]
    [InlineData(Activation.HardTanh)]
    [InlineData(Activation.ReLU6)]
    [InlineData(Activation.LogSigmoid)]
    [InlineData(Activation.Sin)]
    [InlineData(Activation.Square)]
    public void A_function_is_an_activation_of_layers_with_weights(Activation function) =>
        Check([
            Network("Dense", $"[Input(6)][Dense(11, Activation = Activation.{function})][Dense(3)]"),
            Network("Pixels", $"[Input(3, 6, 6)][Conv2D(6, Activation = Activation.{function})][BatchNorm(Activation = Activation.{function})][Flatten][Dense(2)]"),
            Network("Depthwise", $"[Input(20, 6, 6)][DepthwiseConv2D(Activation = Activation.{function})][GlobalAveragePool][Dense(2)]"),
        ]);

    [Theory]
    [InlineData("[Maximum(\"one\", \"two\", \"three\")]")]
    [InlineData("[Minimum(\"one\", \"two\", \"three\")]")]
    [InlineData("[Subtract(\"one\", \"three\")][Add(\"two\")]")]
    [InlineData("[Subtract(\"one\", From = \"two\")][Multiply(\"three\")]")]
    [InlineData("[Maximum(\"two\")]")]
    public void Joins_take_several_layers_in_the_order_of_their_names(string join) =>
        Check([Network("Joins", $"[Input(7)][Dense(9, Name = \"one\")][Dense(9, Name = \"two\")][Dense(9, Name = \"three\", From = \"input\")]{join}[Dense(2)]")]);

    [Theory]
    [InlineData("[Activation(Activation.Log)][Activation(Activation.Log)][Activation(Activation.Sigmoid)]")]
    [InlineData("[Activation(Activation.Reciprocal)][Activation(Activation.Exp)][Activation(Activation.Reciprocal)]")]
    [InlineData("[Activation(Activation.Log)][BatchNorm]")]
    [InlineData("[Activation(Activation.Log, Name = \"log\")][Activation(Activation.Sqrt, From = \"soft\")][Divide(\"log\")][LayerNorm]")]
    public void What_is_infinite_at_zero_leaves_no_trace_in_the_padding_of_rows(string layers) =>
        Check([
            Network("Rows", $"[Input(5)][Dense(5)][Activation(Activation.Exp)][Activation(Activation.Exp, Name = \"soft\")]{layers}[Dense(3)]"),
            Network("Pixels", $"[Input(2, 5, 5)][Conv2D(5)][Activation(Activation.Exp)][Activation(Activation.Exp, Name = \"soft\")]{layers}[Conv2D(3)][Flatten][Dense(3)]"),
        ]);

    private static string Network(string name, string layers) =>
        $"using StaticNet; [Network]{layers}[MeanSquaredErrorLoss][Training(BatchSize = 9)] public sealed partial class {name};";

    private static void Check(IEnumerable<string> networks)
    {
        var types = CompiledNetworks.Load(CompiledNetworks.Compile(networks));
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            // A seed whose batches are well-conditioned: behind e^(e^x) a batch norm of few samples multiplies what rounding takes.
            var report = NetworkComparison.Compare(type, seed: 2);
            Assert.True(report.Passed, string.Create(CultureInfo.InvariantCulture, $"{type.Name}: {report}"));
        }
    }
}
