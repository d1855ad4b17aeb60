namespace StaticNet.Reference.Nodes;

/// <summary>x / (k + α Σ x²)^β, the sum over the channels c − ⌊size / 2⌋ to c + ⌊(size − 1) / 2⌋ at the same position.</summary>
internal sealed class LocalResponseNode(string name, int source, int[] shape, int size, double alpha, double beta, double k)
    : Node(name, [source], shape)
{
    private readonly int _positions = LengthOf(shape[1..]);

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = inputs[0][index] / Math.Pow(Base(inputs[0], index), beta);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        // dy/dx is base^−β on the diagonal, and −2αβ · y · x_other / base for every x_other in the sum.
        var x = inputs[0];
        var dx = new double[Length];
        for (var index = 0; index < Length; index++)
        {
            var sum = Base(x, index);
            dx[index] += gradient[index] / Math.Pow(sum, beta);
            foreach (var other in Neighbours(index))
                dx[other] -= gradient[index] * 2 * alpha * beta * output[index] * x[other] / sum;
        }

        return [dx];
    }

    private double Base(double[] x, int index) => k + (alpha * Neighbours(index).Sum(other => x[other] * x[other]));

    private IEnumerable<int> Neighbours(int index)
    {
        var (channel, position) = (index / _positions, index % _positions);
        for (var other = channel - (size / 2); other <= channel + ((size - 1) / 2); other++)
        {
            if (other >= 0 && other < Shape[0])
                yield return (other * _positions) + position;
        }
    }
}
