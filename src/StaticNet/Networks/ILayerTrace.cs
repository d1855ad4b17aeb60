namespace StaticNet;

/// <summary>Sees what the layers of a network compute for a sample, as <see cref="ITrainableNetwork{TSelf}.Trace"/> runs them.</summary>
public interface ILayerTrace
{
    /// <summary>
    /// Sees the values of a layer as soon as they are computed. A layer that costs nothing is not shown, nor is a flattened value that
    /// only dense layers read: it stands as the pixels before it do, and their weights follow that order.
    /// </summary>
    /// <param name="layer">The layer's name; layers computed in one go are joined, <c>conv1 + activation1</c>.</param>
    /// <param name="values">All values of the sample, <see cref="ValueLayout.SampleLength"/> floats; of a sequence those of each step, one after the other. Valid during the call.</param>
    /// <param name="layout">How they stand there.</param>
    void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout);
}
