using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticNet.Numerics;

/// <summary>Copies rows between buffers of different padding. For generated code: nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowCopy
{
    /// <summary>Copies rows of one width, in pieces of some rows each, and clears the padding behind each row.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="sourcePiece">The floats from piece to piece.</param>
    /// <param name="sourceRow">The floats from row to row.</param>
    /// <param name="target">Where the first element goes.</param>
    /// <param name="targetPiece">The floats from piece to piece.</param>
    /// <param name="targetRow">The floats from row to row.</param>
    /// <param name="width">The elements of a row.</param>
    /// <param name="paddedWidth">The floats that are written for a row, zeros behind its elements.</param>
    /// <param name="rows">The rows of a piece.</param>
    /// <param name="pieces">The pieces.</param>
    public static void Copy(
        ref float source, int sourcePiece, int sourceRow, ref float target, int targetPiece, int targetRow, int width, int paddedWidth, int rows, int pieces)
    {
        for (var piece = 0; piece < pieces; piece++)
        {
            for (var row = 0; row < rows; row++)
            {
                var from = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, ((nint)piece * sourcePiece) + ((nint)row * sourceRow)), width);
                var to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, ((nint)piece * targetPiece) + ((nint)row * targetRow)), paddedWidth);
                from.CopyTo(to);
                to[width..].Clear();
            }
        }
    }

    /// <summary>Copies the elements of samples, in order, from rows of one shape to rows of another.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="sourceRows">The rows of a sample.</param>
    /// <param name="sourceWidth">The elements of a row.</param>
    /// <param name="sourceStride">The floats from row to row.</param>
    /// <param name="target">Where the first element goes.</param>
    /// <param name="targetRows">The rows of a sample.</param>
    /// <param name="targetWidth">The elements of a row.</param>
    /// <param name="targetStride">The floats from row to row; zeros are written behind a row's elements.</param>
    /// <param name="samples">The samples.</param>
    public static void Rearrange(
        ref float source, int sourceRows, int sourceWidth, int sourceStride, ref float target, int targetRows, int targetWidth, int targetStride, int samples)
    {
        for (var sample = 0; sample < samples; sample++)
        {
            ref var from = ref Unsafe.Add(ref source, (nint)sample * sourceRows * sourceStride);
            ref var to = ref Unsafe.Add(ref target, (nint)sample * targetRows * targetStride);
            var (sourceRow, sourceColumn) = (0, 0);
            for (var row = 0; row < targetRows; row++)
            {
                var written = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, (nint)row * targetStride), targetStride);
                for (var column = 0; column < targetWidth;)
                {
                    var run = Math.Min(targetWidth - column, sourceWidth - sourceColumn);
                    ref var first = ref Unsafe.Add(ref from, ((nint)sourceRow * sourceStride) + sourceColumn);
                    MemoryMarshal.CreateReadOnlySpan(ref first, run).CopyTo(written[column..]);
                    column += run;
                    sourceColumn += run;
                    if (sourceColumn == sourceWidth)
                        (sourceRow, sourceColumn) = (sourceRow + 1, 0);
                }

                written[targetWidth..].Clear();
            }
        }
    }
}
