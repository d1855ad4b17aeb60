namespace StaticNet.Reference.Nodes;

/// <summary>
/// Sums over the steps of a sequence, tap by tap: y[t] = b + Σ W[k] · x[(t + 1) · stride − 1 − (taps − 1 − k) · dilation], or, transposed,
/// y[t] = b + Σ W[k] · x[n] with n · stride + k · dilation = t.
/// </summary>
internal sealed class CausalConvolutionNode(
    string name, int source, int channels, int filters, int taps, int stride, int dilation, int groups, string? bias, bool isTransposed = false) : StridedNode(name, source, [filters])
{
    private string Weight => Name + ".weight";

    public override int StepStride => isTransposed ? 1 : stride;

    public override int StepScale => isTransposed ? stride : 1;

    public override double[][] ForwardBatch(double[][][] inputs, Pass pass)
    {
        var w = pass.Parameters[Weight];
        return Rows(inputs, pass, (sample, step) =>
        {
            var y = new double[filters];
            for (var filter = 0; filter < filters; filter++)
            {
                y[filter] = bias is null ? 0 : pass.Parameters[bias][filter];
                foreach (var (index, other, channel) in Terms(sample, step, filter, pass.Steps))
                    y[filter] += w[index] * inputs[other][0][channel];
            }

            return y;
        });
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
                foreach (var (index, other, channel) in Terms(row / Made(pass), row % Made(pass), filter, pass.Steps))
                {
                    pass.AddGradient(Weight, index, dy * inputs[other][0][channel]);
                    result[other][0][channel] += dy * w[index];
                }
            }
        }

        return result;
    }

    /// <summary>The elements of the weight that a result takes, each with the row and the channel that it meets.</summary>
    private IEnumerable<(int Index, int Row, int Channel)> Terms(int sample, int step, int filter, int steps)
    {
        var (inGroup, outGroup) = (channels / groups, filters / groups);
        for (var tap = 0; tap < taps; tap++)
        {
            var place = isTransposed ? step - (tap * dilation) : ((step + 1) * stride) - 1 - ((taps - 1 - tap) * dilation);
            if (place < 0 || (isTransposed && place % stride != 0))
                continue;
            var row = (sample * steps) + (isTransposed ? place / stride : place);
            for (var inner = 0; inner < inGroup; inner++)
            {
                var channel = (filter / outGroup * inGroup) + inner;
                var index = isTransposed ? (((channel * outGroup) + (filter % outGroup)) * taps) + tap : (((filter * inGroup) + inner) * taps) + tap;
                yield return (index, row, channel);
            }
        }
    }
}
