using System.Globalization;
using System.Reflection;
using StaticNet.Reference.Comparison;

namespace StaticNet.Generator.Tests;

/// <summary>Fixed tensors as operands of joins.</summary>
public class ConstantTests
{
    private const string Training = "[MeanSquaredErrorLoss][Training(BatchSize = 9)]";

    public static TheoryData<string, string> Networks => new()
    {
        { "Features", "[Input(21)][Constant(21, Name = \"mean\")][Subtract(\"mean\")][Dense(3)]" },
        { "Number", "[Input(2, 3, 5)][Constant(1, Value = 2, Name = \"scale\")][Conv2D(5, Kernel = 1)][Multiply(\"scale\")][Flatten][Dense(3)]" },
        { "ChannelsOfInput", "[Input(3, 4, 5)][Constant(3, Name = \"mean\")][Constant(3, 1, 1, Value = 2, Name = \"deviation\")][Subtract(\"mean\")][Divide(\"deviation\")][Conv2D(5)][Flatten][Dense(3)]" },
        { "Channels", "[Input(3, 5, 4)][Conv2D(21, Kernel = 1)][Constant(21, Name = \"least\")][Maximum(\"least\")][Conv2D(2, Activation = Activation.Tanh)][Flatten][Dense(3)]" },
        { "Planes", "[Input(3, 6, 5)][Conv2D(4, Padding = 1)][Constant(4, 6, 5, Name = \"mask\")][Multiply(\"mask\")][Conv2D(2)][Flatten][Dense(3)]" },
        { "Whole", "[Input(3, 6, 5)][Conv2D(20, Padding = 1, Activation = Activation.Tanh)][Constant(20, 6, 5, Name = \"mask\")][Multiply(\"mask\")][Activation(Activation.Sigmoid)][Conv2D(2)][Flatten][Dense(3)]" },
        { "WholeRows", "[Input(4, 32)][Dense(32)][Constant(4, 32, Name = \"table\")][Minimum(\"table\")][Dense(3)][Flatten][Dense(2)]" },
        { "FromTheLeft", "[Input(7)][Dense(7, Name = \"one\")][Constant(7, Value = 1, Name = \"top\")][Subtract(\"top\", \"one\")][Activation(Activation.Softplus, Name = \"soft\")][Divide(\"top\", \"soft\")][Dense(3)]" },
        { "Several", "[Input(7)][Dense(7, Name = \"one\")][Constant(7, Name = \"a\")][Dense(7, Name = \"two\")][Constant(7, Name = \"b\")][Add(\"a\", \"one\", \"b\", \"two\")][Dense(3)]" },
        { "Last", "[Input(7)][Dense(7)][Constant(7, Name = \"offset\")][Add(\"offset\")]" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Joins_with_constants_are_those_of_the_reference(string name, string layers)
    {
        var type = Assert.Single(Compile(name, layers + Training));
        var report = NetworkComparison.Compare(type, seed: 3);
        Assert.True(report.Passed, string.Create(CultureInfo.InvariantCulture, $"{name}: {report}"));
    }

    [Fact]
    public void A_constant_begins_with_its_values_is_named_and_is_not_trained()
    {
        var type = Assert.Single(Compile("Scaled", "[Input(3)][Constant(3, Values = new float[] { 0.5f, -1, 2 }, Name = \"mean\")][Subtract(\"mean\")][Dense(2)]" + Training));
        typeof(ConstantTests).GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [], null);
    }

    private static void Check<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(5);
        Assert.True(TNetwork.ParameterTable.TryGet("mean.value", out var constant));
        Assert.Equal((ParameterKind.Constant, false), (constant.Kind, constant.Trainable));
        Assert.Equal([0.5f, -1, 2], network.Weights.Values.Slice(constant.Offset, 3).ToArray());
        Assert.Equal(3 * 2 + 2, TNetwork.Description.ParameterCount);

        // What is taken away leaves the bias alone.
        var (atMean, atOther) = (new float[2], new float[2]);
        network.ForwardRaw([0.5f, -1, 2], atMean);
        Assert.Equal([0f, 0f], atMean);
        constant.Pack([0, 0, 0], network.Weights.Edit());
        network.ForwardRaw([0, 0, 0], atOther);
        Assert.Equal([0f, 0f], atOther);
        network.ForwardRaw([0.5f, -1, 2], atOther);
        Assert.NotEqual([0f, 0f], atOther);
    }

    private static IReadOnlyList<Type> Compile(string name, string layers) =>
        CompiledNetworks.Load(CompiledNetworks.Compile([$"using StaticNet; [Network]{layers} public sealed partial class {name};"]));
}
