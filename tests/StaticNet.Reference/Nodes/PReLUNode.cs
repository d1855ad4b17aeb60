namespace StaticNet.Reference.Nodes;

/// <summary>x where x &gt; 0, else ax; a is one for all elements, or one for each place on axis 0.</summary>
internal sealed class PReLUNode(string name, int source, int[] shape, string slope, bool shared)
    : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = inputs[0][index] > 0 ? inputs[0][index] : pass.Parameters[slope][Channel(index)] * inputs[0][index];
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[Length];
        for (var index = 0; index < Length; index++)
        {
            if (inputs[0][index] > 0)
            {
                dx[index] = gradient[index];
                continue;
            }

            dx[index] = gradient[index] * pass.Parameters[slope][Channel(index)];
            pass.AddGradient(slope, Channel(index), gradient[index] * inputs[0][index]);
        }

        return [dx];
    }

    public override double KinkDistance(double[][] inputs, Pass pass) => Kinks.Distance(inputs[0], [0]);

    private int Channel(int index) => shared ? 0 : index / (Length / Shape[0]);
}
