using StaticNet.Networks;
using StaticNet.Reference;

namespace StaticNet.Tests;

/// <summary>The shared networks are those that were published: their sizes say so.</summary>
public class PublishedNetworkTests
{
    /// <summary>The paper's figures, layer by layer; the output has the parameters of a dense layer in their place.</summary>
    [Fact]
    public void LeNet_5_of_1998_has_the_parameters_of_the_paper()
    {
        int[] counts = [.. ReferenceNetwork.Of(typeof(LeNet5Of1998)).Parameters
            .GroupBy(parameter => parameter.Name.Split('.')[0])
            .Select(layer => layer.Sum(parameter => parameter.Connected?.Count(there => there) ?? parameter.Length))];

        Assert.Equal([156, 12, 1516, 32, 48120, 10164, 850], counts);
        Assert.Equal(counts, LeNet5Of1998.Description.Layers.Where(layer => layer.Parameters > 0).Select(layer => (int)layer.Parameters));
        Assert.Equal(LeNet5Of1998.ParameterCount, counts.Sum());
    }

    /// <summary>The paper counts the connections of C1, C3 and C5 with one of a bias to each unit.</summary>
    [Fact]
    public void LeNet_5_of_1998_has_the_connections_of_the_paper()
    {
        var convolutions = LeNet5Of1998.Description.Layers.Where(layer => layer.Kind.StartsWith("Conv2D", StringComparison.Ordinal));

        Assert.Equal([122_304, 151_600, 48_120], convolutions.Select(layer => layer.MultiplyAdds + layer.OutputShape.Aggregate(1L, (product, size) => product * size)));
    }

    /// <summary>The counts that Keras gives for the reference implementation, running means and variances among them.</summary>
    [Theory]
    [InlineData(typeof(AdAutoencoder), 269_992)]
    [InlineData(typeof(DsCnn), 24_908)]
    [InlineData(typeof(ResNet8), 78_666)]
    [InlineData(typeof(MobileNetV1x025), 221_794)]
    public void The_networks_of_MLPerf_Tiny_have_the_parameters_of_the_reference_implementation(Type network, int expected)
    {
        var parameters = ReferenceNetwork.Of(network).Parameters
            .Where(parameter => !parameter.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal));

        Assert.Equal(expected, parameters.Sum(parameter => parameter.Length));
    }

    [Theory]
    [InlineData(typeof(LeNet5), 61_706)]
    [InlineData(typeof(Cnn32x64), 421_642)]
    [InlineData(typeof(SmallVgg), 288_746)]
    public void The_size_of_a_network_is_the_one_that_it_is_known_by(Type network, int expected)
    {
        var learned = ReferenceNetwork.Of(network).Parameters.Where(parameter => parameter.Trainable);

        Assert.Equal(expected, learned.Sum(parameter => parameter.Length));
    }

    [Theory]
    [InlineData(typeof(DsCnn), typeof(DsCnnTraining))]
    [InlineData(typeof(ResNet8), typeof(ResNet8Training))]
    [InlineData(typeof(MobileNetV1x025), typeof(MobileNetV1x025Training))]
    public void A_network_and_its_training_form_have_the_same_parameters(Type network, Type training) =>
        Assert.Equal(Table(network), Table(training));

    private static IEnumerable<string> Table(Type network) =>
        ReferenceNetwork.Of(network).Parameters.Select(parameter => $"{parameter.Name} {string.Join('×', parameter.Shape)}");
}
