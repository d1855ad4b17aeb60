using System.Numerics.Tensors;

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
        // The power method on WᵀW, row by row: memory is read in its order.
        var (vector, image) = (new float[columns], new float[rows]);
        for (var column = 0; column < columns; column++)
            vector[column] = 1 + (0.1f * MathF.Sin(column));
        var largest = 0f;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            for (var row = 0; row < rows; row++)
                image[row] = TensorPrimitives.Dot(matrix.Slice(row * columns, columns), vector);
            largest = TensorPrimitives.Norm<float>(image);
            if (largest == 0)
                return 0;
            Array.Clear(vector);
            for (var row = 0; row < rows; row++)
                TensorPrimitives.MultiplyAdd(matrix.Slice(row * columns, columns), image[row] / largest, vector, vector);
        }

        return squares / ((double)largest * largest);
    }
}
