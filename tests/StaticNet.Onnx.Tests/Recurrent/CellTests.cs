using StaticNet.Onnx.Schema;
using StaticNet.Onnx.Tests.Compiling;
using StaticNet.Onnx.Tests.Conformance;
using StaticNet.Serialization;

namespace StaticNet.Onnx.Tests.Recurrent;

/// <summary>Recurrent layers, declared by hand, compute what ONNX defines.</summary>
public class CellTests
{
    private const int Samples = 2;

    private static readonly (string, object) ReLUs = ("activations", new[] { "Relu", "Relu" });
    private static readonly (string, object) BothWays = ("direction", "bidirectional");
    private static readonly (string, object) Reverse = ("direction", "reverse");
    private static readonly (string, object) ResetAfter = ("linear_before_reset", 1);

    [Fact]
    public void Whole_sequences_are_those_of_ONNX_Runtime()
    {
        CheckSequences<PlainCells>("RNN");
        CheckSequences<PlainCellsBothWays>("RNN", BothWays, ReLUs);
        CheckSequences<ResetAfterCells>("GRU", ResetAfter);
        CheckSequences<ResetBeforeCells>("GRU");
        CheckSequences<ResetBeforeCellsBothWays>("GRU", BothWays);
        CheckSequences<MemoryCells>("LSTM");
        CheckSequences<PeepholeCells>("LSTM");
        CheckSequences<PeepholeCellsInReverse>("LSTM", Reverse);
        CheckSequences<PeepholeCellsBothWays>("LSTM", BothWays);
    }

    [Fact]
    public void Streams_that_begin_with_given_states_end_with_those_of_ONNX_Runtime()
    {
        CheckStream<PlainCells>("RNN");
        CheckStream<ResetAfterCells>("GRU", ResetAfter);
        CheckStream<ResetBeforeCells>("GRU");
        CheckStream<MemoryCells>("LSTM");
        CheckStream<PeepholeCells>("LSTM");
    }

    [ConformanceFact]
    public void First_steps_are_those_of_the_ONNX_projects_cases()
    {
        CheckCase<RnnWithInitialBias>("test_simple_rnn_with_initial_bias", "RNN");
        CheckCase<RnnBatchwise>("test_simple_rnn_batchwise", "RNN");
        CheckCase<GruDefaults>("test_gru_defaults", "GRU");
        CheckCase<GruBatchwise>("test_gru_batchwise", "GRU");
        CheckCase<LstmDefaults>("test_lstm_defaults", "LSTM");
        CheckCase<LstmBatchwise>("test_lstm_batchwise", "LSTM");
        CheckCase<LstmWithInitialBias>("test_lstm_with_initial_bias", "LSTM");
        CheckCase<LstmWithPeepholes>("test_lstm_with_peepholes", "LSTM");
    }

    private static void CheckSequences<TNetwork>(string operation, params (string, object)[] attributes)
        where TNetwork : class, INetwork<TNetwork>
    {
        var (reference, inputs) = Reference<TNetwork>(operation, attributes);
        using var _ = reference;
        foreach (var state in inputs.Keys.Where(name => name.StartsWith("initial", StringComparison.Ordinal)))
            Array.Clear(inputs[state]);
        var expected = reference.Run(inputs, ["Y"])[0];
        var network = Network<TNetwork>(operation, inputs);
        for (var sample = 0; sample < Samples; sample++)
        {
            var outputs = new float[TNetwork.OutputLength];
            network.Forward(OfSample(inputs["X"], sample, TNetwork.Description.Steps), outputs);
            // [steps, directions, samples, units]
            var directions = outputs.Length / TNetwork.Description.Steps / Units<TNetwork>();
            AssertClose<TNetwork>(OfSample(expected, sample, TNetwork.Description.Steps * directions), outputs);
        }
    }

    private static void CheckStream<TNetwork>(string operation, params (string, object)[] attributes)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var (reference, inputs) = Reference<TNetwork>(operation, attributes);
        using var _ = reference;
        var (expected, kept) = operation == "LSTM"
            ? (reference.Run(inputs, ["Y", "Y_h", "Y_c"]), new[] { "hidden", "cell" })
            : (reference.Run(inputs, ["Y", "Y_h"]), ["hidden"]);
        var network = Network<TNetwork>(operation, inputs);
        var layer = TNetwork.StateTable.States[0].Name.Split('.')[0];
        for (var sample = 0; sample < Samples; sample++)
        {
            var initial = new StateDict();
            foreach (var (kind, input) in kept.Zip(["initial_h", "initial_c"]))
                initial.Add($"{layer}.{kind}", [1, Units<TNetwork>()], OfSample(inputs[input], sample, 1));
            var state = TNetwork.CreateState();
            state.LoadStateDict(initial);

            var outputs = new float[TNetwork.OutputLength];
            network.ForwardSteps(state, OfSample(inputs["X"], sample, TNetwork.Steps), outputs);
            AssertClose<TNetwork>(OfSample(expected[0], sample, TNetwork.Steps), outputs);
            foreach (var (kind, final) in kept.Zip(expected[1..]))
                AssertClose<TNetwork>(OfSample(final, sample, 1), state.ToStateDict()[$"{layer}.{kind}"].Values.ToArray());
        }
    }

    private static void CheckCase<TNetwork>(string name, string operation)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var folder = Directory.EnumerateDirectories(ConformanceFactAttribute.Folder!, name, SearchOption.AllDirectories).Single();
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        var inputs = model.Graph.Input.Select((input, index) => (input.Name, Values: Tensor($"input_{index}.pb"))).ToDictionary(input => input.Name, input => input.Values);
        var expected = Tensor("output_0.pb");
        var network = Network<TNetwork>(operation, inputs);
        var (given, made) = (TNetwork.StepInputLength, TNetwork.StepOutputLength);
        for (var sample = 0; sample < inputs["X"].Length / given; sample++)
        {
            var input = inputs["X"].AsSpan(sample * given, given);
            var (sequence, outputs, step) = (new float[TNetwork.InputLength], new float[TNetwork.OutputLength], new float[made]);
            input.CopyTo(sequence);
            network.Forward(sequence, outputs);
            network.ForwardStep(TNetwork.CreateState(), input, step);
            for (var unit = 0; unit < made; unit++)
            {
                var value = (double)expected[(sample * made) + unit];
                Assert.Equal(value, outputs[unit], 1e-7 + (1e-3 * Math.Abs(value)));
                Assert.Equal(value, step[unit], 1e-7 + (1e-3 * Math.Abs(value)));
            }
        }

        Assert.Equal(expected.Length, inputs["X"].Length / given * made);

        float[] Tensor(string file) => OnnxImporter.ReadTensor(File.ReadAllBytes(Path.Combine(folder, "test_data_set_0", file)));
    }

    private static (OnnxReference Reference, Dictionary<string, float[]> Inputs) Reference<TNetwork>(string operation, (string, object)[] attributes)
        where TNetwork : class, INetwork<TNetwork>
    {
        var hasPeepholes = TNetwork.ParameterTable.Parameters.Any(parameter => parameter.Name.Contains("peephole", StringComparison.Ordinal));
        var description = TNetwork.Description;
        var reference = new OnnxReference(CellModel.Write(
            operation, description.Steps, Samples, description.InputLength / description.Steps, Units<TNetwork>(), hasPeepholes, attributes));
        return (reference, reference.Draw(seed: 5));
    }

    private static TNetwork Network<TNetwork>(string operation, Dictionary<string, float[]> inputs)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        network.LoadStateDict(CellParameters.Of<TNetwork>(operation, inputs));
        return network;
    }

    private static int Units<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable.Parameters.First(parameter => parameter.Name.EndsWith(".weight_hh", StringComparison.Ordinal)).Shape[1];

    /// <summary>The values of one sample in [groups, samples, values].</summary>
    private static float[] OfSample(float[] values, int sample, int groups)
    {
        var length = values.Length / groups / Samples;
        return [.. Enumerable.Range(0, groups).SelectMany(group => values.AsSpan(((group * Samples) + sample) * length, length).ToArray())];
    }

    private static void AssertClose<TNetwork>(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5f * largest, $"{typeof(TNetwork).Name}: {pair.Second} instead of {pair.First}"));
    }
}
