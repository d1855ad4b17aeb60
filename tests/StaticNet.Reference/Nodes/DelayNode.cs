namespace StaticNet.Reference.Nodes;

/// <summary>y[t] = x[t − delay] within each sequence, an initial value before its first step.</summary>
internal sealed class DelayNode(string name, int source, int[] shape, int delay, double initialValue) : Node(name, [source], shape)
{
    public override double[][] ForwardBatch(double[][][] inputs, Pass pass) =>
        [.. inputs.Select((_, row) => row % pass.Steps >= delay ? inputs[row - delay][0] : [.. Enumerable.Repeat(initialValue, Length)])];

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass) =>
        [.. gradients.Select((_, row) => new[] { (row % pass.Steps) + delay < pass.Steps ? gradients[row + delay] : new double[Length] })];

    public override double[] Forward(double[][] inputs, Pass pass) => throw new InvalidOperationException("A delay looks at whole sequences.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => throw new InvalidOperationException("A delay looks at whole sequences.");
}
