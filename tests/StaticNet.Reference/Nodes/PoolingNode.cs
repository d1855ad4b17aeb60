namespace StaticNet.Reference.Nodes;

/// <summary>The base of pooling: windows over each channel by itself.</summary>
internal abstract class PoolingNode(string name, int source, int[] inputShape, Window rows, Window columns, bool ceil)
    : Node(name, [source], ShapeOf(inputShape, rows, columns, ceil))
{
    private readonly Planes _in = Planes.Of(inputShape);
    private readonly Planes _out = Planes.Of(ShapeOf(inputShape, rows, columns, ceil));

    /// <summary>The places of the input's elements that a window covers, in row-major order.</summary>
    protected List<int> Covered(int output)
    {
        var (channel, i, j) = PlaceOf(output);
        var covered = new List<int>();
        for (var k = 0; k < rows.Size; k++)
        {
            for (var l = 0; l < columns.Size; l++)
            {
                var (row, column) = (rows.Position(i, k), columns.Position(j, l));
                if (_in.Contains(row, column))
                    covered.Add(_in.Index(channel, row, column));
            }
        }

        return covered;
    }

    /// <summary>The number of elements that a window covers of input and padding.</summary>
    protected int CoveredWithPadding(int output)
    {
        var (_, i, j) = PlaceOf(output);
        return Along(rows, i, _in.Height) * Along(columns, j, _in.Width);

        static int Along(Window window, int place, int length) =>
            Enumerable.Range(0, window.Size).Count(element => window.Position(place, element) < length + window.After);
    }

    private static int[] ShapeOf(int[] inputShape, Window rows, Window columns, bool ceil)
    {
        var planes = Planes.Of(inputShape);
        var output = new Planes(planes.Channels, rows.PoolingOutputs(planes.Height, ceil), columns.PoolingOutputs(planes.Width, ceil));
        return output.Shape(inputShape.Length);
    }

    private (int Channel, int Row, int Column) PlaceOf(int output) =>
        (output / _out.Width / _out.Height, output / _out.Width % _out.Height, output % _out.Width);
}

/// <summary>The mean of each window.</summary>
internal sealed class AveragePoolNode(
    string name, int source, int[] inputShape, Window rows, Window columns, bool ceil, bool countsPadding)
    : PoolingNode(name, source, inputShape, rows, columns, ceil)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = Covered(index).Sum(place => inputs[0][place]) / Count(index);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < Length; index++)
        {
            foreach (var place in Covered(index))
                dx[place] += gradient[index] / Count(index);
        }

        return [dx];
    }

    private int Count(int index) => countsPadding ? CoveredWithPadding(index) : Covered(index).Count;
}

/// <summary>The largest element of each window; the first of them, where there are several.</summary>
internal sealed class MaxPoolNode(string name, int source, int[] inputShape, Window rows, Window columns, bool ceil)
    : PoolingNode(name, source, inputShape, rows, columns, ceil)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = inputs[0][Best(inputs[0], index)];
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < Length; index++)
            dx[Best(inputs[0], index)] += gradient[index];
        return [dx];
    }

    // Exact ties are no danger: they are copies of one figure, or lie where a function before them is flat.
    public override double KinkDistance(double[][] inputs, Pass pass)
    {
        var x = inputs[0];
        var nearest = double.PositiveInfinity;
        for (var index = 0; index < Length; index++)
        {
            var best = x[Best(x, index)];
            foreach (var place in Covered(index))
                nearest = x[place] == best ? nearest : Math.Min(nearest, best - x[place]);
        }

        return nearest / x.Max(Math.Abs);
    }

    private int Best(double[] x, int index)
    {
        var covered = Covered(index);
        var best = covered[0];
        foreach (var place in covered)
            best = x[place] > x[best] ? place : best;
        return best;
    }
}

/// <summary>The sum of each window.</summary>
internal sealed class SumPoolNode(string name, int source, int[] inputShape, Window rows, Window columns)
    : PoolingNode(name, source, inputShape, rows, columns, ceil: false)
{
    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = Covered(index).Sum(place => inputs[0][place]);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < Length; index++)
        {
            foreach (var place in Covered(index))
                dx[place] += gradient[index];
        }

        return [dx];
    }
}
