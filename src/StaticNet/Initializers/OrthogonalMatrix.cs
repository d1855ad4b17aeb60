using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet;

/// <summary>Random orthogonal matrices, uniform among all (Haar's measure). Saxe et al., 2013; Mezzadri, 2006.</summary>
/// <remarks>
/// The rows of a matrix of independent normal numbers are made orthonormal one after the other (modified Gram-Schmidt, in
/// double). That is a QR decomposition whose R has a positive diagonal, the convention that makes Q uniform; other methods need a
/// correction of signs for it.
/// </remarks>
internal static class OrthogonalMatrix
{
    /// <summary>Fills a matrix with orthonormal rows, or columns where there are fewer of them, times a factor.</summary>
    /// <param name="random">The source.</param>
    /// <param name="factor">The length of the rows or columns.</param>
    /// <param name="rows">The number of rows; the rest of the shape makes the columns.</param>
    /// <param name="values">The elements, row-major, written.</param>
    public static void Fill(ref RandomStream random, float factor, int rows, Span<float> values)
    {
        if (values.IsEmpty)
            return;
        var columns = values.Length / rows;
        var (count, length) = rows <= columns ? (rows, columns) : (columns, rows);
        var vectors = new double[count][];
        for (var index = 0; index < count; index++)
        {
            var vector = vectors[index] = new double[length];
            foreach (ref var element in vector.AsSpan())
                element = random.NextNormal();
            foreach (var earlier in vectors.AsSpan(0, index))
                TensorPrimitives.MultiplyAdd(earlier, -Dot(vector, earlier), vector, vector);
            TensorPrimitives.Divide(vector, Math.Sqrt(Dot(vector, vector)), vector);
        }

        for (var index = 0; index < values.Length; index++)
        {
            var (row, column) = Math.DivRem(index, columns);
            values[index] = (float)(factor * (rows <= columns ? vectors[row][column] : vectors[column][row]));
        }
    }

    /// <summary>Σ a·b in four partial sums on every machine, without fused products: the same bits everywhere.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sums = Vector256<double>.Zero;
        var index = 0;
        for (; index <= a.Length - Vector256<double>.Count; index += Vector256<double>.Count)
            sums += Vector256.Create(a[index..]) * Vector256.Create(b[index..]);
        var sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; index < a.Length; index++)
            sum += a[index] * b[index];
        return sum;
    }
}
