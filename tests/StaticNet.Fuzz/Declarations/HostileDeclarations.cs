using System.Globalization;

namespace StaticNet.Fuzz.Declarations;

/// <summary>Declarations that are large, deep, endless, or named like what generated code uses.</summary>
internal static class HostileDeclarations
{
    private const string Trained = "[MeanSquaredErrorLoss][Training(BatchSize = 2)]";

    public static IEnumerable<string> All => [.. Windows, .. Sizes, .. Counts, .. Blocks, .. Names, .. Classes];

    /// <summary>Windows with every large kernel, stride, dilation and padding, over short axes and long ones.</summary>
    private static IEnumerable<string> Windows =>
        from layers in new[]
        {
            "[Input(8, 40)][ConvTranspose1D(8, Kernel = {0}, Stride = {1}, Dilation = {2})]", "[Input(3, 6, 5)][ConvTranspose2D(2, Kernel = {0}, Stride = {1}, Dilation = {2})]",
            "[Input(1, 8000)][Conv1D(8, Padding = 1)][Conv1D(16, Kernel = {0}, Stride = {1}, Dilation = {2}, Padding = {3})]" + Trained, "[Input(16, 256, 256)][Conv2D(20, Kernel = {0}, Stride = {1}, Padding = {3})]",
            "[Input(16, 256, 256)][DepthwiseConv2D(Kernel = {0}, Stride = {1}, Padding = {3})]" + Trained, "[Input(16, 256, 256)][MaxPool2D({0}, Stride = {1}, Padding = {3})]" + Trained,
            "[Input(4, 9000)][AveragePool1D({0}, Stride = {1}, Padding = {3})]" + Trained,
        }
        from window in new[] { "3 100 1 2", "128 64 1 0", "255 128 1 200", "500 1 1 499", "16 8 3 7", "900 997 500 0", "4000 4000 1 0", "1 65536 1 65536", "7 1009 11 3", "120 30000 1 100" }
        select Network(string.Format(CultureInfo.InvariantCulture, layers, window.Split(' ')));

    private static IEnumerable<string> Sizes => new[]
    {
        "[Input(16777216)][Dense(1)]", "[Input(1)][Dense(16777215)]" + Trained, "[Input(16384)][Dense(16384, Bias = false, Unrolling = Unrolling.Always)]", "[Input(4096, 4096, 1)][Conv2D(1)]", "[Input(1, 4096, 4096)][Conv2D(1, Padding = 1)]",
        "[Input(16384, 1, 1)][Conv2D(16384, Kernel = 1, Groups = 16384)]", "[Input(4096, 2, 2)][Conv2D(4096, Kernel = 1, Groups = 4096)]" + Trained, "[Input(1024, 2, 2)][ConvTranspose2D(1024, Kernel = 2, Groups = 1024)]" + Trained,
        "[Input(1, 16777216)][MaxPool1D(16777216)]", "[Input(1, 1)][ConvTranspose1D(1, Kernel = 16777216, Stride = 16777216)]", "[Input(1, 2)][ConvTranspose1D(1, Kernel = 1, Stride = 16000000)]", "[Input(1, 2)][ConvTranspose1D(1, Kernel = 3, Stride = 8000000, Dilation = 3)]",
        "[Input(4)][Maxout(4, 4000000)]" + Trained, "[Input(100)][Maxout(7, 100000)]", "[Input(4, 16)][LocalResponseNorm(Size = 31)]" + Trained, "[Input(16777216)][LayerNorm][RMSNorm]", "[Input(4096, 4096)][GroupNorm(4096)]", "[Input(2, 2)][ZeroPadding1D(65536)][Cropping1D(65535)]",
        "[Input(1, 4, 4)][Upsampling2D(2000)]", "[Input(4)][Dense(4)][MeanSquaredErrorLoss][Training(BatchSize = 65536)]", "[Input(4)][Dense(4)][MeanSquaredErrorLoss][Training(BatchSize = 65536, KeepValues = true)]", "[Input(4096)][Dense(65536)][SoftmaxCrossEntropyLoss][Training(BatchSize = 4096)]",
    }.Select(Network);

    /// <summary>Thousands of layers, losses, names and texts.</summary>
    private static IEnumerable<string> Counts => new[]
    {
        $"[Input(16)]{Times(1000, "[Dense(16, Activation = Activation.GELU)]")}{Trained}", $"[Input(16)]{Times(1001, "[Dense(16)]")}", $"[Input(16)]{Times(20_000, "[Dense(16)]")}",
        $"[Input(16)]{Each(1000, unit => $"[Dense({unit + 1})]")}{Trained}", $"[Input(16)]{Each(1000, unit => $"[Dense({17 + (unit % 50)}, Activation = Activation.SiLU)]")}",
        $"[Input(8, 16, 16)]{Times(1000, "[Conv2D(8, Padding = 1, Activation = Activation.ReLU)]")}{Trained}", $"[Input(8, 16, 16)]{Times(330, "[Conv2D(8, Padding = 1)][BatchNorm][Activation(Activation.Tanh)]")}{Trained}",
        $"[Input(16)]{Times(500, "[Dense(16)][Add(\"input\")]")}{Trained}", $"[Input(16)]{Times(999, "[Activation(Activation.Softsign)]")}[Dense(1)]{Trained}", $"[Input(16)]{Times(499, "[Dropout(0.5)][Dense(16)]")}{Trained}",
        $"[Input(16)][Dense(16)]{Times(100, $"[Add({Names256("input")})]")}", $"[Input(4)][Dense(4)]{Times(3, $"[Concat({Names256("dense1")})]")}", $"[Input(16)][Dense(16, Name = \"a\")]{Times(40, $"[Multiply({Names256("a")})]")}{Trained}",
        $"[Input(4)][Dense(4)][Add({Repeated("\"input\"", 10_000)})]", $"[Input(4)][Dense(4)]{Times(256, "[MeanSquaredErrorLoss]")}[Training]", $"[Input(4)][Dense(4)]{Times(10_000, "[MeanSquaredErrorLoss]")}[Training]", $"[Input({Repeated("1", 10_000)})][Dense(4)]",
        $"[Input(4)][Reshape({Repeated("1", 10_000)})]", $"[Input(4, 4)][Permute({Repeated("0", 10_000)})]", $"[Input(64, 4, 4)][Conv2D(64, Connections = new[] {{ {Repeated($"\"{new string('X', 64)}\"", 64)} }})]{Trained}",
        $"[Input(4, 4, 4)][Conv2D(4, Connections = new[] {{ {Repeated("\"X\"", 20_000)} }})]", $"[Input(4, 4, 4)][Conv2D(4, Connections = new[] {{ \"{new string('X', 1_000_000)}\" }})]",
        $"[Input(16)]{Each(1000, index => $"[Dense(16, Name = \"{new string('n', 1000)}{index}\")]")}{Trained}", $"[Input(4)]{Each(300, index => $"[Dense(4, Name = \"a{index}\")]")}[Concat({string.Join(", ", Enumerable.Range(0, 250).Select(index => $"\"a{index}\""))})]{Trained}",
    }.Select(Network);

    private static IEnumerable<string> Blocks =>
    [
        // Twice as many at each level.
        $"using StaticNet; {Each(40, level => $"[Block(typeof(B{level + 1}))][Block(typeof(B{level + 1}))] class B{level};")} [Dense(4)] class B40; [Network][Input(4)][Block(typeof(B0))] partial class Net;",
        $"using StaticNet; {Each(400, level => $"[Block(typeof(B{level + 1}))] class B{level};")} [Dense(4)] class B400; [Network][Input(4)][Block(typeof(B0))]{Trained} partial class Net;",
        $"using StaticNet; {Each(900, level => $"[Dense(4)][Block(typeof(B{level + 1}))] class B{level};")} [Dense(4)] class B900; [Network][Input(4)][Block(typeof(B0))]{Trained} partial class Net;",
        $"using StaticNet; {Each(20_000, level => $"[Block(typeof(B{level + 1}))] class B{level};")} [Dense(4)] class B20000; [Network][Input(4)][Block(typeof(B0))]{Trained} partial class Net;",
        "using StaticNet; [Block(typeof(A))] class A; [Network][Input(4)][Block(typeof(A))] partial class Net;",
        "using StaticNet; [Block(typeof(B))] class A; [Block(typeof(C))] class B; [Block(typeof(A))] class C; [Network][Input(4)][Block(typeof(A))] partial class Net;",
        "using StaticNet; [Network][Input(4)][Block(typeof(Net))] partial class Net;",
        "using StaticNet; [Block(typeof(G<int>))] class G<T>; [Network][Input(4)][Block(typeof(G<string>))][Block(typeof(G<>))] partial class Net;",
        "using StaticNet; [InferenceOf(typeof(Net))] partial class Net;", "using StaticNet; [InferenceOf(typeof(B))] partial class A; [InferenceOf(typeof(A))] partial class B;",
        "using StaticNet; [Network][Input(4)][Dense(4)] partial class Net; [InferenceOf(typeof(Net))][InferenceOf(typeof(Net))] partial class Twin;",
        "using StaticNet; [InferenceOf(typeof(G<>))] partial class Twin; [Network][Input(4)][Dense(4)] partial class G<T>; [InferenceOf(typeof(G<int>))] partial class Other;",
        "using StaticNet; [InferenceOf(null!)] partial class A; [InferenceOf(typeof(int[]))] partial class B; [InferenceOf(typeof(void))] partial class C;",
    ];

    /// <summary>Layers named like what generated code uses; each with every part that a layer may have.</summary>
    private static IEnumerable<string> Names =>
        from name in new[]
        {
            "samples", "weight", "bias", "input", "output", "_weights", "workspace", "parameters", "prepared", "One", "Many", "Step", "Forward", "Prepare", "Vector256", "Math", "System", "global", "value", "var", "await", "record", "file", "field", "nameof",
            "sum00", "x0", "a0", "w", "j", "rowPhase", "columnPhase", "sharedBegin", "taken", "left", "top", "Net", "net", "ß", "ẞ", "İ", "ı", "ﬁ", "a\u0301", "A", "𝒜", "Ǆ", "ǆ", "_", "__", "@if", "e\u200d", "Layout", "ToString", "GetType", "Equals",
        }
        select Network($"[Input(4, 8, 8)][Conv2D(4, Padding = 1, WeightNorm = true, Name = \"{name}\")][BatchNorm][Conv2D(4, Padding = 1, Name = \"{name}Bias\", Activation = Activation.PReLU)][DepthwiseConv2D(Kernel = 20, Padding = 19)][Flatten][Dense(2, Name = \"{name}2\")]{Trained}");

    /// <summary>Classes and namespaces named like what generated code uses, and classes of every kind.</summary>
    private static IEnumerable<string> Classes =>
    [
        .. from name in new[] { "System", "Vector256", "Vector512", "Math", "MathF", "Unsafe", "Span", "Batch", "StaticNet", "Panels", "FastMath", "Interleaving", "Resampling", "NormalDeviates", "MethodImpl", "Forward", "InputLength", "@class", "größe", "var_", "T", "Object", "Single", "Int32", "NetworkWeights" }
           from source in new[]
           {
               $"[global::StaticNet.Network][global::StaticNet.Input(4)][global::StaticNet.Dense(4)][global::StaticNet.MeanSquaredErrorLoss][global::StaticNet.Training] partial class {name};",
               // Not Net, of which C# itself says that System.Net is a namespace.
               $"namespace {name}; [global::StaticNet.Network][global::StaticNet.Input(4)][global::StaticNet.Dense(4)][global::StaticNet.MeanSquaredErrorLoss][global::StaticNet.Training] partial class Model;",
               $"using StaticNet; partial class {name}<{name}T> {{ [Network][Input(4)][Dense(4)][MeanSquaredErrorLoss][Training] internal partial class Net<T>; }}",
           }
           select source,
        .. from kind in new[] { "struct", "record", "record struct", "interface", "static class", "abstract class", "ref struct", "sealed class", "enum" }
           select $"using StaticNet; [Network][Input(4)][Dense(4)] {(kind.EndsWith("class", StringComparison.Ordinal) ? kind.Replace("class", "partial class", StringComparison.Ordinal) : kind == "enum" ? kind : "partial " + kind)} Net {{ }}",
        "using StaticNet; [Network][Input(4)][Dense(4)] file partial class Net;", "using StaticNet; [Network][Input(4)][Dense(4)] partial class Net<T> where T : unmanaged;", "using StaticNet; [Network][Input(4)][Dense(4)] partial class",
        "using StaticNet; [Network][Input(4", "using StaticNet; [Network][Input(4)][Dense(4)] partial class Net : Missing { public Net(int missing) { } }", "using StaticNet; [Network(1)][Input(\"a\")][Dense()] partial class Net;",
        $"using StaticNet; {Each(300, level => $"partial class C{level} {{ ")} [Network][Input(4)][Dense(4)] partial class Net; {new string('}', 300)}",
        $"using StaticNet; namespace {string.Join(".", Enumerable.Range(0, 500).Select(index => string.Create(CultureInfo.InvariantCulture, $"N{index}")))}; [Network][Input(4)][Dense(4)] partial class Net;",
        $"using StaticNet; [Network][Input(4)][Dense(4)] partial class {new string('N', 500)};",
    ];

    private static string Network(string attributes) => $"using StaticNet; [Network]{attributes} partial class Net;";

    private static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    private static string Each(int count, Func<int, FormattableString> text) => string.Concat(Enumerable.Range(0, count).Select(index => FormattableString.Invariant(text(index))));

    private static string Repeated(string item, int count) => string.Join(", ", Enumerable.Repeat(item, count));

    private static string Names256(string name) => Repeated($"\"{name}\"", 256);
}
