namespace StaticNet.Reference.Nodes;

/// <summary>
/// (x − mean) / √(variance + ε) for each channel (the first axis): in training over all samples and positions, otherwise by the
/// running statistics.
/// </summary>
/// <param name="name">The layer's name, with which the names of its statistics begin.</param>
/// <param name="source">The node.</param>
/// <param name="shape">Its shape.</param>
/// <param name="epsilon">ε.</param>
/// <param name="momentum">The weight of the new value; NaN averages all batches alike.</param>
/// <param name="frozen">Whether the running statistics hold in training too.</param>
internal sealed class BatchNormNode(string name, int source, int[] shape, double epsilon, double momentum, bool frozen)
    : Node(name, [source], shape)
{
    public const string Mean = ".running_mean";
    public const string Variance = ".running_var";
    public const string Batches = ".num_batches_tracked";

    private readonly int _channels = shape[0];
    private readonly int _positions = LengthOf(shape[1..]);

    /// <summary>Whether in training a sample's value depends on the other samples.</summary>
    public bool CouplesSamples => !frozen;

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
        {
            var channel = index / _positions;
            y[index] = (inputs[0][index] - pass.Parameters[Name + Mean][channel]) / RunningDeviation(channel, pass);
        }

        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[Length];
        for (var index = 0; index < Length; index++)
            dx[index] = gradient[index] / RunningDeviation(index / _positions, pass);
        return [dx];
    }

    public override double[][] ForwardBatch(double[][][] inputs, Pass pass)
    {
        if (frozen || !pass.Training)
            return base.ForwardBatch(inputs, pass);

        var y = Array.ConvertAll(inputs, _ => new double[Length]);
        var (means, variances) = (new double[_channels], new double[_channels]);
        for (var channel = 0; channel < _channels; channel++)
        {
            (means[channel], variances[channel]) = Moments(inputs, channel);
            foreach (var (sample, index) in Elements(inputs.Length, channel))
                y[sample][index] = (inputs[sample][0][index] - means[channel]) / Math.Sqrt(variances[channel] + epsilon);
        }

        Track(means, variances, inputs.Length * _positions, pass);
        return y;
    }

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass)
    {
        if (frozen || !pass.Training)
            return base.BackwardBatch(inputs, outputs, gradients, pass);

        // dx = (dy − mean(dy) − y · mean(dy · y)) / deviation, the means over all samples and positions.
        var dx = Array.ConvertAll(inputs, _ => new double[][] { new double[Length] });
        for (var channel = 0; channel < _channels; channel++)
        {
            var deviation = Math.Sqrt(Moments(inputs, channel).Variance + epsilon);
            var elements = Elements(inputs.Length, channel).ToArray();
            var meanGradient = elements.Average(place => gradients[place.Sample][place.Index]);
            var meanProduct = elements.Average(place => gradients[place.Sample][place.Index] * outputs[place.Sample][place.Index]);
            foreach (var (sample, index) in elements)
            {
                var centred = gradients[sample][index] - meanGradient - (outputs[sample][index] * meanProduct);
                dx[sample][0][index] = centred / deviation;
            }
        }

        return dx;
    }

    public override double BatchKinkDistance(double[][][] inputs, Pass pass)
    {
        if (frozen || !pass.Training)
            return double.PositiveInfinity;

        var largest = inputs.Max(sample => sample[0].Max(Math.Abs));
        return Enumerable.Range(0, _channels).Min(channel =>
        {
            var (_, variance) = Moments(inputs, channel);
            return Kinks.Conditioning(Math.Sqrt(variance + epsilon), variance, largest);
        });
    }

    private IEnumerable<(int Sample, int Index)> Elements(int samples, int channel)
    {
        for (var sample = 0; sample < samples; sample++)
        {
            for (var position = 0; position < _positions; position++)
                yield return (sample, (channel * _positions) + position);
        }
    }

    private (double Mean, double Variance) Moments(double[][][] inputs, int channel)
    {
        var values = Elements(inputs.Length, channel).Select(place => inputs[place.Sample][0][place.Index]).ToArray();
        var mean = values.Average();
        return (mean, values.Average(value => (value - mean) * (value - mean)));
    }

    private double RunningDeviation(int channel, Pass pass) => Math.Sqrt(pass.Parameters[Name + Variance][channel] + epsilon);

    private void Track(double[] means, double[] variances, int count, Pass pass)
    {
        // A single value has no variance: such a batch moves nothing and does not count.
        var isOne = count == 1;
        var batches = pass.Parameters[Name + Batches][0] + (isOne ? 0 : 1);
        var share = isOne ? 0 : double.IsNaN(momentum) ? 1 / batches : momentum;
        var unbiased = isOne ? 0 : count / (count - 1.0);
        pass.Statistics[Name + Mean] = Moved(pass.Parameters[Name + Mean], means, 1);
        pass.Statistics[Name + Variance] = Moved(pass.Parameters[Name + Variance], variances, unbiased);
        pass.Statistics[Name + Batches] = [batches];

        double[] Moved(double[] running, double[] news, double factor) =>
            [.. running.Select((value, channel) => ((1 - share) * value) + (share * factor * news[channel]))];
    }
}
