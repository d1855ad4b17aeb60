using StaticNet.Numerics;

namespace StaticNet.Tests.Networks;

/// <summary>Dense 2 → 3 and softmax cross-entropy on class indices, in plain loops: what a generated network offers, written by hand.</summary>
internal sealed class TinyClassifier : ITrainableNetwork<TinyClassifier>
{
    private const int Inputs = 2;
    private const int Classes = 3;
    private const int Bias = Inputs * ParameterInfo.PanelWidth;

    private readonly AlignedBuffer _gradients = new(ParameterTable.TrainableLength);
    private float _loss;

    public TinyClassifier(ulong seed)
        : this(new NetworkWeights(ParameterTable, seed))
    {
    }

    private TinyClassifier(NetworkWeights weights) => Weights = weights;

    public static NetworkDescription Description { get; } = new(
        nameof(TinyClassifier),
        [new PortDescription("input", [Inputs], 0)],
        [new PortDescription("output", [Classes], 0)],
        [new LayerDescription("dense1", "Dense 3", [Classes], 9, 6)],
        [new LossDescription(LossKind.SoftmaxCrossEntropy, "dense1", 1, 0, 1, Classes, TargetIsIndex: true, OutputOffset: 0)],
        192,
        0);

    public static ParameterTable ParameterTable { get; } = new(
        new ParameterInfo("dense1.weight", "dense1", ParameterKind.Weight, [Classes, Inputs], ParameterPacking.Panels, 0, Initializer.GlorotUniform),
        new ParameterInfo("dense1.bias", "dense1", ParameterKind.Bias, [Classes], ParameterPacking.Rows, Bias, Initializer.Zeros));

    public static int InputLength => Description.InputLength;

    public static int OutputLength => Description.OutputLength;

    public static int TargetLength => Description.TargetLength;

    public static int BatchSize => 16;

    public static int PhaseCount => 1;

    public NetworkWeights Weights { get; }

    public ReadOnlySpan<float> Parameters => Weights.Trainable;

    public Span<float> Gradients => _gradients.Span;

    public bool DropoutEnabled { get; set; } = true;

    public bool CumulativeStatistics { get; set; }

    /// <summary>The numbers of the first samples of the batches trained with, when somebody wants them.</summary>
    public List<ulong>? FirstSamples { get; set; }

    /// <summary>Whether dropout was enabled in the last training batch.</summary>
    public bool TrainedWithDropout { get; private set; }

    /// <summary>The training batch, from 0, that gives no finite loss; −1 for none.</summary>
    public int FailingBatch { get; set; } = -1;

    public static TinyClassifier Create(ulong seed) => new(seed);

    public TinyClassifier ShareWeights() => new(Weights);

    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        if (Weights.IsScaled)
            ScaledForward.Run(this, input, output);
        else
            ForwardRaw(input, output);
    }

    public void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        if (Weights.IsScaled)
            ScaledForward.RunBatch(this, inputs, outputs, count);
        else
            ForwardRawBatch(inputs, outputs, count);
    }

    public void ForwardRaw(ReadOnlySpan<float> input, Span<float> output)
    {
        for (var unit = 0; unit < Classes; unit++)
        {
            output[unit] = Weights.Values[Bias + unit];
            for (var index = 0; index < Inputs; index++)
                output[unit] += Weights.Values[(index * ParameterInfo.PanelWidth) + unit] * input[index];
        }
    }

    public void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        for (var sample = 0; sample < count; sample++)
            ForwardRaw(inputs.Slice(sample * Inputs, Inputs), outputs.Slice(sample * Classes, Classes));
    }

    public float TrainBatch(in Batch batch)
    {
        CheckBatch(batch);
        FirstSamples?.Add(batch.FirstSample);
        TrainedWithDropout = DropoutEnabled;
        RunPhase(0, 0, 1, batch);
        return FailingBatch-- == 0 ? float.NaN : BatchLoss(batch);
    }

    public ulong Seed => 0;

    public void Trace(ReadOnlySpan<float> input, ILayerTrace trace)
    {
        var output = new float[OutputLength];
        ForwardRaw(input, output);
        trace.Visit("dense1", output, new ValueLayout([OutputLength], false));
    }

    public void TraceStep(int count, IStepTrace trace) => NetworkGuard.ThrowValuesNotKept(Description.Name);

    public float EvaluateBatch(in Batch batch, Span<float> outputs)
    {
        CheckBatch(batch);
        ForwardRawBatch(batch.Inputs, outputs, batch.Count);
        var loss = 0f;
        Span<float> probabilities = stackalloc float[Classes];
        for (var sample = 0; sample < batch.Count; sample++)
            loss += Softmax(outputs.Slice(sample * Classes, Classes), (int)batch.Targets[sample], probabilities);
        return loss * batch.Scale;
    }

    public int PhaseLength(int phase, int count) => 1;

    public void RunPhase(int phase, int begin, int end, in Batch batch)
    {
        if (!batch.Accumulate)
            _gradients.Span.Clear();
        _loss = 0;
        Span<float> difference = stackalloc float[Classes];
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var input = batch.Inputs.Slice(sample * Inputs, Inputs);
            ForwardRaw(input, difference);
            var target = (int)batch.Targets[sample];
            var weight = batch.SampleWeights.IsEmpty ? 1 : batch.SampleWeights[sample];
            _loss += weight * Softmax(difference, target, difference);
            difference[target] -= 1;
            for (var unit = 0; unit < Classes; unit++)
            {
                var gradient = difference[unit] * batch.Scale * weight;
                _gradients.Span[Bias + unit] += gradient;
                for (var index = 0; index < Inputs; index++)
                    _gradients.Span[(index * ParameterInfo.PanelWidth) + unit] += gradient * input[index];
            }
        }
    }

    public static void CheckBatch(in Batch batch)
    {
        if (batch.Count > BatchSize || batch.Inputs.Length != batch.Count * Inputs || batch.Targets.Length != batch.Count)
            throw new ArgumentException("The batch does not fit.");
    }

    public float BatchLoss(in Batch batch) => _loss * batch.Scale;

    private static float Softmax(ReadOnlySpan<float> logits, int target, Span<float> probabilities)
    {
        var loss = -logits[target];
        var sum = 0f;
        for (var unit = 0; unit < Classes; unit++)
            sum += probabilities[unit] = MathF.Exp(logits[unit]);
        for (var unit = 0; unit < Classes; unit++)
            probabilities[unit] /= sum;
        return loss + MathF.Log(sum);
    }
}
