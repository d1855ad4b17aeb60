namespace StaticNet.Reference.Nodes;

/// <summary>Each plane so many times as high and as wide: copies, or means of the nearest inputs, weighted by their nearness.</summary>
internal sealed class UpsamplingNode(
    string name, int source, int[] inputShape, int scaleHeight, int scaleWidth, bool interpolates, bool alignCorners)
    : Node(name, [source], Scaled(inputShape, scaleHeight, scaleWidth).Shape(inputShape.Length))
{
    private readonly Planes _in = Planes.Of(inputShape);
    private readonly Planes _out = Scaled(inputShape, scaleHeight, scaleWidth);

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new double[Length];
        for (var index = 0; index < Length; index++)
            y[index] = Origins(index).Sum(origin => origin.Share * inputs[0][origin.Place]);
        return y;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var dx = new double[inputs[0].Length];
        for (var index = 0; index < Length; index++)
        {
            foreach (var (place, share) in Origins(index))
                dx[place] += share * gradient[index];
        }

        return [dx];
    }

    private static Planes Scaled(int[] inputShape, int scaleHeight, int scaleWidth)
    {
        var planes = Planes.Of(inputShape);
        return planes with { Height = planes.Height * scaleHeight, Width = planes.Width * scaleWidth };
    }

    private IEnumerable<(int Place, double Share)> Origins(int index)
    {
        var channel = index / _out.Width / _out.Height;
        foreach (var (row, rowShare) in Along(index / _out.Width % _out.Height, _in.Height, scaleHeight))
        {
            foreach (var (column, columnShare) in Along(index % _out.Width, _in.Width, scaleWidth))
                yield return (_in.Index(channel, row, column), rowShare * columnShare);
        }
    }

    private (int Place, double Share)[] Along(int output, int length, int scale)
    {
        if (!interpolates)
            return [(output / scale, 1)];

        var last = (length * scale) - 1;
        var place = (alignCorners, last) switch
        {
            (true, 0) => 0,
            (true, _) => (double)output * (length - 1) / last,
            _ => Math.Max(((output + 0.5) / scale) - 0.5, 0),
        };
        var below = (int)Math.Floor(place);
        return [(below, 1 - (place - below)), (Math.Min(below + 1, length - 1), place - below)];
    }
}
