namespace StaticNet;

/// <summary>Receives what the layers of a network compute for a sample, while <see cref="ITrainableNetwork{TSelf}.Trace"/> runs
/// them.</summary>
public interface ILayerTrace
{
    /// <summary>
    /// Receives the values of a layer as soon as they are computed. A layer that costs nothing is not shown, nor is a flattened
    /// value that only dense layers read: it is stored like the pixels before it, and the weights follow that order.
    /// </summary>
    /// <param name="layer">The layer's name; the names of layers that are computed together are joined, <c>conv1 +
    /// activation1</c>.</param>
    /// <param name="values">All values of the sample, <see cref="ValueLayout.SampleLength"/> floats; for a sequence, those of
    /// each step, one after the other. Valid during the call.</param>
    /// <param name="layout">How they are stored there.</param>
    void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout);
}
