namespace StaticNet.Reference.Nodes;

/// <summary>Zero where an element is dropped, x / (1 − rate) where it is kept; the identity without a mask.</summary>
internal sealed class DropoutNode(string name, int source, int[] shape, double rate) : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass) => Mask(inputs[0], pass);

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) =>
        [Mask(gradient, pass)];

    private double[] Mask(double[] values, Pass pass)
    {
        if (pass.Dropout is null)
            return [.. values];

        var kept = pass.Dropout(Name, pass.Sample, Length);
        var masked = new double[Length];
        for (var index = 0; index < Length; index++)
            masked[index] = kept[index] ? values[index] / (1 - rate) : 0;
        return masked;
    }
}
