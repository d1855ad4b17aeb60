using System.Globalization;
using System.Reflection;

namespace StaticNet.Generator.Tests;

/// <summary>The functions of elements at kinks and at the ends of the numbers, with PyTorch's conventions, and their errors.</summary>
public class ElementEdgeTests
{
    private const float Inf = float.PositiveInfinity, NaN = float.NaN, Huge = 3e38f;

    /// <summary>A layer, an input, the output, the derivative.</summary>
    private static readonly (string Layer, float X, float Y, float Derivative)[] Cases =
    [
        ("[Activation(Activation.Mish)]", 0, 0, 0.6f), ("[Activation(Activation.Mish)]", Inf, Inf, 1), ("[Activation(Activation.Mish)]", -Inf, 0, 0),
        ("[Activation(Activation.Mish)]", Huge, Huge, 1), ("[Activation(Activation.Mish)]", -Huge, 0, 0), ("[Activation(Activation.Mish)]", 50, 50, 1),
        ("[Activation(Activation.HardTanh)]", 1, 1, 0), ("[Activation(Activation.HardTanh)]", -1, -1, 0), ("[Activation(Activation.HardTanh)]", Inf, 1, 0), ("[Activation(Activation.HardTanh)]", 0, 0, 1),
        ("[Activation(Activation.ReLU6)]", 0, 0, 0), ("[Activation(Activation.ReLU6)]", 6, 6, 0), ("[Activation(Activation.ReLU6)]", Inf, 6, 0), ("[Activation(Activation.ReLU6)]", -Inf, 0, 0), ("[Activation(Activation.ReLU6)]", 5, 5, 1),
        ("[Activation(Activation.LogSigmoid)]", -Inf, -Inf, 1), ("[Activation(Activation.LogSigmoid)]", Inf, 0, 0), ("[Activation(Activation.LogSigmoid)]", -1000, -1000, 1), ("[Activation(Activation.LogSigmoid)]", 0, -0.6931472f, 0.5f),
        ("[Activation(Activation.Exp)]", -Inf, 0, 0), ("[Activation(Activation.Exp)]", Inf, Inf, Inf), ("[Activation(Activation.Exp)]", 0, 1, 1), ("[Activation(Activation.Exp)]", 100, Inf, Inf),
        ("[Activation(Activation.Log)]", 0, -Inf, Inf), ("[Activation(Activation.Log)]", 1, 0, 1), ("[Activation(Activation.Log)]", Inf, Inf, 0), ("[Activation(Activation.Log)]", -1, NaN, NaN),
        ("[Activation(Activation.Sqrt)]", 0, 0, Inf), ("[Activation(Activation.Sqrt)]", 4, 2, 0.25f), ("[Activation(Activation.Sqrt)]", Inf, Inf, 0), ("[Activation(Activation.Sqrt)]", -1, NaN, NaN),
        ("[Activation(Activation.Square)]", -3, 9, -6), ("[Activation(Activation.Square)]", Huge, Inf, Inf), ("[Activation(Activation.Square)]", 0, 0, 0),
        ("[Activation(Activation.Reciprocal)]", 0, Inf, -Inf), ("[Activation(Activation.Reciprocal)]", -2, -0.5f, -0.25f), ("[Activation(Activation.Reciprocal)]", Inf, 0, 0),
        ("[Activation(Activation.Abs)]", 0, 0, 0), ("[Activation(Activation.Abs)]", -Inf, Inf, -1), ("[Activation(Activation.Abs)]", 2, 2, 1),
        ("[Activation(Activation.Sign)]", 0, 0, 0), ("[Activation(Activation.Sign)]", -Inf, -1, 0), ("[Activation(Activation.Sign)]", 1e-40f, 1, 0),
        ("[Activation(Activation.Negate)]", 2, -2, -1), ("[Activation(Activation.Negate)]", Inf, -Inf, -1),
        ("[Activation(Activation.Sin)]", 0, 0, 1), ("[Activation(Activation.Sin)]", Inf, NaN, NaN), ("[Activation(Activation.Cos)]", 0, 1, 0), ("[Activation(Activation.Cos)]", -Inf, NaN, NaN),
        ("[Activation(Activation.TanhShrink)]", 0, 0, 0), ("[Activation(Activation.TanhShrink)]", Inf, Inf, 1), ("[Activation(Activation.TanhShrink)]", 30, 29, 1),
        ("[Clip(Min = -1, Max = 2)]", -1, -1, 1), ("[Clip(Min = -1, Max = 2)]", 2, 2, 1), ("[Clip(Min = -1, Max = 2)]", Inf, 2, 0), ("[Clip(Max = 2)]", -Inf, -Inf, 1), ("[Clip(Min = 2)]", 2, 2, 1), ("[Clip(Min = 2)]", 1, 2, 0),
        ("[Power(2)]", -3, 9, -6), ("[Power(0)]", 0, 1, 0), ("[Power(0)]", Inf, 1, 0), ("[Power(-1)]", 0, Inf, -Inf), ("[Power(0.5f)]", 0, 0, Inf), ("[Power(2.5f)]", 0, 0, 0), ("[Power(2.5f)]", -1, NaN, NaN),
        ("[Power(2)]", Inf, Inf, Inf), ("[Power(3)]", -Inf, -Inf, Inf), ("[Power(1)]", 7, 7, 1),
    ];

    /// <summary>Functions that give NaN for NaN.</summary>
    private static readonly string[] OfNaN =
    [
        .. new[] { "Mish", "HardTanh", "ReLU6", "LogSigmoid", "Exp", "Log", "Sqrt", "Square", "Reciprocal", "Abs", "Sign", "Negate", "Sin", "Cos", "TanhShrink" }.Select(name => $"[Activation(Activation.{name})]"),
        "[Clip(Min = -1, Max = 2)]", "[Power(2)]", "[Power(0.3f)]",
    ];

    [Fact]
    public void Values_and_derivatives_at_the_edges_are_those_of_the_mathematics_and_of_PyTorch()
    {
        var layers = Cases.Select(row => row.Layer).Distinct().ToList();
        var types = Compile(layers);
        Assert.All(Cases, row =>
        {
            var (y, derivative) = At(types[layers.IndexOf(row.Layer)], row.X);
            var text = string.Create(CultureInfo.InvariantCulture, $"{row.Layer} at {row.X}: {y}, derivative {derivative}");
            Assert.True(Agree(row.Y, y), text);
            // A NaN has no sign, so that the loss has no gradient that could be held to anything.
            Assert.True(float.IsNaN(row.Y) || Agree(row.Derivative, derivative), text);
        });
    }

    [Fact]
    public void Nothing_hides_a_NaN()
    {
        var types = Compile(OfNaN);
        for (var index = 0; index < OfNaN.Length; index++)
            Assert.True(float.IsNaN(At(types[index], NaN).Y), OfNaN[index]);
    }

    [Fact]
    public void Errors_are_within_what_the_documentation_states()
    {
        (string Layer, Func<double, double> Exact, double Bound, bool IsRelativeToInput)[] rows =
        [
            ("[Activation(Activation.Mish)]", x => x < -80 ? 0 : x * Math.Tanh(x > 30 ? x : Log1P(Math.Exp(x))), 8, false),
            ("[Activation(Activation.Reciprocal)]", x => 1 / x, 0.51, false),
            ("[Activation(Activation.Sqrt)]", Math.Sqrt, 0.51, false),
            ("[Power(3)]", x => x * x * x, 1.6, false),
            ("[Power(-2)]", x => 1 / (x * x), 1.6, false),
            ("[Power(1.5f)]", x => x * Math.Sqrt(x), 1.6, false),
        ];
        var types = Compile([.. rows.Select(row => row.Layer)]);
        for (var index = 0; index < rows.Length; index++)
        {
            var worst = 0.0;
            var at = 0f;
            foreach (var (x, y) in Sweep(types[index]))
            {
                var exact = rows[index].Exact(x);
                // Squares of smaller numbers are denormal.
                if (double.IsNaN(exact) || Math.Abs(exact) is < 1.2e-38 or > 3.4e38 || Math.Abs(x) < 2e-19f)
                    continue;
                var error = Math.Abs(y - exact) / Math.ScaleB(1, Math.ILogB(exact) - 23);
                if (!(error <= worst))
                    (worst, at) = (error, x);
            }

            Assert.True(worst <= rows[index].Bound, string.Create(CultureInfo.InvariantCulture, $"{rows[index].Layer} at {at}: {worst} ULP"));
            Assert.True(worst > 0.1, "The sweep has met nothing.");
        }
    }

    // ln(1 + y) = 2 artanh(y / (2 + y)), which does not lose small y.
    private static double Log1P(double y) => 2 * Math.Atanh(y / (2 + y));

    private static bool Agree(float expected, float actual) =>
        expected.Equals(actual) || expected == actual || MathF.Abs(expected - actual) <= 1e-6f * MathF.Abs(expected);

    /// <summary>Networks of a layer alone, behind one whose bias is the input, since a weight of 0 lets nothing else through.</summary>
    private static List<Type> Compile(IReadOnlyList<string> layers)
    {
        var sources = layers.Select((layer, index) =>
            $"using StaticNet; [Network][Input(1)][Dense(16)]{layer}[MeanAbsoluteErrorLoss(Reduction = Reduction.Sum)][Training(BatchSize = 1)] public sealed partial class N{index};");
        return [.. CompiledNetworks.Load(CompiledNetworks.Compile(sources)).OrderBy(type => int.Parse(type.Name[1..], CultureInfo.InvariantCulture))];
    }

    private static (float Y, float Derivative) At(Type network, float x) =>
        ((float, float))Method(nameof(Step), network).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [x], null)!;

    private static IEnumerable<(float X, float Y)> Sweep(Type network) =>
        (IEnumerable<(float, float)>)Method(nameof(SweepOf), network).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [], null)!;

    private static MethodInfo Method(string name, Type network) =>
        typeof(ElementEdgeTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(network);

    private static (float Y, float Derivative) Step<TNetwork>(float x)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        Fill(network, "dense1.weight", 0);
        Fill(network, "dense1.bias", x);
        var outputs = new float[16];
        network.ForwardRaw([1], outputs);
        Assert.All(outputs, y => Assert.Equal(outputs[0], y));

        // The targets are below every output but −∞, so that the gradient of each is 1, and of that −1.
        var targets = Enumerable.Repeat(float.MinValue, 16).ToArray();
        network.TrainBatch(new Batch([1f], targets, 1) { Scale = 1 });
        var gradients = new float[16];
        var bias = Find<TNetwork>("dense1.bias");
        bias.Unpack(network.Gradients, gradients);
        return (outputs[0], float.IsNegativeInfinity(outputs[0]) ? -gradients[3] : gradients[3]);
    }

    private static List<(float X, float Y)> SweepOf<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        Fill(network, "dense1.weight", 0);
        var (xs, ys) = (new float[16], new float[16]);
        var results = new List<(float, float)>();
        for (var bits = 0UL; bits <= uint.MaxValue; bits += 16 * 40_009UL)
        {
            for (var lane = 0; lane < 16; lane++)
                xs[lane] = BitConverter.UInt32BitsToSingle((uint)(bits + (40_009UL * (ulong)lane)));
            Set(network, "dense1.bias", xs);
            network.ForwardRaw([1], ys);
            for (var lane = 0; lane < 16; lane++)
                results.Add((xs[lane], ys[lane]));
        }

        return results;
    }

    private static void Fill<TNetwork>(TNetwork network, string parameter, float value)
        where TNetwork : class, INetwork<TNetwork> => Set(network, parameter, Enumerable.Repeat(value, 16).ToArray());

    private static void Set<TNetwork>(TNetwork network, string parameter, float[] values)
        where TNetwork : class, INetwork<TNetwork>
    {
        var info = Find<TNetwork>(parameter);
        info.Pack([.. Enumerable.Repeat(0f, info.Count - values.Length).Concat(values)], network.Weights.Edit());
    }

    private static ParameterInfo Find<TNetwork>(string parameter)
        where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable.Parameters.Single(other => other.Name == parameter);
}
