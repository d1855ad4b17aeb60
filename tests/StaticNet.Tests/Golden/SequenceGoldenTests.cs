using StaticNet.Networks.Golden.Sequences;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Golden;

/// <summary>Recurrent layers and causal convolutions against PyTorch, over whole sequences and as streams.</summary>
public class SequenceGoldenTests
{
    private const string Group = "Sequences";
    private const double Tolerance = 2e-5;

    public static TheoryData<Type> Networks => [.. Declared];

    private static IEnumerable<Type> Declared => typeof(StackedCells).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(StackedCells).Namespace && type.IsDefined(typeof(NetworkAttribute), inherit: false));

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_reference_agrees_with_PyTorch(Type network)
    {
        var report = GoldenComparison.Compare(network.Name, new InterpretedNetwork(ReferenceNetwork.Of(network)), 1e-7, Group);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_generated_network_agrees_with_PyTorch(Type network)
    {
        var report = GoldenComparison.Compare(network.Name, GeneratedNetwork.Of(network), Tolerance, Group);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    [Fact]
    public void Step_by_step_outputs_and_states_are_those_of_PyTorch()
    {
        CheckStream<StackedCells>(block: 1);
        CheckStream<WideCells>(block: 1);
        CheckStream<OneBias>(block: 1);
        CheckStream<CausalConvolutions>(block: 1);
        CheckStream<LearnedStates>(block: 1);
        CheckStream<Autoencoder>(block: 1);
        CheckStream<PooledSteps>(block: 1);
        CheckStream<Vocoder>(block: 1);
        CheckStream<NormalizedCells>(block: 1);
        CheckStream<ProjectedCells>(block: 1);
    }

    [Fact]
    public void Outputs_and_states_after_blocks_are_those_of_PyTorch()
    {
        foreach (var block in new[] { 2, 4, 7, 1_000 })
        {
            CheckStream<StackedCells>(block);
            CheckStream<WideCells>(block);
            CheckStream<OneBias>(block);
            CheckStream<CausalConvolutions>(block);
            CheckStream<LearnedStates>(block);
            CheckStream<Autoencoder>(block);
            CheckStream<PooledSteps>(block);
            CheckStream<Vocoder>(block);
            CheckStream<NormalizedCells>(block);
            CheckStream<ProjectedCells>(block);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_has_a_stream_in_its_file_if_it_only_looks_back(Type network)
    {
        var streams = network.GetInterfaces().Any(type => type.Name.StartsWith("IStreamingNetwork", StringComparison.Ordinal));

        Assert.Equal(streams, GoldenFile.Read(network.Name, Group).Stream is not null);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_batch_is_so_near_to_a_kink_that_rounding_could_cross_it(Type network)
    {
        var golden = GoldenFile.Read(network.Name, Group);

        Assert.True(ReferenceNetwork.Of(network).TrainingKinkDistance(golden.Parameters, golden.Batch) > 1e-5);
    }

    [Fact]
    public void Every_file_has_its_network()
    {
        var files = Directory.GetFiles(GoldenFile.Folder(Group)).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Declared.Select(type => type.Name).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    /// <summary>All samples of a file in a row are a stream, longer than the sequences that the network is declared with.</summary>
    private static void CheckStream<TNetwork>(int block)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var golden = GoldenFile.Read(typeof(TNetwork).Name, Group);
        var report = new ComparisonReport($"{typeof(TNetwork).Name} in blocks of {block}");
        var network = TNetwork.Create(1);
        GeneratedParameters.Pack(TNetwork.ParameterTable, golden.Parameters, network.Weights.Edit());
        var inputs = GeneratedParameters.Floats(golden.Inputs.SelectMany(input => input));
        var (given, made, steps) = (TNetwork.StreamInputLength, TNetwork.StreamOutputLength, inputs.Length / TNetwork.StreamInputLength);
        var (outputs, state) = (new float[steps * made], TNetwork.CreateState());

        for (var begin = 0; begin < steps; begin += block)
        {
            var count = Math.Min(block, steps - begin);
            var input = inputs.AsSpan(begin * given, count * given);
            var output = outputs.AsSpan(begin * made, count * made);
            if (block == 1)
                network.ForwardStep(state, input, output);
            else
                network.ForwardSteps(state, input, output);
        }

        report.Compare("outputs", golden.Stream!, GeneratedParameters.Doubles(outputs), Tolerance, 0);
        var kept = state.ToStateDict();
        foreach (var (name, expected) in golden.States)
            report.Compare(name, expected, GeneratedParameters.Doubles(kept[name].Values), Tolerance, 0);
        var recurrent = kept.Select(tensor => tensor.Name).Where(name => !name.StartsWith("causal", StringComparison.Ordinal));
        Assert.Equal(golden.States.Keys.Order(StringComparer.Ordinal), recurrent.Order(StringComparer.Ordinal));
        Assert.True(report.Passed, report.ToString());
    }
}
