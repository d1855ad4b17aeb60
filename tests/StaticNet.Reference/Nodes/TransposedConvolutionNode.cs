namespace StaticNet.Reference.Nodes;

/// <summary>
/// y[group of c + f, position of i and k, position of j and l] += w[c, f, k, l] · x[c, i, j] wherever that position is inside;
/// and the bias on top.
/// </summary>
internal sealed class TransposedConvolutionNode(
    string name, int source, int[] inputShape, Planes output, int groups, Window rows, Window columns, LayerWeight weight, string? bias)
    : Node(name, [source], output.Shape(inputShape.Length))
{
    private readonly Planes _in = Planes.Of(inputShape);

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var w = weight.Read(pass);
        var y = new double[Length];
        ForEachProduct((result, input, element) => y[result] += w[element] * inputs[0][input]);
        for (var index = 0; index < Length; index++)
            y[index] += bias is null ? 0 : pass.Parameters[bias][index / (Length / output.Channels)];
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] value, double[] gradient, Pass pass)
    {
        var w = weight.Read(pass);
        var dx = new double[inputs[0].Length];
        var dw = new double[w.Length];
        ForEachProduct((result, input, element) =>
        {
            dw[element] += gradient[result] * inputs[0][input];
            dx[input] += gradient[result] * w[element];
        });
        weight.AddGradient(dw, pass);
        for (var index = 0; index < Length && bias is not null; index++)
            pass.AddGradient(bias, index / (Length / output.Channels), gradient[index]);
        return [dx];
    }

    /// <summary>Names every product: the places of output, input and weight.</summary>
    private void ForEachProduct(Action<int, int, int> product)
    {
        var filters = output.Channels / groups;
        for (var channel = 0; channel < _in.Channels; channel++)
        {
            var firstFilter = channel / (_in.Channels / groups) * filters;
            for (var filter = 0; filter < filters; filter++)
            {
                for (var k = 0; k < rows.Size; k++)
                {
                    for (var l = 0; l < columns.Size; l++)
                    {
                        var element = (((((channel * filters) + filter) * rows.Size) + k) * columns.Size) + l;
                        for (var i = 0; i < _in.Height; i++)
                        {
                            for (var j = 0; j < _in.Width; j++)
                            {
                                var (row, column) = (rows.Position(i, k), columns.Position(j, l));
                                if (output.Contains(row, column))
                                    product(output.Index(firstFilter + filter, row, column), _in.Index(channel, i, j), element);
                            }
                        }
                    }
                }
            }
        }
    }
}
