using StaticNet.Numerics;

namespace StaticNet.Tests.Reference;

/// <summary>What is wrong with a <see cref="HandWrittenNorm"/>.</summary>
public enum NormFault
{
    None,
    BiasedVariance,
    NoMove,
    RunningInTraining,
    MoveInEachPart,
    Stale,
    Kind,
}

/// <summary>Batch normalisation of two features, written by hand, with every fault on demand.</summary>
[Input(2)]
[BatchNorm(Momentum = 0.25f)]
[HalfSquaredErrorLoss(Reduction = Reduction.Sum)]
[Training(BatchSize = 5)]
public sealed class HandWrittenNorm : ITrainableNetwork<HandWrittenNorm>
{
    private const int Weight = 0;
    private const int Bias = 16;
    private const int Mean = 32;
    private const int Variance = 48;
    private const int Batches = 64;

    private readonly float[] _normalized = new float[5 * 2];
    private readonly float[] _gradients = new float[32];
    private float[]? _stale;

    private HandWrittenNorm(NetworkWeights weights) => Weights = weights;

    /// <summary>The fault of every network of this thread.</summary>
    [field: ThreadStatic]
    public static NormFault Fault { get; set; }

    public static NetworkDescription Description { get; } = new(
        nameof(HandWrittenNorm),
        [new PortDescription("input", [2], 0)],
        [new PortDescription("output", [2], 0)],
        [new LayerDescription("batchNorm1", "BatchNorm", [2], 4, 2)],
        [new LossDescription(LossKind.HalfSquaredError, "batchNorm1", 1, 0, 2, 2, TargetIsIndex: false, OutputOffset: 0)],
        0,
        0);

    public static ParameterTable ParameterTable => new(
        Row("weight", ParameterKind.Gain, 2, Weight, trainable: true),
        Row("bias", ParameterKind.Bias, 2, Bias, trainable: true),
        Row("running_mean", Fault == NormFault.Kind ? ParameterKind.Bias : ParameterKind.Statistic, 2, Mean, trainable: false),
        Row("running_var", ParameterKind.Statistic, 2, Variance, trainable: false),
        Row("num_batches_tracked", ParameterKind.Statistic, 1, Batches, trainable: false));

    public static int InputLength => 2;

    public static int OutputLength => 2;

    public static int TargetLength => 2;

    public static int BatchSize => 5;

    public static int PhaseCount => 1;

    public NetworkWeights Weights { get; }

    public ReadOnlySpan<float> Parameters => Weights.Trainable;

    public Span<float> Gradients => _gradients;

    public bool DropoutEnabled { get; set; }

    public bool CumulativeStatistics { get; set; }

    public static HandWrittenNorm Create(ulong seed) => new(new NetworkWeights(ParameterTable, seed));

    public static void CheckBatch(in Batch batch) => ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, BatchSize);

    public HandWrittenNorm ShareWeights() => new(Weights);

    public void ForwardRaw(ReadOnlySpan<float> input, Span<float> output) => Forward(input, output);

    public void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count) => ForwardBatch(inputs, outputs, count);

    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        for (var feature = 0; feature < 2; feature++)
            output[feature] = Output(feature, Normalized(input[feature], Running(Mean, feature), Running(Variance, feature)));
    }

    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        for (var sample = 0; sample < count; sample++)
            Forward(inputs.Slice(2 * sample, 2), outputs.Slice(2 * sample, 2));
    }

    public ulong Seed => 0;

    public void Trace(ReadOnlySpan<float> input, ILayerTrace trace)
    {
        var output = new float[OutputLength];
        Forward(input, output);
        trace.Visit("batchNorm1", output, new ValueLayout([OutputLength], false));
    }

    public void TraceStep(int count, IStepTrace trace) => NetworkGuard.ThrowValuesNotKept(Description.Name);

    public float EvaluateBatch(in Batch batch, Span<float> outputs)
    {
        ForwardBatch(batch.Inputs, outputs, batch.Count);
        var loss = 0f;
        for (var index = 0; index < 2 * batch.Count; index++)
            loss += WeightOf(batch, index / 2) * Square(outputs[index] - batch.Targets[index]) / 2;
        return batch.Scale * loss;
    }

    public float TrainBatch(in Batch batch)
    {
        _stale = Fault == NormFault.Stale ? Weights.Values.ToArray() : null;
        RunPhase(0, 0, 2, batch);
        return BatchLoss(batch);
    }

    public int PhaseLength(int phase, int count) => 2;

    public float BatchLoss(in Batch batch)
    {
        var loss = 0f;
        for (var index = 0; index < 2 * batch.Count; index++)
            loss += WeightOf(batch, index / 2) * Square(Output(index % 2, _normalized[index]) - batch.Targets[index]) / 2;
        return batch.Scale * loss;
    }

    // The one phase runs over features.
    public void RunPhase(int phase, int begin, int end, in Batch batch)
    {
        for (var feature = begin; feature < end; feature++)
            Feature(feature, batch);
        if ((begin == 0 || Fault == NormFault.MoveInEachPart) && Moves(batch))
            Weights.Edit()[Batches]++;
    }

    private static ParameterInfo Row(string name, ParameterKind kind, int length, int offset, bool trainable) => new(
        "batchNorm1." + name, "batchNorm1", kind, [length], ParameterPacking.Rows, offset, Initializer.Zeros, Trainable: trainable);

    private static float Square(float value) => value * value;

    private static float Normalized(float value, float mean, float variance) => (value - mean) / MathF.Sqrt(variance + 1e-5f);

    private static float WeightOf(in Batch batch, int sample) => batch.SampleWeights.IsEmpty ? 1 : batch.SampleWeights[sample];

    private float At(int parameter, int feature) => Weights.Values[parameter + feature];

    private float Running(int parameter, int feature) => _stale is null ? At(parameter, feature) : _stale[parameter + feature];

    private float Output(int feature, float normalized) => (At(Weight, feature) * normalized) + At(Bias, feature);

    private void Feature(int feature, in Batch batch)
    {
        var (mean, variance) = (0f, 0f);
        for (var sample = 0; sample < batch.Count; sample++)
            mean += batch.Inputs[(2 * sample) + feature] / batch.Count;
        for (var sample = 0; sample < batch.Count; sample++)
            variance += Square(batch.Inputs[(2 * sample) + feature] - mean) / batch.Count;
        if (Fault == NormFault.RunningInTraining)
            (mean, variance) = (At(Mean, feature), At(Variance, feature));

        var (weightGradient, biasGradient) = (0f, 0f);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var index = (2 * sample) + feature;
            _normalized[index] = Normalized(batch.Inputs[index], mean, variance);
            var gradient = batch.Scale * WeightOf(batch, sample) * (Output(feature, _normalized[index]) - batch.Targets[index]);
            weightGradient += gradient * _normalized[index];
            biasGradient += gradient;
        }

        Store(Weight + feature, weightGradient, batch);
        Store(Bias + feature, biasGradient, batch);
        if (Moves(batch))
            Move(feature, mean, variance, batch.Count);
    }

    private void Store(int index, float gradient, in Batch batch) =>
        _gradients[index] = gradient + (batch.Accumulate ? _gradients[index] : 0);

    // One sample has no variance, and moves nothing.
    private static bool Moves(in Batch batch) => Fault != NormFault.NoMove && batch.Count > 1;

    private void Move(int feature, float mean, float variance, int count)
    {
        var unbiased = Fault == NormFault.BiasedVariance ? variance : variance * count / (count - 1);
        Weights.Edit()[Mean + feature] += 0.25f * (mean - At(Mean, feature));
        Weights.Edit()[Variance + feature] += 0.25f * (unbiased - At(Variance, feature));
    }
}
