using StaticNet.Networks.Golden.Layers;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Golden;

/// <summary>Convolution, pooling, normalisation and shaping layers against PyTorch.</summary>
public class LayerGoldenTests
{
    private const string Group = "Layers";

    public static TheoryData<Type> Networks => [.. Declared];

    private static IEnumerable<Type> Declared => typeof(Conv2DPlain).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Conv2DPlain).Namespace && type.IsDefined(typeof(NetworkAttribute), inherit: false));

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
        var report = GoldenComparison.Compare(network.Name, GeneratedNetwork.Of(network), 2e-5, Group);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_batch_is_so_near_to_a_kink_that_rounding_could_cross_it(Type network)
    {
        var golden = GoldenFile.Read(network.Name, Group);
        var reference = ReferenceNetwork.Of(network);

        Assert.True(reference.TrainingKinkDistance(golden.Parameters, golden.Batch) > 1e-5);
        Assert.All(golden.Inputs, input => Assert.True(reference.KinkDistance(golden.Parameters, input, null) > 1e-5));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Where_there_are_statistics_the_file_tells_how_steps_move_them(Type network)
    {
        var golden = GoldenFile.Read(network.Name, Group);
        var statistics = ReferenceNetwork.Of(network).Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic);

        Assert.All(statistics, statistic => Assert.Contains(statistic.Name, golden.After.Keys));
    }

    [Fact]
    public void Every_file_has_its_network()
    {
        var files = Directory.GetFiles(GoldenFile.Folder(Group)).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Declared.Select(type => type.Name).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }
}
