using System.ComponentModel;
using System.Numerics.Tensors;

namespace StaticNet.Numerics;

/// <summary>Products of matrices that layers compute. For generated code; spans are checked once, before anything is computed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixProducts
{
    private const string NotNegative = "sizes, strides and counts of 0 or more, and a width up to the stride";

    /// <summary>A · B for each pair of matrices.</summary>
    /// <param name="a">The first matrices, [rows, inner].</param>
    /// <param name="aRow">The floats from row to row.</param>
    /// <param name="b">The second matrices, [inner, columns].</param>
    /// <param name="bRow">The floats from row to row.</param>
    /// <param name="result">[rows, columns], written with zeros after each row.</param>
    /// <param name="row">The floats from row to row.</param>
    /// <param name="rows">The rows of a result.</param>
    /// <param name="inner">The terms of a sum.</param>
    /// <param name="columns">The columns of a result.</param>
    /// <param name="count">The matrices, each after the rows of the one before.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes and strides say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative or a row is longer than its stride.</exception>
    public static void Multiply(ReadOnlySpan<float> a, int aRow, ReadOnlySpan<float> b, int bRow, Span<float> result, int row, int rows, int inner, int columns, int count)
    {
        Require(a, aRow, rows, inner, b, bRow, inner, columns, result, row, rows, columns, count);
        for (var matrix = 0; matrix < count; matrix++)
        {
            for (var index = 0; index < rows; index++)
            {
                var sums = result.Slice(((matrix * rows) + index) * row, row);
                sums.Clear();
                sums = sums[..columns];
                var factors = a.Slice(((matrix * rows) + index) * aRow, inner);
                for (var term = 0; term < inner; term++)
                    TensorPrimitives.MultiplyAdd(b.Slice(((matrix * inner) + term) * bRow, columns), factors[term], sums, sums);
            }
        }
    }

    /// <summary>A · Bᵀ for each pair of matrices, with B as [columns, inner]; otherwise like <see cref="Multiply"/>.</summary>
    public static void MultiplyByTransposed(ReadOnlySpan<float> a, int aRow, ReadOnlySpan<float> b, int bRow, Span<float> result, int row, int rows, int inner, int columns, int count)
    {
        Require(a, aRow, rows, inner, b, bRow, columns, inner, result, row, rows, columns, count);
        for (var matrix = 0; matrix < count; matrix++)
        {
            for (var index = 0; index < rows; index++)
            {
                var sums = result.Slice(((matrix * rows) + index) * row, row);
                var factors = a.Slice(((matrix * rows) + index) * aRow, inner);
                for (var column = 0; column < columns; column++)
                    sums[column] = TensorPrimitives.Dot(factors, b.Slice(((matrix * columns) + column) * bRow, inner));
                sums[columns..].Clear();
            }
        }
    }

    /// <summary>Aᵀ · B for each pair of matrices, with A as [inner, rows]; otherwise like <see cref="Multiply"/>.</summary>
    public static void MultiplyTransposed(ReadOnlySpan<float> a, int aRow, ReadOnlySpan<float> b, int bRow, Span<float> result, int row, int rows, int inner, int columns, int count)
    {
        Require(a, aRow, inner, rows, b, bRow, inner, columns, result, row, rows, columns, count);
        for (var matrix = 0; matrix < count; matrix++)
        {
            for (var index = 0; index < rows; index++)
            {
                var sums = result.Slice(((matrix * rows) + index) * row, row);
                sums.Clear();
                sums = sums[..columns];
                for (var term = 0; term < inner; term++)
                    TensorPrimitives.MultiplyAdd(b.Slice(((matrix * inner) + term) * bRow, columns), a[(((matrix * inner) + term) * aRow) + index], sums, sums);
            }
        }
    }

    private static void Require(
        ReadOnlySpan<float> a, int aRow, int aRows, int aWidth, ReadOnlySpan<float> b, int bRow, int bRows, int bWidth, Span<float> result, int row, int rows, int columns, int count)
    {
        MemoryGuard.Require((aRows | aWidth | bRows | bWidth | rows | columns | count) >= 0 && aWidth <= aRow && bWidth <= bRow && columns <= row, NotNegative);
        MemoryGuard.Check(nameof(a), a.Length, (double)count * aRows * aRow);
        MemoryGuard.Check(nameof(b), b.Length, (double)count * bRows * bRow);
        MemoryGuard.Check(nameof(result), result.Length, (double)count * rows * row);
    }
}
