namespace StaticNet.Insight;

/// <summary>How many directions of a weight matrix matter: ‖W‖² (Frobenius) / σ², with the largest singular value σ. Of 1, the layer sees its input along one line only.</summary>
internal static class StableRank
{
    private const int Iterations = 30;

    /// <summary>The stable rank of a matrix.</summary>
    /// <param name="matrix">[rows × columns].</param>
    /// <param name="rows">The number of rows.</param>
    /// <returns>From 1 to the rank; 0 of a matrix of zeros.</returns>
    public static double Of(ReadOnlySpan<float> matrix, int rows)
    {
        var columns = matrix.Length / rows;
        var squares = 0.0;
        foreach (var value in matrix)
            squares += (double)value * value;
        if (squares == 0)
            return 0;
        // The power method on WᵀW.
        var (vector, image) = (new double[columns], new double[rows]);
        for (var column = 0; column < columns; column++)
            vector[column] = 1 + (0.1 * Math.Sin(column));
        var largest = 0.0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var norm = Math.Sqrt(vector.Sum(value => value * value));
            for (var row = 0; row < rows; row++)
            {
                var sum = 0.0;
                for (var column = 0; column < columns; column++)
                    sum += matrix[(row * columns) + column] * vector[column] / norm;
                image[row] = sum;
            }

            largest = image.Sum(value => value * value);
            for (var column = 0; column < columns; column++)
            {
                var sum = 0.0;
                for (var row = 0; row < rows; row++)
                    sum += matrix[(row * columns) + column] * image[row];
                vector[column] = sum;
            }

            if (largest == 0)
                return 0;
        }

        return squares / largest;
    }
}
