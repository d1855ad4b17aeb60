namespace StaticNet.Reference.Nodes;

/// <summary>Values one after the other along an axis.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="sources">The nodes.</param>
/// <param name="shapes">Their shapes.</param>
/// <param name="axis">The axis, 0 or more.</param>
internal sealed class ConcatNode(string name, int[] sources, int[][] shapes, int axis)
    : Node(name, sources, [.. shapes[0][..axis], shapes.Sum(shape => shape[axis]), .. shapes[0][(axis + 1)..]])
{
    // Everything before the axis is an outer loop; the axis and everything behind it lie together in memory.
    private readonly int _outer = LengthOf(shapes[0][..axis]);
    private readonly int[] _runs = Array.ConvertAll(shapes, shape => LengthOf(shape[axis..]));

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var y = new List<double>();
        for (var outer = 0; outer < _outer; outer++)
        {
            for (var input = 0; input < inputs.Length; input++)
                y.AddRange(inputs[input][(outer * _runs[input])..((outer + 1) * _runs[input])]);
        }

        return [.. y];
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var result = Array.ConvertAll(inputs, input => new double[input.Length]);
        var position = 0;
        for (var outer = 0; outer < _outer; outer++)
        {
            for (var input = 0; input < inputs.Length; input++)
            {
                for (var index = 0; index < _runs[input]; index++)
                    result[input][(outer * _runs[input]) + index] = gradient[position++];
            }
        }

        return result;
    }
}
