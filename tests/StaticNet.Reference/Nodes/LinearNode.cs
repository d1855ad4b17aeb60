namespace StaticNet.Reference.Nodes;

/// <summary>y = x·Wᵀ + b over the last axis; each row of the other axes by itself.</summary>
internal sealed class LinearNode(string name, int source, int[] inputShape, int units, LayerWeight weight, string? bias)
    : Node(name, [source], [.. inputShape[..^1], units])
{
    private readonly int _width = inputShape[^1];

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var x = inputs[0];
        var w = weight.Read(pass);
        var y = new double[Length];
        for (var row = 0; row < Length / units; row++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var sum = bias is null ? 0 : pass.Parameters[bias][unit];
                for (var column = 0; column < _width; column++)
                    sum += w[(unit * _width) + column] * x[(row * _width) + column];
                y[(row * units) + unit] = sum;
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var x = inputs[0];
        var w = weight.Read(pass);
        var dx = new double[x.Length];
        var dw = new double[w.Length];
        for (var row = 0; row < Length / units; row++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var dy = gradient[(row * units) + unit];
                if (bias is not null)
                    pass.AddGradient(bias, unit, dy);
                for (var column = 0; column < _width; column++)
                {
                    dw[(unit * _width) + column] += dy * x[(row * _width) + column];
                    dx[(row * _width) + column] += dy * w[(unit * _width) + column];
                }
            }
        }

        weight.AddGradient(dw, pass);
        return [dx];
    }
}
