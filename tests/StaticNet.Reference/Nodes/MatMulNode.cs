namespace StaticNet.Reference.Nodes;

/// <summary>The matrix product of two values, or of each pair of matrices in them.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="sources">The two nodes.</param>
/// <param name="first">The shape of the first.</param>
/// <param name="second">The shape of the second.</param>
/// <param name="transposed">Whether the second is transposed.</param>
internal sealed class MatMulNode(string name, int[] sources, int[] first, int[] second, bool transposed)
    : Node(name, sources, ShapeOf(first, second, transposed))
{
    private readonly int _rows = first[^2];
    private readonly int _inner = first[^1];
    private readonly int _columns = transposed ? second[^2] : second[^1];

    public override double[] Forward(double[][] inputs, Pass pass)
    {
        var result = new double[Length];
        Each((a, b, c) => result[c] += inputs[0][a] * inputs[1][b]);
        return result;
    }

    public override double[][] Backward(double[][] inputs, double[] output, double[] gradient, Pass pass)
    {
        var result = Array.ConvertAll(inputs, input => new double[input.Length]);
        Each((a, b, c) =>
        {
            result[0][a] += gradient[c] * inputs[1][b];
            result[1][b] += gradient[c] * inputs[0][a];
        });
        return result;
    }

    private static int[] ShapeOf(int[] first, int[] second, bool transposed)
    {
        if (first.Length < 2 || second.Length != first.Length || (first.Length == 3 && first[0] != second[0]) || first[^1] != (transposed ? second[^1] : second[^2]))
            throw new ArgumentException($"{string.Join("×", first)} and {string.Join("×", second)} cannot be multiplied.");
        return [.. first[..^1], transposed ? second[^2] : second[^1]];
    }

    /// <summary>The places of both factors and of the sum, for every product.</summary>
    private void Each(Action<int, int, int> term)
    {
        for (var sum = 0; sum < Length; sum++)
        {
            var (matrix, row, column) = (sum / _columns / _rows, sum / _columns % _rows, sum % _columns);
            for (var index = 0; index < _inner; index++)
            {
                var other = transposed ? (((matrix * _columns) + column) * _inner) + index : (((matrix * _inner) + index) * _columns) + column;
                term((((matrix * _rows) + row) * _inner) + index, other, sum);
            }
        }
    }
}
