namespace StaticNet.Training.Augmentation;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.</summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 64;

    /// <summary>Solves; the matrix is overwritten.</summary>
    /// <returns>The values from the largest, and the vectors as rows, each of length 1 with its largest number positive.</returns>
    public static (double[] Values, double[,] Vectors) Solve(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var vectors = new double[size, size];
        for (var i = 0; i < size; i++)
            vectors[i, i] = 1;
        for (var sweep = 0; sweep < MaxSweeps && !IsDiagonal(matrix); sweep++)
        {
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                    Rotate(matrix, vectors, p, q);
            }
        }
        return Sort(matrix, vectors);
    }

    private static bool IsDiagonal(double[,] matrix)
    {
        var (outside, largest) = (0.0, 0.0);
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            largest = Math.Max(largest, Math.Abs(matrix[i, i]));
            for (var j = 0; j < i; j++)
                outside = Math.Max(outside, Math.Abs(matrix[i, j]));
        }
        return outside <= 1e-15 * largest;
    }

    /// <summary>Turns the plane of two axes so that their common entry becomes 0.</summary>
    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
            return;
        var theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        var t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var i = 0; i < matrix.GetLength(0); i++)
            (matrix[i, p], matrix[i, q]) = ((c * matrix[i, p]) - (s * matrix[i, q]), (s * matrix[i, p]) + (c * matrix[i, q]));
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            (matrix[p, i], matrix[q, i]) = ((c * matrix[p, i]) - (s * matrix[q, i]), (s * matrix[p, i]) + (c * matrix[q, i]));
            (vectors[p, i], vectors[q, i]) = ((c * vectors[p, i]) - (s * vectors[q, i]), (s * vectors[p, i]) + (c * vectors[q, i]));
        }
    }

    private static (double[] Values, double[,] Vectors) Sort(double[,] matrix, double[,] vectors)
    {
        var size = matrix.GetLength(0);
        var order = Enumerable.Range(0, size).OrderByDescending(i => matrix[i, i]).ToArray();
        var sorted = new double[size, size];
        for (var k = 0; k < size; k++)
        {
            var largest = 0.0;
            for (var i = 0; i < size; i++)
                largest = Math.Abs(vectors[order[k], i]) > Math.Abs(largest) ? vectors[order[k], i] : largest;
            for (var i = 0; i < size; i++)
                sorted[k, i] = vectors[order[k], i] * Math.CopySign(1, largest);
        }
        return ([.. order.Select(i => matrix[i, i])], sorted);
    }
}
