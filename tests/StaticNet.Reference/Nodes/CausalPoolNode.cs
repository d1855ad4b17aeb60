namespace StaticNet.Reference.Nodes;

/// <summary>The maximum or the mean of the last steps, feature by feature, with zeros before the first step.</summary>
internal sealed class CausalPoolNode(string name, int source, int[] shape, int kernel, int stride, bool isMaximum) : StridedNode(name, source, shape)
{
    public override int StepStride => stride;

    public override double[][] ForwardBatch(double[][][] inputs, Pass pass) => Rows(inputs, pass, (sample, step) =>
    {
        var y = new double[Length];
        for (var feature = 0; feature < Length; feature++)
        {
            var window = Window(inputs, pass, sample, step, feature);
            y[feature] = isMaximum ? window.Max(element => element.Value) : window.Sum(element => element.Value) / kernel;
        }

        return y;
    });

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass)
    {
        var result = inputs.Select(_ => new[] { new double[Length] }).ToArray();
        for (var row = 0; row < gradients.Length; row++)
        {
            for (var feature = 0; feature < Length; feature++)
            {
                var window = Window(inputs, pass, row / Made(pass), row % Made(pass), feature);
                var taken = isMaximum ? [window.First(element => element.Value == outputs[row][feature])] : window;
                foreach (var (place, _) in taken.Where(element => element.Row >= 0))
                    result[place][0][feature] += gradients[row][feature] / (isMaximum ? 1 : kernel);
            }
        }

        return result;
    }

    // Exact ties are no danger: they are copies of one figure, or lie where a function before them is flat.
    public override double BatchKinkDistance(double[][][] inputs, Pass pass)
    {
        var nearest = double.PositiveInfinity;
        for (var row = 0; isMaximum && row < inputs.Length / pass.Steps * Made(pass); row++)
        {
            for (var feature = 0; feature < Length; feature++)
            {
                var window = Window(inputs, pass, row / Made(pass), row % Made(pass), feature);
                var best = window.Max(element => element.Value);
                nearest = window.Where(element => element.Value != best).Aggregate(nearest, (least, element) => Math.Min(least, best - element.Value));
            }
        }

        return nearest / inputs.Max(row => row[0].Max(Math.Abs));
    }

    /// <summary>The elements of a window, each with its row; below 0 it is a zero before the first step.</summary>
    private (int Row, double Value)[] Window(double[][][] inputs, Pass pass, int sample, int step, int feature) =>
    [
        .. Enumerable.Range(((step + 1) * stride) - kernel, kernel).Select(place => place < 0 ? (-1, 0) : ((sample * pass.Steps) + place, inputs[(sample * pass.Steps) + place][0][feature])),
    ];
}
