namespace StaticNet.Reference.Nodes;

/// <summary>
/// Zero where a channel (the first axis) is dropped, x / (1 − rate) where it is kept; the identity without a mask, which has an
/// element for each channel.
/// </summary>
internal sealed class SpatialDropoutNode(string name, int source, int[] shape, double rate) : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass) => Mask(inputs[0], pass);

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) =>
        [Mask(gradient, pass)];

    private double[] Mask(double[] values, Pass pass)
    {
        if (pass.Dropout is null)
            return [.. values];

        var kept = pass.Dropout(Name, pass.Sample, Shape[0]);
        var masked = new double[Length];
        for (var index = 0; index < Length; index++)
            masked[index] = kept[index / (Length / Shape[0])] ? values[index] / (1 - rate) : 0;
        return masked;
    }
}
