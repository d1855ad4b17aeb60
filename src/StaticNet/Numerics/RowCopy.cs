using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticNet.Numerics;

/// <summary>
/// Copies rows between buffers of different padding. For generated code; spans are checked once, before anything is copied.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowCopy
{
    private const string NotNegative = "sizes, strides and counts of 0 or more";

    /// <summary>Copies rows of one width, in pieces of some rows each, and clears the padding after each row.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="sourcePiece">The floats from piece to piece.</param>
    /// <param name="sourceRow">The floats from row to row.</param>
    /// <param name="target">Where the first element goes.</param>
    /// <param name="targetPiece">The floats from piece to piece.</param>
    /// <param name="targetRow">The floats from row to row.</param>
    /// <param name="width">The elements of a row.</param>
    /// <param name="paddedWidth">The floats that are written for a row, with zeros after its elements.</param>
    /// <param name="rows">The rows of a piece.</param>
    /// <param name="pieces">The pieces.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes and strides say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a count is negative, or rows are wider than what is written for them.</exception>
    public static void Copy(
        ReadOnlySpan<float> source, int sourcePiece, int sourceRow, Span<float> target, int targetPiece, int targetRow, int width, int paddedWidth, int rows, int pieces)
    {
        MemoryGuard.Require((sourcePiece | sourceRow | targetPiece | targetRow | width | paddedWidth | rows | pieces) >= 0, NotNegative);
        MemoryGuard.Require(width <= paddedWidth, "a width up to the padded width");
        MemoryGuard.Check(nameof(source), source.Length, MemoryGuard.Reach(pieces, sourcePiece, MemoryGuard.Reach(rows, sourceRow, width)));
        MemoryGuard.Check(nameof(target), target.Length, MemoryGuard.Reach(pieces, targetPiece, MemoryGuard.Reach(rows, targetRow, paddedWidth)));
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        if (rows == 1 && paddedWidth == 1)
        {
            // Single elements, such as the samples of audio, are too short for a call each.
            for (nint piece = 0; piece < pieces; piece++)
                Unsafe.Add(ref firstTarget, piece * targetPiece) = width == 0 ? 0 : Unsafe.Add(ref firstSource, piece * sourcePiece);
            return;
        }

        for (var piece = 0; piece < pieces; piece++)
        {
            for (var row = 0; row < rows; row++)
            {
                var from = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref firstSource, ((nint)piece * sourcePiece) + ((nint)row * sourceRow)), width);
                var to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref firstTarget, ((nint)piece * targetPiece) + ((nint)row * targetRow)), paddedWidth);
                from.CopyTo(to);
                to[width..].Clear();
            }
        }
    }

    /// <summary>Clears elements of samples.</summary>
    /// <param name="target">The first element.</param>
    /// <param name="stride">The floats from sample to sample.</param>
    /// <param name="width">The elements of a sample.</param>
    /// <param name="samples">The samples.</param>
    /// <exception cref="ArgumentException">The span is shorter than the sizes and the stride say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, the stride or the count is negative.</exception>
    public static void Clear(Span<float> target, int stride, int width, int samples)
    {
        MemoryGuard.Require((stride | width | samples) >= 0, NotNegative);
        MemoryGuard.Check(nameof(target), target.Length, MemoryGuard.Reach(samples, stride, width));
        for (var sample = 0; sample < samples; sample++)
            target.Slice(sample * stride, width).Clear();
    }

    /// <summary>Copies the elements of samples, in order, from rows of one shape to rows of another.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="sourceRows">The rows of a sample.</param>
    /// <param name="sourceWidth">The elements of a row.</param>
    /// <param name="sourceStride">The floats from row to row.</param>
    /// <param name="target">Where the first element goes.</param>
    /// <param name="targetRows">The rows of a sample.</param>
    /// <param name="targetWidth">The elements of a row.</param>
    /// <param name="targetStride">The floats from row to row; zeros are written after a row's elements.</param>
    /// <param name="samples">The samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes and strides say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a count is negative, a row is wider than its stride, or the two shapes have not as many elements.</exception>
    public static void Rearrange(
        ReadOnlySpan<float> source, int sourceRows, int sourceWidth, int sourceStride, Span<float> target, int targetRows, int targetWidth, int targetStride, int samples)
    {
        MemoryGuard.Require((sourceRows | sourceWidth | sourceStride | targetRows | targetWidth | targetStride | samples) >= 0, NotNegative);
        MemoryGuard.Require(sourceWidth <= sourceStride && targetWidth <= targetStride, "rows up to their strides");
        MemoryGuard.Require((long)sourceRows * sourceWidth == (long)targetRows * targetWidth, "as many elements in the source as in the target");
        MemoryGuard.Check(nameof(source), source.Length, (double)samples * sourceRows * sourceStride);
        MemoryGuard.Check(nameof(target), target.Length, (double)samples * targetRows * targetStride);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var sample = 0; sample < samples; sample++)
        {
            ref var from = ref Unsafe.Add(ref firstSource, (nint)sample * sourceRows * sourceStride);
            ref var to = ref Unsafe.Add(ref firstTarget, (nint)sample * targetRows * targetStride);
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

    /// <summary>Repeats each element of rows.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceRow">The floats from row to row.</param>
    /// <param name="target">Where the first row goes.</param>
    /// <param name="width">The elements of a row of the target.</param>
    /// <param name="targetRow">The floats from row to row of the target; zeros are written after a row's elements.</param>
    /// <param name="times">How often each element is in the target.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes and strides say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a count is negative, the repetitions do not divide a row, or it is wider than its stride.</exception>
    public static void Repeat(ReadOnlySpan<float> source, int sourceRow, Span<float> target, int width, int targetRow, int times, int rows)
    {
        MemoryGuard.Require((sourceRow | width | targetRow | times | rows) >= 0, NotNegative);
        MemoryGuard.Require(times > 0 && width % times == 0 && width <= targetRow, "rows of whole repetitions, up to their stride");
        MemoryGuard.Check(nameof(source), source.Length, MemoryGuard.Reach(rows, sourceRow, width / times));
        MemoryGuard.Check(nameof(target), target.Length, (double)rows * targetRow);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref firstSource, (nint)row * sourceRow);
            var to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref firstTarget, (nint)row * targetRow), targetRow);
            for (var column = 0; column < width; column += times)
                to.Slice(column, times).Fill(Unsafe.Add(ref from, column / times));
            to[width..].Clear();
        }
    }

    /// <summary>Adds up the repetitions of each element of rows: the gradient of <see cref="Repeat"/>.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceRow">The floats from row to row.</param>
    /// <param name="target">Where the first row of sums goes.</param>
    /// <param name="width">The elements of a row of the target.</param>
    /// <param name="targetRow">The floats from row to row of the target; zeros are written after a row's elements.</param>
    /// <param name="times">How often each element is in the source.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes and strides say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a count is negative, or a row is wider than its stride.</exception>
    public static void SumRepetitions(ReadOnlySpan<float> source, int sourceRow, Span<float> target, int width, int targetRow, int times, int rows)
    {
        MemoryGuard.Require((sourceRow | width | targetRow | times | rows) >= 0, NotNegative);
        MemoryGuard.Require(width <= targetRow, "rows up to their stride");
        MemoryGuard.Check(nameof(source), source.Length, MemoryGuard.Reach(rows, sourceRow, (double)width * times));
        MemoryGuard.Check(nameof(target), target.Length, (double)rows * targetRow);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref firstSource, (nint)row * sourceRow);
            var to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref firstTarget, (nint)row * targetRow), targetRow);
            for (var column = 0; column < width; column++)
            {
                var sum = 0f;
                for (var repetition = 0; repetition < times; repetition++)
                    sum += Unsafe.Add(ref from, (column * times) + repetition);
                to[column] = sum;
            }

            to[width..].Clear();
        }
    }

    /// <summary>
    /// Copies samples to another order of axes; the target has three axes, those that are missing have one element. Where the
    /// source's neighbours lie along another axis than the target's, blocks are transposed in registers.
    /// </summary>
    /// <param name="source">The first element.</param>
    /// <param name="sourceSample">The floats from sample to sample.</param>
    /// <param name="step0">The floats of the source for a step along the target's first axis.</param>
    /// <param name="step1">The same for the second.</param>
    /// <param name="step2">The same for the third.</param>
    /// <param name="target">Where the first element goes.</param>
    /// <param name="targetSample">The floats from sample to sample of the target.</param>
    /// <param name="targetPlane">The floats of the target for a step along its first axis.</param>
    /// <param name="targetRow">The same for the second.</param>
    /// <param name="size0">The elements of the target's first axis.</param>
    /// <param name="size1">The same of the second.</param>
    /// <param name="size2">The same of the third, whose elements follow each other.</param>
    /// <param name="paddedWidth">The elements of a row that are written: those of the third axis, then zeros.</param>
    /// <param name="samples">The samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes and strides say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a count is negative.</exception>
    public static void Permute(
        ReadOnlySpan<float> source, int sourceSample, int step0, int step1, int step2, Span<float> target, int targetSample, int targetPlane, int targetRow,
        int size0, int size1, int size2, int paddedWidth, int samples)
    {
        MemoryGuard.Require((sourceSample | step0 | step1 | step2 | targetSample | targetPlane | targetRow | size0 | size1 | size2 | paddedWidth | samples) >= 0, NotNegative);
        var sampleOfSource = MemoryGuard.Reach(size0, step0, MemoryGuard.Reach(size1, step1, MemoryGuard.Reach(size2, step2, 1)));
        var sampleOfTarget = MemoryGuard.Reach(size0, targetPlane, MemoryGuard.Reach(size1, targetRow, Math.Max(size2, paddedWidth)));
        MemoryGuard.Check(nameof(source), source.Length, MemoryGuard.Reach(samples, sourceSample, sampleOfSource));
        MemoryGuard.Check(nameof(target), target.Length, MemoryGuard.Reach(samples, targetSample, sampleOfTarget));
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var sample = 0; sample < samples; sample++)
        {
            ref var from = ref Unsafe.Add(ref firstSource, (nint)sample * sourceSample);
            ref var to = ref Unsafe.Add(ref firstTarget, (nint)sample * targetSample);
            if (step1 == 1)
            {
                for (var i = 0; i < size0; i++)
                    Transposition.Transpose(ref Unsafe.Add(ref from, (nint)i * step0), step2, ref Unsafe.Add(ref to, (nint)i * targetPlane), targetRow, size2, size1);
            }
            else if (step0 == 1)
            {
                for (var j = 0; j < size1; j++)
                    Transposition.Transpose(ref Unsafe.Add(ref from, (nint)j * step1), step2, ref Unsafe.Add(ref to, (nint)j * targetRow), targetPlane, size2, size0);
            }
            else
            {
                Gather(ref from, step0, step1, step2, ref to, targetPlane, targetRow, size0, size1, size2);
            }

            for (var i = 0; paddedWidth > size2 && i < size0; i++)
            {
                for (var j = 0; j < size1; j++)
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, ((nint)i * targetPlane) + ((nint)j * targetRow) + size2), paddedWidth - size2).Clear();
            }
        }
    }

    private static void Gather(ref float source, int step0, int step1, int step2, ref float target, int targetPlane, int targetRow, int size0, int size1, int size2)
    {
        for (var i = 0; i < size0; i++)
        {
            for (var j = 0; j < size1; j++)
            {
                ref var from = ref Unsafe.Add(ref source, ((nint)i * step0) + ((nint)j * step1));
                ref var to = ref Unsafe.Add(ref target, ((nint)i * targetPlane) + ((nint)j * targetRow));
                for (var k = 0; k < size2; k++)
                    Unsafe.Add(ref to, k) = Unsafe.Add(ref from, (nint)k * step2);
            }
        }
    }
}
