namespace StaticNet.Reference.Nodes;

/// <summary>The same elements under another shape.</summary>
internal sealed class ReshapeNode(string name, int source, int[] shape) : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass) => [.. inputs[0]];

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => [[.. gradient]];
}
