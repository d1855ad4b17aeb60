namespace StaticNet.Reference.Nodes;

/// <summary>The network's input; its value is put in from outside.</summary>
internal sealed class InputNode(int[] shape) : Node("input", [], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass) =>
        throw new InvalidOperationException("The input's value comes from outside.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => [];
}
