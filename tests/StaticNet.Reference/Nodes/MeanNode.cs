namespace StaticNet.Reference.Nodes;

/// <summary>The mean over axes, which vanish; over all of them it is [1].</summary>
internal sealed class MeanNode(string name, int source, int[] inputShape, int[] axes) : Node(name, [source], ShapeOf(inputShape, axes))
{
    private readonly int _count = LengthOf(inputShape) / LengthOf(ShapeOf(inputShape, axes));

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < inputs[0].Length; index++)
            y[Target(index)] += inputs[0][index] / _count;
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < dx.Length; index++)
            dx[index] = gradient[Target(index)] / _count;
        return [dx];
    }

    private static int[] ShapeOf(int[] inputShape, int[] axes)
    {
        int[] remaining = [.. inputShape.Where((_, axis) => !axes.Contains(axis))];
        return remaining.Length == 0 ? [1] : remaining;
    }

    /// <summary>Where an element of the input goes: its place on the axes that remain.</summary>
    private int Target(int index)
    {
        var (target, factor) = (0, 1);
        for (var axis = inputShape.Length - 1; axis >= 0; axis--)
        {
            if (!axes.Contains(axis))
            {
                target += index % inputShape[axis] * factor;
                factor *= inputShape[axis];
            }

            index /= inputShape[axis];
        }

        return target;
    }
}
