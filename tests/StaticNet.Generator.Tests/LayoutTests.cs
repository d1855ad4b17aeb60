using System.Reflection;
using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>Every value that leaves a network is in the documented order, whatever the layout of the spans and of the memory.</summary>
public class LayoutTests
{
    /// <summary>What stands behind a value [3, 2, 4] or [6, 2, 4] and reads it flattened, or gives it flattened; "all" is the number of its elements.</summary>
    private static readonly string[] Tails =
    [
        "[Flatten]",
        "[Flatten][Flatten]",
        "[Flatten][Reshape(4, -1)]",
        "[Reshape(8, -1)]",
        "[Flatten][Slice(0, 1, 5)]",
        "[Slice(1, 0, 1)][Flatten]",
        "[Flatten(Name = \"flat\")][Activation(Activation.Tanh)][Concat(\"flat\")]",
        "[Flatten(Name = \"flat\")][Activation(Activation.Tanh)][Add(\"flat\")]",
        "[Flatten(Name = \"flat\")][Dense(6)][Concat(\"flat\")]",
        "[Flatten(Name = \"flat\")][Dense(6)][MeanSquaredErrorLoss(From = \"flat\")]",
        "[Flatten(Name = \"flat\")][Dense(all)][Multiply(\"flat\")]",
        "[Flatten][Activation(Activation.PReLU)]",
        "[Flatten][Activation(Activation.Softmax)]",
        "[Flatten][Dropout(0.5)]",
        "[Flatten][BatchNorm]",
        "[Flatten][LayerNorm]",
        "[Permute(2, 0, 1)][Flatten]",
        "[Mean(1)][Flatten]",
        "[Mean(2)]",
        "[Flatten][Reshape(2, 2, -1)][Flatten]",
        "[GlobalMaxPool(KeepAxes = true)][Flatten]",
        "[Block(typeof(Flat))][Dense(3)][MeanSquaredErrorLoss(From = \"block1\")]",
        "[Block(typeof(Flat))]",
    ];

    [Theory]
    [InlineData("2, 1, 3", "[Flatten]", new float[] { 1, 3, 5, 2, 4, 6 })]
    [InlineData("2, 3", "[Flatten]", new float[] { 1, 3, 5, 2, 4, 6 })]
    [InlineData("2, 1, 3", "[Flatten][Slice(0, 1, 3)]", new float[] { 3, 5, 2 })]
    [InlineData("2, 1, 3", "[Reshape(6)]", new float[] { 1, 3, 5, 2, 4, 6 })]
    [InlineData("2, 1, 3", "[Flatten][Reshape(2, 1, 3)]", new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("2, 1, 3", "[Flatten(Name = \"flat\")][Concat(\"flat\", \"flat\")]", new float[] { 1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6 })]
    [InlineData("2, 1, 3", "[Activation(Activation.ReLU)][Flatten]", new float[] { 1, 3, 5, 2, 4, 6 })]
    [InlineData("1, 2, 3", "[Flatten]", new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("6, 1, 1", "[Flatten]", new float[] { 1, 2, 3, 4, 5, 6 })]
    public void A_flattened_output_has_its_channels_first(string input, string layers, float[] expected)
    {
        var source = $"using StaticNet; [Network][Input({input}, Layout = Layout.ChannelsLast)]{layers} public partial class Flat;";
        var type = CompiledNetworks.Load(CompiledNetworks.Compile([source])).Single();
        var actual = (float[])typeof(LayoutTests).GetMethod(nameof(ForwardOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("ChannelsFirst")]
    [InlineData("ChannelsLast")]
    public void Outputs_losses_and_gradients_agree_with_the_reference(string layout)
    {
        var blocks = "using StaticNet; [Activation(Activation.Tanh)][Flatten] internal class Flat;";
        string[] heads = ["[Conv2D(3, Padding = 1)]", "[Conv2D(3, Padding = 1)][Concat(\"input\")]", "[Conv2D(3, Kernel = 1)][BatchNorm]"];
        var sources = Tails.Select((tail, number) =>
        {
            var head = heads[number % heads.Length];
            var elements = head.Contains("Concat", StringComparison.Ordinal) ? "48" : "24";
            return $"using StaticNet; [Network][Input(3, 2, 4, Layout = Layout.{layout})]{head}{tail.Replace("all", elements, StringComparison.Ordinal)}[MeanSquaredErrorLoss][Training(BatchSize = 5, KeepValues = true)] public partial class Net{number};";
        }).ToArray();

        foreach (var type in CompiledNetworks.Load(CompiledNetworks.Compile(sources.Prepend(blocks))))
        {
            var source = sources.Single(source => source.EndsWith($" {type.Name};", StringComparison.Ordinal));
            var report = NetworkComparison.Compare(type, seed: 2);
            Assert.True(report.Passed, $"{source}\n{report}");
            var trace = StepTraceComparison.Compare(type, seed: 2);
            Assert.True(trace.Passed, $"{source}\n{trace}");
        }
    }

    /// <summary>The output of 1, 2, 3, …</summary>
    private static float[] ForwardOf<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var output = new float[TNetwork.OutputLength];
        TNetwork.Create(0).Forward([.. Enumerable.Range(1, TNetwork.InputLength).Select(index => (float)index)], output);
        return output;
    }
}
