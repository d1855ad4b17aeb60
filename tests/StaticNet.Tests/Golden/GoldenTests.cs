using StaticNet.Networks.Golden;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Golden;

public class GoldenTests
{
    public static TheoryData<Type> Networks => [.. Declared];

    private static IEnumerable<Type> Declared => typeof(Gate).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Gate).Namespace && type.IsDefined(typeof(NetworkAttribute), inherit: false));

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_reference_agrees_with_PyTorch(Type network)
    {
        var report = GoldenComparison.Compare(network.Name, new InterpretedNetwork(ReferenceNetwork.Of(network)), 1e-7);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_generated_network_agrees_with_PyTorch(Type network)
    {
        var report = GoldenComparison.Compare(network.Name, GeneratedNetwork.Of(network), 2e-5);

        Assert.True(report.Passed, report.ToString());
        Assert.NotEmpty(report.Tensors);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_sample_is_so_near_to_a_kink_that_rounding_could_cross_it(Type network)
    {
        var golden = GoldenFile.Read(network.Name);
        var reference = ReferenceNetwork.Of(network);
        var targets = golden.Trains ? golden.Batch.Targets : new double[]?[golden.Inputs.Length];

        Assert.All(
            golden.Inputs.Zip(targets),
            sample => Assert.True(reference.KinkDistance(golden.Parameters, sample.First, sample.Second) > 1e-5));
    }

    [Fact]
    public void Every_file_has_its_network()
    {
        var files = Directory.GetFiles(GoldenFile.Folder("")).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Declared.Select(type => type.Name).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }
}
