namespace StaticNet.Reference.Nodes;

/// <summary>By what recurrent dropout multiplies the hidden state of a sequence before the weights, at all of its steps.</summary>
internal static class RecurrentMask
{
    /// <summary>The factors: of a unit that is dropped 0, of others 1 / (1 − rate), or 1 where nothing is dropped.</summary>
    public static double[] Of(RecurrentLayerAttribute layer, string name, int units, int sample, Pass pass)
    {
        if (pass.Dropout is null || layer.RecurrentDropout == 0)
            return [.. Enumerable.Repeat(1.0, units)];
        return [.. pass.Dropout(name, sample, units).Select(isKept => isKept ? 1 / (1 - layer.RecurrentDropout) : 0)];
    }
}
