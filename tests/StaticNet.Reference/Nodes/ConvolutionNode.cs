using System.Runtime.CompilerServices;

namespace StaticNet.Reference.Nodes;

/// <summary>
/// y[f, i, j] = b[f] + Σ w[f, c, k, l] · x[group of f + c, position of i and k, position of j and l], over all that is inside.
/// </summary>
internal sealed class ConvolutionNode(
    string name, int source, int[] inputShape, int filters, int groups, Window rows, Window columns, LayerWeight weight, string? bias)
    : Node(name, [source], ShapeOf(inputShape, filters, rows, columns))
{
    // Where much else is compiled at the same time, as in tests of random networks, the runtime is long in optimising what it calls often.
    private const MethodImplOptions Optimised = MethodImplOptions.AggressiveOptimization;

    private readonly Planes _in = Planes.Of(inputShape);
    private readonly Planes _out = Planes.Of(ShapeOf(inputShape, filters, rows, columns));

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var w = weight.Read(pass);
        var y = new double[Length];
        ForEachProduct([MethodImpl(Optimised)] (output, input, element) => y[output] += w[element] * inputs[0][input]);
        for (var index = 0; index < Length; index++)
            y[index] += bias is null ? 0 : pass.Parameters[bias][index / (Length / filters)];
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var w = weight.Read(pass);
        var dx = new double[inputs[0].Length];
        var dw = new double[w.Length];
        ForEachProduct([MethodImpl(Optimised)] (result, input, element) =>
        {
            dw[element] += gradient[result] * inputs[0][input];
            dx[input] += gradient[result] * w[element];
        });
        weight.AddGradient(dw, pass);
        for (var index = 0; index < Length && bias is not null; index++)
            pass.AddGradient(bias, index / (Length / filters), gradient[index]);
        return [dx];
    }

    private static int[] ShapeOf(int[] inputShape, int filters, Window rows, Window columns)
    {
        var planes = Planes.Of(inputShape);
        return new Planes(filters, rows.Outputs(planes.Height), columns.Outputs(planes.Width)).Shape(inputShape.Length);
    }

    /// <summary>Names every product of the sum: the places of output, input and weight.</summary>
    [MethodImpl(Optimised)]
    private void ForEachProduct(Action<int, int, int> product)
    {
        var channels = _in.Channels / groups;
        for (var filter = 0; filter < filters; filter++)
        {
            var firstChannel = filter / (filters / groups) * channels;
            for (var channel = 0; channel < channels; channel++)
            {
                for (var k = 0; k < rows.Size; k++)
                {
                    for (var l = 0; l < columns.Size; l++)
                    {
                        var element = (((((filter * channels) + channel) * rows.Size) + k) * columns.Size) + l;
                        for (var i = 0; i < _out.Height; i++)
                        {
                            for (var j = 0; j < _out.Width; j++)
                            {
                                var (row, column) = (rows.Position(i, k), columns.Position(j, l));
                                if (_in.Contains(row, column))
                                    product(_out.Index(filter, i, j), _in.Index(firstChannel + channel, row, column), element);
                            }
                        }
                    }
                }
            }
        }
    }
}
