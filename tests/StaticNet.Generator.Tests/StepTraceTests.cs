using StaticNet.Data;
using StaticNet.Numerics;
using StaticNet.Optimizers;
using StaticNet.Reference.Comparison;
using StaticNet.Reference.Sampling;
using StaticNet.Training;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Seeing each layer's outputs and their gradients after a training step.</summary>
public class StepTraceTests(ITestOutputHelper output)
{
    private const string Keep = "[Training(BatchSize = 6, KeepValues = true)]";

    private const string Dense = "[Input(5)][Dense(20, Activation = Activation.Tanh)][Dropout(0.5)][Dense(7, Activation = Activation.GELU)][Dense(3)][SoftmaxCrossEntropyLoss]";

    private const string Convolutional =
        "[Input(3, 9, 9)][Conv2D(18, Padding = 1)][BatchNorm(Activation = Activation.ReLU)][MaxPool2D(2)][SpatialDropout(0.3)][Conv2D(5)][GlobalAveragePool][Dense(4)][MeanSquaredErrorLoss]";

    private const string Planes = "[Input(1, 28, 28)][Conv2D(6, Kernel = 5, Activation = Activation.Tanh)][MaxPool2D(2)][Flatten][Dense(10)][SoftmaxCrossEntropyLoss]";

    [Theory]
    [InlineData("dense", Dense, "dense1 dropout1 dense2 dense3")]
    [InlineData("convolutions", Convolutional, "conv1 batchNorm1 maxPool1 spatialDropout1 conv2 globalAveragePool1 dense1")]
    [InlineData("planes", Planes, "conv1 maxPool1 dense1")]
    [InlineData(
        "branches",
        "[Input(4, 6)][Conv1D(8, Padding = 1, Name = \"a\")][Conv1D(8, Padding = 1)][Add(\"a\")][Activation(Activation.SiLU)][LayerNorm][Flatten][Dense(4)][MeanSquaredErrorLoss]",
        "a conv2 add1 activation1 layerNorm1 dense1")]
    [InlineData(
        "sequences",
        "[Input(4, Steps = 5)][Dense(6, Activation = Activation.Tanh, Name = \"now\")][Delay(2, Name = \"old\")][Concat(\"now\")][Dense(3)][MeanSquaredErrorLoss]",
        "now old concat1 dense2")]
    public void Every_layer_shows_the_outputs_and_gradients_of_the_reference(string case_, string layers, string names)
    {
        var network = Network(layers);

        var report = StepTraceComparison.Compare(network, seed: 1);

        Assert.True(report.Passed, $"{case_}: {report}");
        var shown = Of(network, 6);
        string[] expected = names.Split(' ');
        Assert.Equal(expected.SelectMany(name => new[] { (name, StepValue.Output), (name, StepValue.OutputGradient) }), shown.All.Keys);
    }

    [Theory]
    [InlineData(false, 0, 50)]
    [InlineData(true, 0, 50)]
    public void Random_networks_show_the_values_of_the_reference(bool hasPixels, int firstSeed, int count)
    {
        var drawn = Enumerable.Range(firstSeed, count).Select(seed => hasPixels ? RandomNetworks.Spatial(seed) : RandomNetworks.Valid(seed)).Where(network => network.Trains);
        var sources = drawn.Select(network => Keeping(network.Source)).ToArray();
        var reports = CompiledNetworks.Load(CompiledNetworks.Compile(sources)).AsParallel().AsOrdered().Select(type => StepTraceComparison.Compare(type, seed: 1)).ToArray();

        Assert.NotEmpty(reports);
        output.WriteLine($"{reports.Length} networks, {reports.Sum(report => report.Tensors.Count)} tensors");
        Assert.All(reports, report => Assert.True(report.Passed, report.ToString()));
    }

    [Fact]
    public void Layouts_tell_planes_and_channels_last()
    {
        var planes = Of(Network(Planes), 2).Layouts[("conv1", StepValue.Output)];
        var pixels = Of(Network(Convolutional), 2).Layouts[("conv1", StepValue.OutputGradient)];

        Assert.Equal(new ValueLayout([6, 24, 24], isChannelsLast: false), planes);
        Assert.Equal(6 * 24 * 32, planes.SampleLength);
        Assert.Equal(new ValueLayout([18, 9, 9], isChannelsLast: true), pixels);
        Assert.Equal(9 * 9 * 32, pixels.SampleLength);
    }

    [Fact]
    public void A_sigmoid_before_its_cross_entropy_is_shown_without_a_gradient()
    {
        var network = Network("[Input(4)][Dense(3, Activation = Activation.Sigmoid)][BinaryCrossEntropyLoss]");

        Assert.True(StepTraceComparison.Compare(network, seed: 1) is { Passed: true });
        Assert.Equal([("dense1", StepValue.Output)], Of(network, 1).All.Keys);
    }

    [Fact]
    public void Frozen_layers_at_the_start_have_no_gradient_and_layers_without_a_loss_are_not_shown()
    {
        var network = Network("[Input(4)][Dense(3, Trainable = false)][Dense(3, Name = \"head\")][Dense(2)][MeanSquaredErrorLoss(From = \"head\")]");

        Assert.Equal([("dense1", StepValue.Output), ("head", StepValue.Output), ("head", StepValue.OutputGradient)], Of(network, 1).All.Keys);
    }

    [Theory]
    [InlineData(Dense)]
    [InlineData(Convolutional)]
    [InlineData(Planes)]
    public void Keeping_values_changes_no_bit_of_the_training(string layers)
    {
        Assert.Equal(Call<float[]>(nameof(TrainedWeights), Network(layers, "[Training(BatchSize = 6)]")), Call<float[]>(nameof(TrainedWeights), Network(layers)));
    }

    [Theory]
    [InlineData(Dense)]
    [InlineData(Convolutional)]
    public void A_visit_allocates_nothing(string layers) => Assert.Equal(0, Call<long>(nameof(BytesOfVisits), Network(layers)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_callback_reads_the_mean_activation_of_a_layer_during_fit_without_allocation(int threads) =>
        Assert.True(Call<bool>(nameof(CheckCallback), Network(Dense), threads));

    [Fact]
    public void Without_kept_values_the_argument_that_asks_for_them_is_named()
    {
        var network = Network(Dense, "[Training(BatchSize = 6)]");

        var exception = Assert.Throws<InvalidOperationException>(() => Of(network, 1));

        Assert.Contains("Net keeps no values", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[Training(KeepValues = true)]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_or_a_trace_that_does_not_fit_is_refused() => Assert.True(Call<bool>(nameof(CheckArguments), Network(Dense)));

    [Fact]
    public void Kept_values_count_for_the_limit_of_activations()
    {
        // Two values of 2²⁰ floats a sample, of which one is computed in the place of the other unless both are kept, with their gradients.
        const string layers = "[Input(4096, 256)][Dense(256)][Activation(Activation.Tanh)][MeanSquaredErrorLoss]";

        Assert.Empty(Run(layers, "[Training(BatchSize = 256)]").Diagnostics);
        Assert.Empty(Run(layers, "[Training(BatchSize = 64, KeepValues = true)]").Diagnostics);
        Assert.Equal("SN0020", Assert.Single(Run(layers, "[Training(BatchSize = 65, KeepValues = true)]").Diagnostics).Id);
    }

    private static GeneratorRun Run(string layers, string training) => GeneratorHarness.Run($"using StaticNet; [Network]{layers}{training} partial class Net;");

    private static Type Network(string layers, string training = Keep) =>
        Assert.Single(CompiledNetworks.Load(CompiledNetworks.Compile([$"using StaticNet; [Network]{layers}{training} public sealed partial class Net;"])));

    private static string Keeping(string source)
    {
        var keeping = source
            .Replace("StaticNet.Training(", "StaticNet.Training(KeepValues = true, ", StringComparison.Ordinal)
            .Replace("StaticNet.Training]", "StaticNet.Training(KeepValues = true)]", StringComparison.Ordinal);
        Assert.NotEqual(source, keeping);
        return keeping;
    }

    private static T Call<T>(string method, Type network, params object[] arguments) => (T)typeof(StepTraceTests)
        .GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .MakeGenericMethod(network)
        .Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;

    private static StepValues Of(Type network, int count) => Call<StepValues>(nameof(Shown), network, count);

    private static StepValues Shown<TNetwork>(int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        network.TrainBatch(Samples<TNetwork>(count).Batch);
        return StepValues.Of(network, count);
    }

    private static float[] TrainedWeights<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var optimizer = new Sgd(0.1f);
        optimizer.Attach(network.Weights);
        for (var step = 0; step < 3; step++)
        {
            network.TrainBatch(Samples<TNetwork>(6).Batch);
            optimizer.Step(network.Weights, network.Gradients);
        }

        return [.. network.Weights.Values];
    }

    private static long BytesOfVisits<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        network.TrainBatch(Samples<TNetwork>(6).Batch);
        var mean = new Mean("dense1");
        network.TraceStep(6, mean);

        // The least, because the runtime itself may allocate when it replaces a running loop by its optimised form.
        var bytes = long.MaxValue;
        for (var visit = 0; visit < 20; visit++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            network.TraceStep(6, mean);
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.NotEqual(0, mean.Value);
        return bytes;
    }

    private static bool CheckArguments<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var trace = new StepValues();

        Assert.Throws<ArgumentOutOfRangeException>("count", () => network.TraceStep(0, trace));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => network.TraceStep(7, trace));
        Assert.Throws<ArgumentNullException>("trace", () => network.TraceStep(1, null!));
        return trace.All.Count == 0;
    }

    private static bool CheckCallback<TNetwork>(int threads)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var samples = Samples<TNetwork>(6);
        var network = TNetwork.Create(1);
        // The first batch is the whole of the data, in another order perhaps, of which the mean knows nothing.
        var means = new Means();
        var options = new TrainerOptions { Callbacks = [means], Threads = threads };
        new Trainer<TNetwork>(network, new Sgd(0.1f), options).Fit(new DataSet(TNetwork.InputLength, TNetwork.TargetLength, samples.Inputs, samples.Targets), epochs: 5);

        var expected = TNetwork.Create(1);
        expected.TrainBatch(samples.Batch);
        var first = StepValues.Of(expected, 6).All[("dense1", StepValue.Output)].SelectMany(sample => sample).Average();
        Assert.Equal(5, means.Steps);
        Assert.Equal(first, means.First, 1e-6);
        Assert.NotEqual(means.First, means.Last);
        Assert.Equal(means.Last, means.LastAtBatchEnd);
        Assert.Equal(0, means.Bytes);
        Assert.Contains(nameof(TrainingCallback.OnBatchEnd), means.TooEarly, StringComparison.Ordinal);
        Assert.Contains(nameof(TrainingCallback.OnBatchEnd), means.TooLate, StringComparison.Ordinal);
        return true;
    }

    private static StepSamples Samples<TNetwork>(int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var random = new Random(1);
        var loss = TNetwork.Description.Losses[0];
        return new StepSamples(
            [.. Enumerable.Range(0, count * TNetwork.InputLength).Select(_ => random.NextSingle())],
            [.. Enumerable.Range(0, count * TNetwork.TargetLength).Select(_ => loss.TargetIsIndex ? random.Next(loss.OutputLength) : random.NextSingle())],
            count);
    }

    private sealed record StepSamples(float[] Inputs, float[] Targets, int Count)
    {
        public Batch Batch => new(Inputs, Targets, Count);
    }

    /// <summary>The mean output of one layer.</summary>
    private sealed class Mean(string name) : IStepTrace
    {
        public double Value { get; private set; }

        public void Visit(string layer, StepValue kind, ReadOnlySpan<float> values, ValueLayout layout)
        {
            if (layer != name || kind != StepValue.Output)
                return;
            var sum = 0.0;
            for (var row = 0; row < values.Length; row += layout.RowStride)
            {
                foreach (var value in values.Slice(row, layout.RowLength))
                    sum += value;
            }

            Value = sum / (values.Length / layout.SampleLength * layout.Length);
        }
    }

    private sealed class Means : TrainingCallback
    {
        private readonly Mean _mean = new("dense1");

        public int Steps { get; private set; }

        public double First { get; private set; }

        public double Last { get; private set; }

        public double LastAtBatchEnd { get; private set; }

        /// <summary>What a visit allocates: the least of all, as above.</summary>
        public long Bytes { get; private set; } = long.MaxValue;

        public string TooEarly { get; private set; } = "";

        public string TooLate { get; private set; } = "";

        public override void OnBatchBegin(TrainingContext context) =>
            TooEarly = Assert.Throws<InvalidOperationException>(() => context.TraceStep(_mean)).Message;

        public override void OnStepBegin(TrainingContext context)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            context.TraceStep(_mean);
            Bytes = Math.Min(Bytes, GC.GetAllocatedBytesForCurrentThread() - before);
            Last = _mean.Value;
            First = Steps++ == 0 ? Last : First;
        }

        public override void OnBatchEnd(TrainingContext context)
        {
            context.TraceStep(_mean);
            LastAtBatchEnd = _mean.Value;
        }

        public override void OnEpochEnd(TrainingContext context) =>
            TooLate = Assert.Throws<InvalidOperationException>(() => context.TraceStep(_mean)).Message;
    }
}
