namespace StaticNet.Reference.Nodes;

/// <summary>
/// y = w·x + b, element by element: one figure for each channel (the first axis), or one for each place on the last axes, over and
/// over again.
/// </summary>
internal sealed class AffineNode(string name, int source, int[] shape, string weight, string? bias, bool perChannel)
    : Node(name, [source], shape)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
        {
            var place = Place(index, pass);
            y[index] = (pass.Parameters[weight][place] * inputs[0][index]) + (bias is null ? 0 : pass.Parameters[bias][place]);
        }

        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[Length];
        for (var index = 0; index < Length; index++)
        {
            var place = Place(index, pass);
            dx[index] = gradient[index] * pass.Parameters[weight][place];
            pass.AddGradient(weight, place, gradient[index] * inputs[0][index]);
            if (bias is not null)
                pass.AddGradient(bias, place, gradient[index]);
        }

        return [dx];
    }

    private int Place(int index, Pass pass) =>
        perChannel ? index / (Length / Shape[0]) : index % pass.Parameters[weight].Length;
}
