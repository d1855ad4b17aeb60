namespace StaticNet.Reference.Nodes;

/// <summary>e^x / Σe^x over the last axis, or its logarithm.</summary>
internal sealed class SoftmaxNode(string name, int source, int[] shape, bool logarithm) : Node(name, [source], shape)
{
    private readonly int _width = shape[^1];

    public bool Logarithm { get; } = logarithm;

    /// <summary>x − log Σe^x.</summary>
    public static double[] LogSoftmax(double[] x)
    {
        var largest = x.Max();
        var logarithm = Math.Log(x.Sum(value => Math.Exp(value - largest)));
        return Array.ConvertAll(x, value => value - largest - logarithm);
    }

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var row = 0; row < Length; row += _width)
        {
            var log = LogSoftmax(inputs[0][row..(row + _width)]);
            for (var column = 0; column < _width; column++)
                y[row + column] = Logarithm ? log[column] : Math.Exp(log[column]);
        }

        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[Length];
        for (var row = 0; row < Length; row += _width)
        {
            // Softmax: dx = y(dy − Σ dy·y). Its logarithm: dx = dy − e^y Σ dy.
            var sum = 0.0;
            for (var column = row; column < row + _width; column++)
                sum += Logarithm ? gradient[column] : gradient[column] * output[column];
            for (var column = row; column < row + _width; column++)
            {
                dx[column] = Logarithm
                    ? gradient[column] - (Math.Exp(output[column]) * sum)
                    : output[column] * (gradient[column] - sum);
            }
        }

        return [dx];
    }
}
