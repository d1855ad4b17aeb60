using StaticNet.Numerics;
using StaticNet.Optimizers;

namespace StaticNet.Tests.Optimizers;

/// <summary>Weights and gradients of a small table, with an optimizer that is attached to them.</summary>
internal sealed class OptimizerRun
{
    private readonly AlignedBuffer _gradients;

    public OptimizerRun(Optimizer optimizer, ParameterTable? table = null)
    {
        Optimizer = optimizer;
        Table = table ?? OptimizerTests.Table;
        Weights = new NetworkWeights(Table, 1);
        _gradients = new AlignedBuffer(Table.TrainableLength);
        foreach (var parameter in Table.Parameters.Where(parameter => parameter.Trainable))
        {
            parameter.Pack(Enumerable.Range(1, parameter.Count).Select(i => MathF.Sin(i)).ToArray(), Weights.Edit());
            parameter.Pack(Enumerable.Range(1, parameter.Count).Select(i => MathF.Cos(i) * 3).ToArray(), Gradients);
        }

        optimizer.Attach(Weights);
    }

    /// <summary>Every kind of optimizer, with and without its options.</summary>
    public static Func<Optimizer>[] Kinds { get; } =
    [
        () => new Sgd(0.1f),
        () => new Sgd(0.1f, momentum: 0.9f, dampening: 0.5f) { WeightDecay = 30, DecayAll = true, ClipNorm = 1 },
        () => new Sgd(0.1f, momentum: 0.9f, nesterov: true) { WeightDecay = 0.1f, ClipValue = 0.5f, ClipParameterNorm = 1, ClipNorm = 1 },
        () => new Sgd(0.1f) { L1 = 0.5f, DecayAll = true, MaxNorm = 0.8f },
        () => new Adam(0.1f) { WeightDecay = 0.1f, DecayAll = true },
        () => new Adam(0.1f, amsGrad: true) { L1 = 0.1f },
        () => new AdamW(0.1f) { WeightDecay = 30, DecayAll = true, ClipNorm = 1 },
        () => new AdamW(0.1f, amsGrad: true) { MaxNorm = 0.5f },
        () => new OnnxAdam(0.1f) { WeightDecay = 0.1f, PostDecay = 0.1f, DecayAll = true },
        () => new Adamax(0.1f) { WeightDecay = 0.1f },
        () => new NAdam(0.1f) { WeightDecay = 0.1f },
        () => new RAdam(0.1f, beta2: 0.9) { WeightDecay = 0.1f },
        () => new Adagrad(0.1f, learningRateDecay: 0.1f, initialSquare: 0.1f) { WeightDecay = 0.1f },
        () => new Adadelta { WeightDecay = 0.1f },
        () => new RMSprop(),
        () => new RMSprop(momentum: 0.9f) { WeightDecay = 0.1f },
        () => new RMSprop(centered: true),
        () => new RMSprop(momentum: 0.9f, centered: true) { ClipNorm = 1 },
        () => new Lion(0.1f) { WeightDecay = 30, DecayAll = true },
        () => new Rprop(),
        () => new Rprop(0.1f) { ClipValue = 1, L1 = 0.1f },
    ];

    public Optimizer Optimizer { get; }

    public ParameterTable Table { get; }

    public NetworkWeights Weights { get; }

    public ReadOnlySpan<float> Parameters => Weights.Trainable;

    public Span<float> Gradients => _gradients.Span;

    public void Step(int count = 1)
    {
        for (var step = 0; step < count; step++)
            Optimizer.Step(Weights, Gradients);
    }

    /// <summary>Takes steps whose gradients turn, and with them the sign of the padding's zeros.</summary>
    public void StepTurning(int count)
    {
        for (var step = 0; step < count; step++)
        {
            // Twice one way, then twice the other, so that signs are kept as well as turned.
            if (step % 2 == 0)
            {
                foreach (ref var value in Gradients)
                    value = -value;
            }

            Step();
        }
    }

    /// <summary>The logical elements of a parameter.</summary>
    public float[] Values(string name)
    {
        Assert.True(Table.TryGet(name, out var parameter));
        var values = new float[parameter.Count];
        parameter.Unpack(Parameters, values);
        return values;
    }

    /// <summary>All bits of the padding of a buffer, which +0 has none of.</summary>
    public uint PaddingBits(ReadOnlySpan<float> values)
    {
        var ones = new float[Table.Length];
        foreach (var parameter in Table.Parameters)
            parameter.Pack(Enumerable.Repeat(1f, parameter.Count).ToArray(), ones);
        var bits = 0u;
        for (var index = 0; index < values.Length; index++)
            bits |= ones[index] == 0 ? BitConverter.SingleToUInt32Bits(values[index]) : 0;
        return bits;
    }
}
