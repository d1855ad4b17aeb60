namespace StaticNet.Reference.Nodes;

/// <summary>
/// (x − mean) / √(variance + ε) over each run of so many elements; or, without the mean, x / √(mean of squares + ε).
/// </summary>
internal sealed class NormalizationNode(string name, int source, int[] shape, int run, bool centred, double epsilon)
    : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var start = 0; start < Length; start += run)
        {
            var x = inputs[0][start..(start + run)];
            var (mean, variance) = Moments(x);
            for (var index = 0; index < run; index++)
                y[start + index] = (x[index] - mean) / Math.Sqrt(variance + epsilon);
        }

        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        // dx = (dy − mean(dy) − y · mean(dy · y)) / deviation; the mean of dy only where the mean of x was taken off.
        var dx = new double[Length];
        for (var start = 0; start < Length; start += run)
        {
            var (_, variance) = Moments(inputs[0][start..(start + run)]);
            var meanGradient = 0.0;
            var meanProduct = 0.0;
            for (var index = start; index < start + run; index++)
            {
                meanGradient += centred ? gradient[index] / run : 0;
                meanProduct += gradient[index] * output[index] / run;
            }

            for (var index = start; index < start + run; index++)
                dx[index] = (gradient[index] - meanGradient - (output[index] * meanProduct)) / Math.Sqrt(variance + epsilon);
        }

        return [dx];
    }

    public override double KinkDistance(double[][] inputs, Pass pass)
    {
        var largest = inputs[0].Max(Math.Abs);
        var nearest = double.PositiveInfinity;
        for (var start = 0; start < Length; start += run)
        {
            var (_, variance) = Moments(inputs[0][start..(start + run)]);
            nearest = Math.Min(nearest, Kinks.Conditioning(Math.Sqrt(variance + epsilon), variance, largest));
        }

        return nearest;
    }

    private (double Mean, double Variance) Moments(double[] x)
    {
        var mean = centred ? x.Average() : 0;
        return (mean, x.Average(value => (value - mean) * (value - mean)));
    }
}
