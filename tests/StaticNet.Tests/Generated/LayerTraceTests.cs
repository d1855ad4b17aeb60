using StaticNet.Networks;
using StaticNet.Networks.Golden.Layers;

namespace StaticNet.Tests.Generated;

/// <summary>Seeing what layers compute.</summary>
public class LayerTraceTests
{
    [Fact]
    public void Layers_are_seen_in_order_and_the_last_gives_the_output()
    {
        var network = LeNet5.Create(1);
        var input = Input();
        var trace = new Recorder();
        var output = new float[LeNet5.OutputLength];
        network.Forward(input, output);

        network.Trace(input, trace);

        Assert.Equal(["conv1", "averagePool1", "conv2", "averagePool2", "dense1", "dense2", "dense3"], trace.Layers.Select(layer => layer.Name).Distinct());
        Assert.Equal(output, trace.Layers[^1].Values[..LeNet5.OutputLength]);
        Assert.All(trace.Layers, layer => Assert.Equal(layer.Layout.SampleLength, layer.Values.Length));
        Assert.Equal([6, 28, 28], Enumerable.Range(0, 3).Select(trace.Layers.First(layer => layer.Name == "conv1").Layout.Size));
        Assert.All(trace.Layers, layer => Assert.Contains(layer.Values, value => value != 0));
    }

    [Fact]
    public void The_layer_where_a_number_is_lost_is_the_first_to_show_it()
    {
        var network = LeNet5.Create(1);
        Assert.True(LeNet5.ParameterTable.TryGet("conv2.weight", out var weight));
        network.Weights.Edit()[weight.Offset] = float.NaN;
        var trace = new Recorder();

        network.Trace(Input(), trace);

        Assert.Equal("conv2", trace.Layers.First(layer => layer.Values.Any(float.IsNaN)).Name);
    }

    [Fact]
    public void Of_norms_the_values_are_seen_and_not_the_moments()
    {
        CheckShapes<LayerNorms>();
        CheckShapes<GroupAndInstanceNorms>();
        CheckShapes<LocalResponseNorms>();
    }

    [Fact]
    public void An_input_of_another_length_is_refused() =>
        Assert.Contains("784", Assert.Throws<ArgumentException>(() => LeNet5.Create(1).Trace(new float[3], new Recorder())).Message, StringComparison.Ordinal);

    private static void CheckShapes<TNetwork>()
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var description = TNetwork.Description;
        var trace = new Recorder();

        TNetwork.Create(1).Trace(Enumerable.Range(0, description.InputLength).Select(i => MathF.Sin(i)).ToArray(), trace);

        Assert.NotEmpty(trace.Layers);
        Assert.All(trace.Layers, seen =>
        {
            var layer = description.Layers.Single(layer => seen.Name.Split(" + ")[^1] == layer.Name);
            Assert.Equal(layer.OutputShape.Aggregate(1, (product, size) => product * size), Enumerable.Range(0, seen.Layout.Rank).Aggregate(1, (product, axis) => product * seen.Layout.Size(axis)));
        });
    }

    private static float[] Input()
    {
        var random = new Random(1);
        var input = new float[LeNet5.InputLength];
        foreach (ref var value in input.AsSpan())
            value = random.NextSingle();
        return input;
    }

    private sealed class Recorder : ILayerTrace
    {
        public List<(string Name, float[] Values, ValueLayout Layout)> Layers { get; } = [];

        public void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout) => Layers.Add((layer, values.ToArray(), layout));
    }
}
