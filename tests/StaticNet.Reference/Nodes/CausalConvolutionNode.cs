namespace StaticNet.Reference.Nodes;

/// <summary>y[t] = b + Σ W[k] · x[t − (taps − 1 − k) · dilation], tap by tap.</summary>
internal sealed class CausalConvolutionNode(string name, int source, int channels, int filters, int taps, int dilation, int groups, string? bias) : Node(name, [source], [filters])
{
    private string Weight => Name + ".weight";

    public override double[][] ForwardBatch(double[][][] inputs, Pass pass)
    {
        var w = pass.Parameters[Weight];
        return [.. inputs.Select((_, row) =>
        {
            var y = new double[filters];
            for (var filter = 0; filter < filters; filter++)
            {
                y[filter] = bias is null ? 0 : pass.Parameters[bias][filter];
                foreach (var (index, other, channel) in Terms(row, filter, pass.Steps))
                    y[filter] += w[index] * inputs[other][0][channel];
            }

            return y;
        })];
    }

    public override double[][][] BackwardBatch(double[][][] inputs, double[][] outputs, double[][] gradients, Pass pass)
    {
        var w = pass.Parameters[Weight];
        var result = inputs.Select(_ => new[] { new double[channels] }).ToArray();
        for (var row = 0; row < gradients.Length; row++)
        {
            for (var filter = 0; filter < filters; filter++)
            {
                var dy = gradients[row][filter];
                if (bias is not null)
                    pass.AddGradient(bias, filter, dy);
                foreach (var (index, other, channel) in Terms(row, filter, pass.Steps))
                {
                    pass.AddGradient(Weight, index, dy * inputs[other][0][channel]);
                    result[other][0][channel] += dy * w[index];
                }
            }
        }

        return result;
    }

    public override double[] Forward(double[][] inputs, Pass pass) => throw new InvalidOperationException("A causal convolution looks at whole sequences.");

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass) => throw new InvalidOperationException("A causal convolution looks at whole sequences.");

    /// <summary>The elements of the weight that a result takes, each with the row and the channel that it meets.</summary>
    private IEnumerable<(int Index, int Row, int Channel)> Terms(int row, int filter, int steps)
    {
        var (inGroup, step) = (channels / groups, row % steps);
        for (var tap = 0; tap < taps; tap++)
        {
            var back = (taps - 1 - tap) * dilation;
            if (back > step)
                continue;
            for (var channel = 0; channel < inGroup; channel++)
                yield return ((((filter * inGroup) + channel) * taps) + tap, row - back, (filter / (filters / groups) * inGroup) + channel);
        }
    }
}
