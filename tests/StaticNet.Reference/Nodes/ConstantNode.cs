namespace StaticNet.Reference.Nodes;

/// <summary>A fixed tensor, spread over the shape of what it is joined with.</summary>
internal sealed class ConstantNode(string name, int[] shape, string parameter, int[] own) : Node(name, [], shape)
{
    /// <summary>The same with each number as often as another shape wants it.</summary>
    public ConstantNode Spread(int[] other) => new(Name, other, parameter, own);

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var values = pass.Parameters[parameter];
        var count = LengthOf(own);
        // The same shape, one number a channel, or one number.
        var run = count == Length ? 1 : Length / count;
        return [.. Enumerable.Range(0, Length).Select(index => values[index / run])];
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => [];
}
