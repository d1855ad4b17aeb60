namespace StaticNet.Reference.Nodes;

/// <summary>The maximum over pieces: the last axis holds the units of the first piece, then those of the second, ….</summary>
internal sealed class MaximumNode(string name, int source, int[] inputShape, int pieces)
    : Node(name, [source], [.. inputShape[..^1], inputShape[^1] / pieces])
{
    private readonly int _units = inputShape[^1] / pieces;

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = inputs[0][Best(inputs[0], index)];
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < Length; index++)
            dx[Best(inputs[0], index)] += gradient[index];
        return [dx];
    }

    public override double KinkDistance(double[][] inputs, Pass pass)
    {
        var x = inputs[0];
        var nearest = double.PositiveInfinity;
        for (var index = 0; index < Length; index++)
        {
            var best = Best(x, index);
            for (var piece = 0; piece < pieces; piece++)
            {
                var other = Place(index, piece);
                if (other != best)
                    nearest = Math.Min(nearest, x[best] - x[other]);
            }
        }

        return nearest / x.Max(Math.Abs);
    }

    private int Place(int index, int piece) =>
        (index / _units * _units * pieces) + (piece * _units) + (index % _units);

    private int Best(double[] x, int index)
    {
        var best = Place(index, 0);
        for (var piece = 1; piece < pieces; piece++)
        {
            if (x[Place(index, piece)] > x[best])
                best = Place(index, piece);
        }

        return best;
    }
}
