namespace StaticNet.Audio.Tests.Reference;

/// <summary>Signals as [channel][time] in double precision, and what layers make of whole ones: plain loops, as papers write them.</summary>
internal static class Signal
{
    /// <summary>y[o][t] = b[o] + Σ over i, k of w[o][i][k] · x[group's i][t − (taps − 1 − k) · dilation]; before the beginning there are zeros.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">[outputs][inputs / groups][taps], one after the other.</param>
    /// <param name="bias">One number for each output; empty: none.</param>
    /// <param name="taps">The taps.</param>
    /// <param name="dilation">The steps between them.</param>
    /// <param name="groups">The groups.</param>
    public static double[][] Convolve(double[][] x, double[] weight, double[] bias, int taps, int dilation, int groups)
    {
        var inputs = x.Length / groups;
        var outputs = weight.Length / (inputs * taps);
        var y = new double[outputs][];
        for (var o = 0; o < outputs; o++)
        {
            y[o] = new double[x[0].Length];
            var first = o / (outputs / groups) * inputs;
            for (var t = 0; t < y[o].Length; t++)
            {
                var sum = bias.Length > 0 ? bias[o] : 0;
                for (var i = 0; i < inputs; i++)
                {
                    for (var k = 0; k < taps; k++)
                    {
                        if (t - ((taps - 1 - k) * dilation) is >= 0 and var time)
                            sum += weight[(((o * inputs) + i) * taps) + k] * x[first + i][time];
                    }
                }

                y[o][t] = sum;
            }
        }

        return y;
    }

    public static double[][] Map(double[][] x, Func<int, double, double> function) => [.. x.Select((row, channel) => row.Select(value => function(channel, value)).ToArray())];

    public static double[][] Combine(double[][] x, double[][] y, Func<double, double, double> function)
    {
        Assert.Equal(x.Length, y.Length);
        return [.. x.Zip(y, (a, b) => a.Zip(b, function).ToArray())];
    }

    public static double[][] Add(double[][] x, double[][] y) => Combine(x, y, (a, b) => a + b);

    /// <summary>An LSTM with the gates i, f, g, o, from states that are changed.</summary>
    public static double[][] Lstm(double[][] x, double[][] input, double[][] hidden, double[] bias, double[] h, double[] c)
    {
        var units = h.Length;
        var y = Enumerable.Range(0, units).Select(_ => new double[x[0].Length]).ToArray();
        for (var t = 0; t < x[0].Length; t++)
        {
            var z = new double[4 * units];
            for (var row = 0; row < z.Length; row++)
                z[row] = bias[row] + input[row].Select((weight, i) => weight * x[i][t]).Sum() + hidden[row].Select((weight, i) => weight * h[i]).Sum();
            for (var u = 0; u < units; u++)
            {
                c[u] = (Sigmoid(z[units + u]) * c[u]) + (Sigmoid(z[u]) * Math.Tanh(z[(2 * units) + u]));
                h[u] = y[u][t] = Sigmoid(z[(3 * units) + u]) * Math.Tanh(c[u]);
            }
        }

        return y;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
