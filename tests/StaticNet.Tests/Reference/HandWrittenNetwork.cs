using System.Collections.Immutable;
using StaticNet.Numerics;

namespace StaticNet.Tests.Reference;

/// <summary>What is wrong with a <see cref="HandWrittenNetwork"/>.</summary>
public enum Fault
{
    None,
    Forward,
    OneSampleOfForwardBatch,
    TrainingLoss,
    Gradient,
    PaddingOfGradients,
    PaddingOfParameters,
    SampleWeights,
    Scale,
    Accumulate,
    SplitPhases,
    NotANumber,
}

/// <summary>
/// A small network written by hand, with every fault on demand: shows that a comparison passes what is right and finds what
/// is wrong.
/// </summary>
[Input(3)]
[Dense(5, Activation = Activation.Tanh)]
[Dense(2, Trainable = false)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 6)]
public sealed class HandWrittenNetwork : ITrainableNetwork<HandWrittenNetwork>
{
    private readonly float[] _hidden = new float[6 * 5];
    private readonly float[] _output = new float[6 * 2];
    private readonly float[] _losses = new float[6];
    private readonly float[] _gradients = new float[TableOfParameters.TrainableLength];

    private HandWrittenNetwork(NetworkWeights weights) => Weights = weights;

    private static readonly ParameterTable TableOfParameters = new(
        new ParameterInfo("dense1.weight", "dense1", ParameterKind.Weight, [5, 3], ParameterPacking.Panels, 0, Initializer.Zeros),
        new ParameterInfo("dense1.bias", "dense1", ParameterKind.Bias, [5], ParameterPacking.Rows, 48, Initializer.Zeros),
        Frozen("dense2.weight", ParameterKind.Weight, [2, 5], 64),
        Frozen("dense2.bias", ParameterKind.Bias, [2], 80));

    /// <summary>The fault of every network of this thread.</summary>
    [field: ThreadStatic]
    public static Fault Fault { get; set; }

    public static NetworkDescription Description { get; } = new(
        nameof(HandWrittenNetwork),
        [new PortDescription("input", [3], 0)],
        [new PortDescription("output", [2], 0)],
        [new LayerDescription("dense1", "Dense 5, tanh", [5], 20, 15), new LayerDescription("dense2", "Dense 2", [2], 12, 10)],
        [new LossDescription(LossKind.MeanSquaredError, "dense2", 1, 0, 2, 2, TargetIsIndex: false, OutputOffset: 0)],
        0,
        0);

    public static ParameterTable ParameterTable => TableOfParameters;

    public static int InputLength => Description.InputLength;

    public static int OutputLength => Description.OutputLength;

    public static int TargetLength => Description.TargetLength;

    public static int BatchSize => 6;

    public static int PhaseCount => 2;

    public NetworkWeights Weights { get; }

    public ReadOnlySpan<float> Parameters => Weights.Trainable;

    public Span<float> Gradients => _gradients;

    public bool DropoutEnabled { get; set; } = true;

    public bool CumulativeStatistics { get; set; }

    public static HandWrittenNetwork Create(ulong seed) => new(new NetworkWeights(TableOfParameters, seed));

    public static void CheckBatch(in Batch batch) => ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, BatchSize);

    public HandWrittenNetwork ShareWeights() => new(Weights);

    public void ForwardRaw(ReadOnlySpan<float> input, Span<float> output) => Forward(input, output);

    public void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count) => ForwardBatch(inputs, outputs, count);

    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        Sample(input, _hidden, output);
        if (Fault == Fault.Forward)
            output[1] *= 1.001f;
        if (Fault == Fault.NotANumber)
            output[0] = float.NaN;
    }

    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        for (var sample = 0; sample < count; sample++)
            Sample(inputs.Slice(sample * 3, 3), _hidden, outputs.Slice(sample * 2, 2));
        if (Fault == Fault.OneSampleOfForwardBatch)
            outputs[^1] = outputs[0];
    }

    public ulong Seed => 0;

    public void Trace(ReadOnlySpan<float> input, ILayerTrace trace)
    {
        var output = new float[OutputLength];
        Forward(input, output);
        trace.Visit("dense1", output, new ValueLayout([OutputLength], false));
    }

    public void TraceStep(int count, IStepTrace trace) => NetworkGuard.ThrowValuesNotKept(Description.Name);

    public float EvaluateBatch(in Batch batch, Span<float> outputs)
    {
        RunPhase(0, 0, batch.Count, batch);
        _output.AsSpan(0, outputs.Length).CopyTo(outputs);
        return Sum(batch);
    }

    public float TrainBatch(in Batch batch)
    {
        for (var phase = 0; phase < PhaseCount; phase++)
            RunPhase(phase, 0, PhaseLength(phase, batch.Count), batch);
        if (Fault == Fault.PaddingOfParameters)
            Weights.Edit()[7] = 1e-9f;
        return BatchLoss(batch);
    }

    public int PhaseLength(int phase, int count) => phase == 0 ? count : 5;

    public float BatchLoss(in Batch batch) => Sum(batch) * (Fault == Fault.TrainingLoss ? 1.01f : 1);

    // Phase 0 runs over samples, phase 1 over hidden units.
    public void RunPhase(int phase, int begin, int end, in Batch batch)
    {
        for (var index = begin; index < end; index++)
        {
            if (phase == 0)
                Phase0(index, batch);
            else
                Phase1(index, batch);
        }

        if (phase == 1 && Fault == Fault.SplitPhases && end - begin < 5)
            _gradients[0] *= 1.0001f;
        if (phase == 1 && Fault == Fault.PaddingOfGradients)
            _gradients[15] = 1;
    }

    private static ParameterInfo Frozen(string name, ParameterKind kind, ImmutableArray<int> shape, int offset) =>
        new(name, "dense2", kind, shape, ParameterPacking.Rows, offset, Initializer.Zeros, Trainable: false);

    private static float WeightOf(in Batch batch, int sample) =>
        batch.SampleWeights.IsEmpty || Fault == Fault.SampleWeights ? 1 : batch.SampleWeights[sample];

    private static float ScaleOf(in Batch batch) => Fault == Fault.Scale ? 1f / batch.Count : batch.Scale;

    private float Sum(in Batch batch)
    {
        var sum = 0f;
        for (var sample = 0; sample < batch.Count; sample++)
            sum += WeightOf(batch, sample) * _losses[sample];
        return ScaleOf(batch) * sum;
    }

    private void Phase0(int sample, in Batch batch)
    {
        var output = _output.AsSpan(sample * 2, 2);
        Sample(batch.Inputs.Slice(sample * 3, 3), _hidden.AsSpan(sample * 5, 5), output);
        _losses[sample] = 0;
        for (var unit = 0; unit < 2; unit++)
        {
            var difference = output[unit] - batch.Targets[(sample * 2) + unit];
            _losses[sample] += difference * difference / 2;
        }
    }

    private void Phase1(int unit, in Batch batch)
    {
        var weights = Weights.Values;
        Span<float> sums = stackalloc float[4];
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var gradient = 0f;
            for (var output = 0; output < 2; output++)
            {
                var difference = _output[(sample * 2) + output] - batch.Targets[(sample * 2) + output];
                gradient += weights[64 + (output * 5) + unit] * difference;
            }

            var y = _hidden[(sample * 5) + unit];
            gradient *= (1 - (y * y)) * ScaleOf(batch) * WeightOf(batch, sample);
            for (var input = 0; input < 3; input++)
                sums[input] += gradient * batch.Inputs[(sample * 3) + input];
            sums[3] += gradient;
        }

        if (Fault == Fault.Gradient && unit == 4)
            sums[2] *= 1.01f;
        for (var input = 0; input < 4; input++)
        {
            ref var target = ref _gradients[(input * 16) + unit];
            target = sums[input] + (batch.Accumulate && Fault != Fault.Accumulate ? target : 0);
        }
    }

    private void Sample(ReadOnlySpan<float> input, Span<float> hidden, Span<float> output)
    {
        var weights = Weights.Values;
        for (var unit = 0; unit < 5; unit++)
        {
            var sum = weights[48 + unit];
            for (var index = 0; index < 3; index++)
                sum += weights[(index * 16) + unit] * input[index];
            hidden[unit] = MathF.Tanh(sum);
        }

        for (var unit = 0; unit < 2; unit++)
        {
            var sum = weights[80 + unit];
            for (var index = 0; index < 5; index++)
                sum += weights[64 + (unit * 5) + index] * hidden[index];
            output[unit] = sum;
        }
    }
}
