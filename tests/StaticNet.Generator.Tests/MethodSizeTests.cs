using StaticNet.Networks;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>No generated method is so large that the JIT compiler gives up optimising it.</summary>
public class MethodSizeTests(ITestOutputHelper output)
{
    private const int MostBytes = 40_000;
    private const int MostLocals = 300;
    private const int MostLocalReferences = 6_000;

    // Networks that come near the limits: wide, deep, written out, with long functions and long chains of functions.
    private const string Hard = """
        using StaticNet;
        namespace Hard;

        [Network][Input(640)][Dense(640, Activation = Activation.GELU)][Dense(640)][MeanSquaredErrorLoss][Training(BatchSize = 32)]
        public partial class Wide;

        [Network][Input(48)][Dense(128, Activation = Activation.Tanh, Unrolling = Unrolling.Always)][Dense(48, Activation = Activation.SiLU, Unrolling = Unrolling.Always)][Dense(6, Unrolling = Unrolling.Always)][Dense(1024, Activation = Activation.Softsign, Unrolling = Unrolling.Always)][MeanSquaredErrorLoss][Training]
        public partial class WrittenOut;

        [Network][Input(512)][Dense(8, Activation = Activation.GELU)][Dense(64, Activation = Activation.SELU)][Dense(64, Activation = Activation.HardSwish)][Dense(24, Activation = Activation.Softplus)][BinaryCrossEntropyWithLogitsLoss][Training]
        public partial class LongFunctions;

        [Network][Input(100)][Maxout(200, 5)][Maxout(7, 64)][Dense(1000)][SoftmaxCrossEntropyLoss(LabelSmoothing = 0.1f)][Training]
        public partial class Pieces;

        [Network][Input(17)][Dense(1000)][SoftmaxCrossEntropyLoss(SoftTargets = true)][MultiClassHingeLoss][BinaryCrossEntropyWithLogitsLoss][HuberLoss][Training]
        public partial class ManyLosses;

        """;

    private static string Chain(int length)
    {
        string[] functions = ["LeakyReLU", "HardSwish", "Softsign", "PReLU"];
        var layers = string.Concat(Enumerable.Range(0, length).Select(index => $"[Activation(Activation.{functions[index % functions.Length]})]"));
        return $"using StaticNet; namespace Hard; [Network][Input(16)][Dense(64)]{layers}[Dense(64)]{layers}[MeanSquaredErrorLoss][Training] public partial class Chain;";
    }

    private static string Deep(int layers) =>
        $"using StaticNet; namespace Hard; [Network][Input(16)]{string.Concat(Enumerable.Repeat("[Dense(16, Activation = Activation.Tanh)]", layers))}[MeanSquaredErrorLoss][Training] public partial class Deep;";

    [Fact]
    public void Shared_networks_are_within_the_limits() => Check(File.ReadAllBytes(typeof(Mlp784x128x10).Assembly.Location), output);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Hard_networks_are_within_the_limits(int vectorBits) => Check(CompiledNetworks.Compile([Hard, Chain(60), Deep(60)], vectorBits), output);

    /// <summary>Checks every method of an assembly, and tells which are the largest.</summary>
    internal static void Check(byte[] assembly, ITestOutputHelper output)
    {
        var methods = MethodSize.Of(assembly);

        output.WriteLine($"Of {methods.Count} methods: {methods.MaxBy(method => method.Bytes)}, {methods.MaxBy(method => method.Locals)}, {methods.MaxBy(method => method.LocalReferences)}");
        Assert.True(methods.Count > 100);
        Assert.DoesNotContain(methods, method => method.Bytes > MostBytes || method.Locals > MostLocals || method.LocalReferences > MostLocalReferences);
    }
}
