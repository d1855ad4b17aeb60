using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Serialization;

namespace StaticNet.Tests.Optimizers;

/// <summary>The same steps as PyTorch's optimizers, and where it has none, as references.py; from make_golden.py.</summary>
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
        { "sgd_clip_value", new Sgd(0.05f, momentum: 0.9f) { ClipValue = 0.7f, WeightDecay = 0.01f, DecayAll = true } },
        { "sgd_clip_each", new Sgd(0.05f, momentum: 0.9f) { ClipParameterNorm = 1.2f } },
        { "sgd_clip_all", new Sgd(0.05f, momentum: 0.9f) { ClipValue = 2, ClipParameterNorm = 1.2f, ClipNorm = 1.5f } },
        { "sgd_max_norm", new Sgd(0.05f) { MaxNorm = 1 } },
        { "sgd_groups", new Sgd(0.05f, momentum: 0.9f) { Groups = [new ParameterGroup("*.bias") { LearningRate = 0.005f, WeightDecay = 0.1f, DecayAll = true }] } },
        { "adam", new Adam(0.01f) },
        { "adam_betas", new Adam(0.01f, beta1: 0.8, beta2: 0.95, epsilon: 1e-3f) },
        { "adam_decay", new Adam(0.01f) { WeightDecay = 0.1f, DecayAll = true } },
        { "adam_clip", new Adam(0.01f) { ClipNorm = 1.5f } },
        { "adam_amsgrad", new Adam(0.01f, beta1: 0.9, beta2: 0.9, amsGrad: true) { WeightDecay = 0.1f, DecayAll = true } },
        { "adamw", new AdamW(0.01f) { DecayAll = true } },
        { "adamw_decay", new AdamW(0.01f, beta1: 0.5, beta2: 0.9) { WeightDecay = 0.5f, DecayAll = true } },
        { "adamw_weights_only", new AdamW(0.01f) { WeightDecay = 0.5f } },
        { "adamw_amsgrad", new AdamW(0.01f, beta1: 0.9, beta2: 0.9, amsGrad: true) { DecayAll = true } },
        { "adamax", new Adamax(0.01f) },
        { "adamax_decay", new Adamax(0.01f, beta1: 0.8, beta2: 0.9, epsilon: 1e-2f) { WeightDecay = 0.1f, DecayAll = true } },
        { "nadam", new NAdam(0.01f) },
        { "nadam_decay", new NAdam(0.01f, beta1: 0.8, beta2: 0.9, momentumDecay: 0.1f) { WeightDecay = 0.1f, DecayAll = true } },
        { "radam", new RAdam(0.01f) },
        { "radam_decay", new RAdam(0.01f, beta1: 0.8, beta2: 0.95) { WeightDecay = 0.1f, DecayAll = true } },
        { "adagrad", new Adagrad(0.1f) },
        { "adagrad_decay", new Adagrad(0.1f, learningRateDecay: 0.05f, initialSquare: 0.5f) { WeightDecay = 0.1f, DecayAll = true } },
        { "adadelta", new Adadelta() },
        { "adadelta_decay", new Adadelta(0.5f, rho: 0.95, epsilon: 1e-3f) { WeightDecay = 0.1f, DecayAll = true } },
        { "rmsprop", new RMSprop() },
        { "rmsprop_momentum", new RMSprop(alpha: 0.9, momentum: 0.5f) { WeightDecay = 0.1f, DecayAll = true } },
        { "rmsprop_centered", new RMSprop(alpha: 0.9, centered: true) },
        { "rmsprop_centered_momentum", new RMSprop(epsilon: 1e-3f, momentum: 0.5f, centered: true) },
        { "rprop", new Rprop() },
        { "rprop_bounds", new Rprop(decrease: 0.3f, increase: 1.5f, smallest: 2e-3f, largest: 0.03f) },
        { "lion", new Lion(0.01f) },
        { "lion_decay", new Lion(0.01f, beta1: 0.8, beta2: 0.9) { WeightDecay = 0.5f, DecayAll = true } },
        { "onnx_adagrad", new Adagrad(0.1f, learningRateDecay: 0.1f, epsilon: 1e-3f) { WeightDecay = 0.01f, DecayAll = true } },
        { "onnx_adam", new OnnxAdam(0.01f) },
        { "onnx_adam_decay", new OnnxAdam(0.01f, beta1: 0.8, beta2: 0.95, epsilon: 1e-2f) { WeightDecay = 0.1f, PostDecay = 0.01f, DecayAll = true } },
        { "onnx_momentum", new Sgd(0.05f, momentum: 0.8f, dampening: 1 - 0.7f) { WeightDecay = 0.01f, DecayAll = true } },
        { "onnx_nesterov", new Sgd(0.05f, momentum: 0.8f, dampening: 1 - 0.7f, nesterov: true) { WeightDecay = 0.01f, DecayAll = true } },
        { "l1", new Sgd(0.05f) { L1 = 0.3f, DecayAll = true } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hundred_steps_are_those_of_the_reference(string name, Optimizer optimizer)
    {
        var run = new OptimizerRun(optimizer);
        var (weight, bias) = (run.Table.Parameters[0], run.Table.Parameters[1]);
        weight.Pack(Golden["weight"].Values, run.Weights.Edit());
        bias.Pack(Golden["bias"].Values, run.Weights.Edit());

        var row = 0;
        for (var step = 0; step < 100; step++)
        {
            weight.Pack(Golden["weight_gradients"].Values.Slice(step * 15, 15), run.Gradients);
            bias.Pack(Golden["bias_gradients"].Values.Slice(step * 5, 5), run.Gradients);
            run.Step();
            if (step + 1 is 1 or 10 or 100)
            {
                AssertClose(Golden[$"{name}.weight"].Values.Slice(row * 15, 15), weight, run.Parameters);
                AssertClose(Golden[$"{name}.bias"].Values.Slice(row * 5, 5), bias, run.Parameters);
                row++;
            }
        }

        Assert.Equal(3, row);
    }

    [Fact]
    public void Every_case_of_the_file_is_tested()
    {
        var cases = Golden.Select(tensor => tensor.Name).Where(name => name.EndsWith(".weight", StringComparison.Ordinal)).Select(name => name[..^7]);

        Assert.Equal(cases.Order(), Cases.Select(row => (string)row[0]).Order());
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
