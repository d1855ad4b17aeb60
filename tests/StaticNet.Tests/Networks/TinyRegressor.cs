using StaticNet.Numerics;

namespace StaticNet.Tests.Networks;

/// <summary>Dense 2 → 1 and mean squared error, in plain loops; its bias is frozen.</summary>
internal sealed class TinyRegressor : ITrainableNetwork<TinyRegressor>
{
    private const int Inputs = 2;
    private const int Bias = Inputs * ParameterInfo.PanelWidth;

    private readonly AlignedBuffer _gradients = new(ParameterTable.TrainableLength);
    private float _loss;

    public TinyRegressor(ulong seed)
        : this(new NetworkWeights(ParameterTable, seed))
    {
    }

    private TinyRegressor(NetworkWeights weights) => Weights = weights;

    public static NetworkDescription Description { get; } = new(
        nameof(TinyRegressor),
        [new PortDescription("input", [Inputs], 0)],
        [new PortDescription("output", [1], 0)],
        [new LayerDescription("dense1", "Dense 1", [1], 3, 2)],
        [new LossDescription(LossKind.MeanSquaredError, "dense1", 1, 0, 1, 1, TargetIsIndex: false, OutputOffset: 0)],
        192,
        0);

    public static ParameterTable ParameterTable { get; } = new(
        new ParameterInfo("dense1.weight", "dense1", ParameterKind.Weight, [1, Inputs], ParameterPacking.Panels, 0, Initializer.GlorotUniform),
        new ParameterInfo("dense1.bias", "dense1", ParameterKind.Bias, [1], ParameterPacking.Rows, Bias, Initializer.Zeros, Trainable: false));

    public static int InputLength => Description.InputLength;

    public static int OutputLength => Description.OutputLength;

    public static int TargetLength => Description.TargetLength;

    public static int BatchSize => 32;

    public static int PhaseCount => 1;

    public NetworkWeights Weights { get; }

    public ReadOnlySpan<float> Parameters => Weights.Trainable;

    public Span<float> Gradients => _gradients.Span;

    public bool DropoutEnabled { get; set; } = true;

    public bool CumulativeStatistics { get; set; }

    public static TinyRegressor Create(ulong seed) => new(seed);

    public TinyRegressor ShareWeights() => new(Weights);

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

    public void ForwardRaw(ReadOnlySpan<float> input, Span<float> output) =>
        output[0] = (Weights.Values[0] * input[0]) + (Weights.Values[ParameterInfo.PanelWidth] * input[1]) + Weights.Values[Bias];

    public void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        for (var sample = 0; sample < count; sample++)
            ForwardRaw(inputs.Slice(sample * Inputs, Inputs), outputs.Slice(sample, 1));
    }

    public float TrainBatch(in Batch batch)
    {
        CheckBatch(batch);
        RunPhase(0, 0, 1, batch);
        return BatchLoss(batch);
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
        for (var sample = 0; sample < batch.Count; sample++)
            loss += (outputs[sample] - batch.Targets[sample]) * (outputs[sample] - batch.Targets[sample]);
        return loss * batch.Scale;
    }

    public int PhaseLength(int phase, int count) => 1;

    public void RunPhase(int phase, int begin, int end, in Batch batch)
    {
        if (!batch.Accumulate)
            _gradients.Span.Clear();
        _loss = 0;
        Span<float> output = stackalloc float[1];
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var input = batch.Inputs.Slice(sample * Inputs, Inputs);
            ForwardRaw(input, output);
            var error = output[0] - batch.Targets[sample];
            _loss += error * error;
            for (var index = 0; index < Inputs; index++)
                _gradients.Span[index * ParameterInfo.PanelWidth] += 2 * error * batch.Scale * input[index];
        }
    }

    public static void CheckBatch(in Batch batch)
    {
        if (batch.Count > BatchSize || batch.Inputs.Length != batch.Count * Inputs || batch.Targets.Length != batch.Count)
            throw new ArgumentException("The batch does not fit.");
    }

    public float BatchLoss(in Batch batch) => _loss * batch.Scale;
}
