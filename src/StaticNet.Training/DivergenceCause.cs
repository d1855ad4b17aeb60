using System.Numerics.Tensors;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Where the first number that is not finite is found after a loss that is not.</summary>
/// <param name="Message">A sentence for the user.</param>
/// <param name="Layer">The layer, where one is the cause.</param>
internal sealed record DivergenceCause(string Message, string? Layer)
{
    private const string Advice = "A lower learning rate, clipped gradients or scaled inputs may help.";

    /// <summary>Looks where a loss comes from, in that order: the batch, the parameters, what the layers compute, the gradients.</summary>
    public static DivergenceCause Find<TNetwork>(TNetwork network, in DataBatch batch, BatchLoader loader)
        where TNetwork : class, ITrainableNetwork<TNetwork> =>
        InBatch("input", batch.Inputs, batch, loader, network.Weights.Schema)
        ?? InBatch("target", batch.Targets, batch, loader, null)
        ?? InParameters(network.Weights)
        ?? InLayers(network, batch, loader)
        ?? InGradients(network.Weights.Table, network.Gradients)
        ?? new DivergenceCause($"Batch, parameters, layers and gradients are finite: the output or the loss itself went beyond the range of a float. {Advice}", null);

    private static DivergenceCause? InBatch(
        string what, ReadOnlySpan<float> values, in DataBatch batch, BatchLoader loader, TableSchema? schema)
    {
        if (FirstNotFinite(values) is not (>= 0 and var index))
            return null;
        var length = values.Length / batch.Count;
        return new DivergenceCause($"The {what} of {loader.PlaceOf(batch.SampleNumbers[index / length])} has {values[index]} at {NumberPlace.Of(index % length, schema)}.", null);
    }

    /// <summary>The first parameter that is not finite; null where all are.</summary>
    public static DivergenceCause? InParameters(NetworkWeights weights)
    {
        foreach (var parameter in weights.Table.Parameters)
        {
            if (FirstNotFinite(weights.Values.Slice(parameter.Offset, parameter.PackedLength)) >= 0)
                return new DivergenceCause($"The parameters of layer {parameter.Layer} ({parameter.Name}) are not finite. {Advice}", parameter.Layer);
        }

        return null;
    }

    private static DivergenceCause? InLayers<TNetwork>(TNetwork network, in DataBatch batch, BatchLoader loader)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var trace = new FirstNotFiniteLayer();
        for (var sample = 0; sample < batch.Count; sample++)
        {
            network.Trace(batch.Inputs.Slice(sample * TNetwork.InputLength, TNetwork.InputLength), trace);
            if (trace.Layer is { } layer)
                return new DivergenceCause($"All parameters are finite; layer {layer} is the first that computes a number that is not, for {loader.PlaceOf(batch.SampleNumbers[sample])}. {Advice}", layer);
        }

        return null;
    }

    private static DivergenceCause? InGradients(ParameterTable table, ReadOnlySpan<float> gradients)
    {
        foreach (var parameter in table.Parameters)
        {
            if (parameter.Trainable && FirstNotFinite(gradients.Slice(parameter.Offset, parameter.PackedLength)) >= 0)
                return new DivergenceCause($"All parameters are finite; layer {parameter.Layer} is the first whose gradients ({parameter.Name}) are not. {Advice}", parameter.Layer);
        }

        return null;
    }

    /// <summary>Where the first number is that is not finite; −1 where all are.</summary>
    public static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        // A sum of magnitudes is finite only where all are; it can also overflow, and then the search below decides.
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
            return -1;
        for (var index = 0; index < values.Length; index++)
        {
            if (!float.IsFinite(values[index]))
                return index;
        }

        return -1;
    }

    private sealed class FirstNotFiniteLayer : ILayerTrace
    {
        public string? Layer { get; private set; }

        public void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout)
        {
            if (Layer is null && FirstNotFinite(values) >= 0)
                Layer = layer;
        }
    }
}
