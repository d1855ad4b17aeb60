namespace StaticNet.Reference.Nodes;

/// <summary>A function of the elements of two values of one shape, with its two derivatives.</summary>
internal sealed class JoinNode(string name, int left, int right, int[] shape, JoinFunction function) : Node(name, [left, right], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = Value(inputs[0][index], inputs[1][index]);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var result = Array.ConvertAll(inputs, _ => new double[Length]);
        for (var index = 0; index < Length; index++)
        {
            var (byLeft, byRight) = Derivatives(inputs[0][index], inputs[1][index]);
            result[0][index] = gradient[index] * byLeft;
            result[1][index] = gradient[index] * byRight;
        }

        return result;
    }

    // Where the two meet, or where the divisor is near zero.
    public override double KinkDistance(double[][] inputs, Pass pass) => function switch
    {
        JoinFunction.Minimum or JoinFunction.Maximum => Kinks.Distance([.. inputs[0].Zip(inputs[1], (a, b) => a - b)], [0]),
        JoinFunction.Divide => Kinks.Distance(inputs[1], [0]),
        _ => double.PositiveInfinity,
    };

    private double Value(double a, double b) => function switch
    {
        JoinFunction.Subtract => a - b,
        JoinFunction.Divide => a / b,
        JoinFunction.Minimum => Math.Min(a, b),
        _ => Math.Max(a, b),
    };

    private (double ByLeft, double ByRight) Derivatives(double a, double b) => function switch
    {
        JoinFunction.Subtract => (1, -1),
        JoinFunction.Divide => (1 / b, -a / (b * b)),
        JoinFunction.Minimum => a < b ? (1, 0) : a > b ? (0, 1) : (0.5, 0.5),
        _ => a > b ? (1, 0) : a < b ? (0, 1) : (0.5, 0.5),
    };
}
