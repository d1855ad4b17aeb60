using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Serialization;

namespace StaticNet.Tests.Optimizers;

/// <summary>The same steps as PyTorch's optimizers, from make_golden.py.</summary>
public class OptimizerParityTests
{
    private static readonly StateDict Golden = Safetensors.Load(Path.Combine(AppContext.BaseDirectory, "Optimizers", "Files", "optimizers.safetensors"));

    public static TheoryData<string, Optimizer> Cases => new()
    {
        { "sgd", new Sgd(0.05f) },
        { "sgd_decay", new Sgd(0.05f) { WeightDecay = 0.1f, DecayAll = true } },
        { "sgd_momentum", new Sgd(0.05f, momentum: 0.9f) },
        { "sgd_dampening", new Sgd(0.05f, momentum: 0.8f, dampening: 0.3f) { WeightDecay = 0.01f, DecayAll = true } },
        { "sgd_nesterov", new Sgd(0.05f, momentum: 0.9f, nesterov: true) { WeightDecay = 0.01f, DecayAll = true } },
        { "sgd_clip", new Sgd(0.05f, momentum: 0.9f) { ClipNorm = 1.5f } },
        { "sgd_weights_only", new Sgd(0.05f) { WeightDecay = 0.1f } },
        { "sgd_cosine", new Sgd(0.05f, momentum: 0.9f) { Schedule = new CosineDecay(100, alpha: 0.1f) } },
        { "adam", new Adam(0.01f) },
        { "adam_betas", new Adam(0.01f, beta1: 0.8, beta2: 0.95, epsilon: 1e-3f) },
        { "adam_decay", new Adam(0.01f) { WeightDecay = 0.1f, DecayAll = true } },
        { "adam_clip", new Adam(0.01f) { ClipNorm = 1.5f } },
        { "adamw", new AdamW(0.01f) { DecayAll = true } },
        { "adamw_decay", new AdamW(0.01f, beta1: 0.5, beta2: 0.9) { WeightDecay = 0.5f, DecayAll = true } },
        { "adamw_weights_only", new AdamW(0.01f) { WeightDecay = 0.5f } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hundred_steps_are_those_of_PyTorch(string name, Optimizer optimizer)
    {
        var table = OptimizerTests.Table;
        var parameters = new AlignedBuffer(table.Length);
        var gradients = new AlignedBuffer(table.Length);
        var (weight, bias) = (table.Parameters[0], table.Parameters[1]);
        weight.Pack(Golden["weight"].Values, parameters.Span);
        bias.Pack(Golden["bias"].Values, parameters.Span);
        optimizer.Attach(table);

        var row = 0;
        for (var step = 0; step < 100; step++)
        {
            weight.Pack(Golden["weight_gradients"].Values.Slice(step * 15, 15), gradients.Span);
            bias.Pack(Golden["bias_gradients"].Values.Slice(step * 5, 5), gradients.Span);
            optimizer.Step(parameters.Span, gradients.Span);
            if (step + 1 is 1 or 10 or 100)
            {
                AssertClose(Golden[$"{name}.weight"].Values.Slice(row * 15, 15), weight, parameters.Span);
                AssertClose(Golden[$"{name}.bias"].Values.Slice(row * 5, 5), bias, parameters.Span);
                row++;
            }
        }

        Assert.Equal(3, row);
    }

    [Fact]
    public void Cosine_decay_is_that_of_PyTorch()
    {
        var expected = Golden["schedule.cosine"].Values;
        var schedule = new CosineDecay(decaySteps: 100, alpha: 0.1f);

        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.At(step), 1e-6f);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ParameterInfo parameter, ReadOnlySpan<float> parameters)
    {
        var actual = new float[parameter.Count];
        parameter.Unpack(parameters, actual);
        var tolerance = 2e-6f * System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(expected);
        for (var index = 0; index < actual.Length; index++)
            Assert.Equal(expected[index], actual[index], Math.Abs(tolerance));
    }
}
