namespace StaticNet.Reference.Nodes;

/// <summary>One step of each sequence as the value of the whole: the last, or the first.</summary>
internal sealed class LastStepNode(string name, int source, int[] shape, bool isFirst) : Node(name, [source], shape)
{
    public override bool EndsSequence => true;

    public override double[][] ForwardBatch(double[][][] inputs, Pass pass) =>
        [.. inputs.Where((_, row) => IsTaken(row, pass)).Select(input => input[0])];

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass) =>
        [.. inputs.Select((_, row) => new[] { IsTaken(row, pass) ? gradients[row / pass.Steps] : new double[Length] })];

    public override double[] Forward(double[][] inputs, Pass pass) => throw new InvalidOperationException("The last step is that of a whole sequence.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => throw new InvalidOperationException("The last step is that of a whole sequence.");

    private bool IsTaken(int row, Pass pass) => row % pass.Steps == (isFirst ? 0 : pass.LengthOf(row / pass.Steps) - 1);
}
