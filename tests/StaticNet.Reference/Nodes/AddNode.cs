namespace StaticNet.Reference.Nodes;

/// <summary>The sum of values of one shape.</summary>
internal sealed class AddNode(string name, int[] sources, int[] shape) : Node(name, sources, shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = inputs.Sum(input => input[index]);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) =>
        Array.ConvertAll(inputs, _ => (double[])[.. gradient]);
}
