namespace StaticNet.Reference.Nodes;

/// <summary>The base of nodes along the steps of a sequence: each result is a sum of rows' elements, or picks among them.</summary>
internal abstract class StridedNode(string name, int source, int[] shape) : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass) => throw new InvalidOperationException("It looks at whole sequences.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => throw new InvalidOperationException("It looks at whole sequences.");

    /// <summary>The steps that it makes of those of a sequence.</summary>
    protected int Made(Pass pass) => pass.Steps / StepStride * StepScale;

    /// <summary>Results by their row: of each sequence, step by step.</summary>
    protected double[][] Rows(double[][][] inputs, Pass pass, Func<int, int, double[]> make)
    {
        var made = Made(pass);
        return [.. Enumerable.Range(0, inputs.Length / pass.Steps * made).Select(row => make(row / made, row % made))];
    }
}
