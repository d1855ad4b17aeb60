using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>
/// Enlarges images [height, width, channel] by whole factors, and takes gradients back. Each pixel's channels are padded to a
/// multiple of 16 floats, the stride. For generated code; spans are checked once, before anything is written.
/// </summary>
/// <remarks>
/// Interpolation puts output i at the place (i + ½) / scale − ½ between the inputs, not before the first and not after the last;
/// with aligned corners at i · (in − 1) / (out − 1).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Resampling
{
    /// <summary>Copies each pixel as often as the scales say.</summary>
    /// <param name="source">The images.</param>
    /// <param name="target">The enlarged images.</param>
    /// <param name="height">The rows of the source.</param>
    /// <param name="width">The pixels of its rows.</param>
    /// <param name="stride">The floats of a pixel.</param>
    /// <param name="scaleHeight">How often each row is written.</param>
    /// <param name="scaleWidth">How often each pixel of a row is written.</param>
    /// <param name="samples">The number of images.</param>
    /// <exception cref="ArgumentException">A span is shorter than the images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or a factor is below 1, the stride is not a multiple of 8, or the number of samples is negative.</exception>
    public static void Nearest(ReadOnlySpan<float> source, Span<float> target, int height, int width, int stride, int scaleHeight, int scaleWidth, int samples)
    {
        Check(nameof(source), source.Length, nameof(target), target.Length, height, width, stride, scaleHeight, scaleWidth, samples);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        var rowLength = width * scaleWidth * stride;
        for (var row = 0; row < samples * height; row++)
        {
            var enlarged = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref firstTarget, (nint)row * scaleHeight * rowLength), rowLength);
            for (var column = 0; column < width; column++)
            {
                var pixel = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref firstSource, (((nint)row * width) + column) * stride), stride);
                for (var copy = 0; copy < scaleWidth; copy++)
                    pixel.CopyTo(enlarged[(((column * scaleWidth) + copy) * stride)..]);
            }

            for (var copy = 1; copy < scaleHeight; copy++)
                enlarged.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref firstTarget, (((nint)row * scaleHeight) + copy) * rowLength), rowLength));
        }
    }

    /// <summary>Sums the gradients of each pixel's copies.</summary>
    /// <param name="gradient">The gradients of the enlarged images.</param>
    /// <param name="target">The gradients of the images.</param>
    /// <param name="height">The rows of the images before they were enlarged.</param>
    /// <param name="width">The pixels of their rows.</param>
    /// <param name="stride">The floats of a pixel.</param>
    /// <param name="scaleHeight">How often each row was written.</param>
    /// <param name="scaleWidth">How often each pixel of a row was written.</param>
    /// <param name="samples">The number of images.</param>
    /// <exception cref="ArgumentException">A span is shorter than the images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or a factor is below 1, the stride is not a multiple of 8, or the number of samples is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NearestGradient(ReadOnlySpan<float> gradient, Span<float> target, int height, int width, int stride, int scaleHeight, int scaleWidth, int samples)
    {
        Check(nameof(target), target.Length, nameof(gradient), gradient.Length, height, width, stride, scaleHeight, scaleWidth, samples);
        ref var firstGradient = ref MemoryMarshal.GetReference(gradient);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var row = 0; row < samples * height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                ref var pixel = ref Unsafe.Add(ref firstTarget, (((nint)row * width) + column) * stride);
                for (nuint lane = 0; lane < (nuint)stride; lane += 8)
                {
                    var sum = Vector256<float>.Zero;
                    for (var i = 0; i < scaleHeight; i++)
                    {
                        ref var copies = ref Unsafe.Add(ref firstGradient, (((((nint)row * scaleHeight) + i) * width) + column) * scaleWidth * stride);
                        for (var j = 0; j < scaleWidth; j++)
                            sum += Vector256.LoadUnsafe(ref copies, (nuint)(j * stride) + lane);
                    }

                    sum.StoreUnsafe(ref pixel, lane);
                }
            }
        }
    }

    /// <summary>Interpolates linearly between rows and between the pixels of a row.</summary>
    /// <param name="source">The images.</param>
    /// <param name="target">The enlarged images.</param>
    /// <param name="height">The rows of the source.</param>
    /// <param name="width">The pixels of its rows.</param>
    /// <param name="stride">The floats of a pixel.</param>
    /// <param name="scaleHeight">The factor of the height.</param>
    /// <param name="scaleWidth">The factor of the width.</param>
    /// <param name="alignCorners">Whether the first and last pixels keep their places.</param>
    /// <param name="samples">The number of images.</param>
    /// <exception cref="ArgumentException">A span is shorter than the images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or a factor is below 1, the stride is not a multiple of 8, or the number of samples is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Linear(
        ReadOnlySpan<float> source, Span<float> target, int height, int width, int stride, int scaleHeight, int scaleWidth, bool alignCorners, int samples)
    {
        Check(nameof(source), source.Length, nameof(target), target.Length, height, width, stride, scaleHeight, scaleWidth, samples);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        var (rows, columns) = (new Axis(height, scaleHeight, alignCorners), new Axis(width, scaleWidth, alignCorners));
        for (var sample = 0; sample < samples; sample++)
        {
            ref var image = ref Unsafe.Add(ref firstSource, (nint)sample * height * width * stride);
            for (var row = 0; row < rows.Output; row++)
            {
                var (top, bottom, down) = rows.At(row);
                ref var upper = ref Unsafe.Add(ref image, (nint)top * width * stride);
                ref var lower = ref Unsafe.Add(ref image, (nint)bottom * width * stride);
                for (var column = 0; column < columns.Output; column++)
                {
                    var (left, right, across) = columns.At(column);
                    var (first, second) = ((nuint)(left * stride), (nuint)(right * stride));
                    for (nuint lane = 0; lane < (nuint)stride; lane += 8)
                    {
                        var above = Between(Vector256.LoadUnsafe(ref upper, first + lane), Vector256.LoadUnsafe(ref upper, second + lane), across);
                        var below = Between(Vector256.LoadUnsafe(ref lower, first + lane), Vector256.LoadUnsafe(ref lower, second + lane), across);
                        Between(above, below, down).StoreUnsafe(ref firstTarget, lane);
                    }

                    firstTarget = ref Unsafe.Add(ref firstTarget, stride);
                }
            }
        }
    }

    /// <summary>Sums the gradients of the pixels that were interpolated from each pixel, as much as it was in them.</summary>
    /// <param name="gradient">The gradients of the enlarged images.</param>
    /// <param name="target">The gradients of the images.</param>
    /// <param name="height">The rows of the images before they were enlarged.</param>
    /// <param name="width">The pixels of their rows.</param>
    /// <param name="stride">The floats of a pixel.</param>
    /// <param name="scaleHeight">The factor of the height.</param>
    /// <param name="scaleWidth">The factor of the width.</param>
    /// <param name="alignCorners">Whether the first and last pixels kept their places.</param>
    /// <param name="samples">The number of images.</param>
    /// <exception cref="ArgumentException">A span is shorter than the images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or a factor is below 1, the stride is not a multiple of 8, or the number of samples is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LinearGradient(
        ReadOnlySpan<float> gradient, Span<float> target, int height, int width, int stride, int scaleHeight, int scaleWidth, bool alignCorners, int samples)
    {
        Check(nameof(target), target.Length, nameof(gradient), gradient.Length, height, width, stride, scaleHeight, scaleWidth, samples);
        ref var firstGradient = ref MemoryMarshal.GetReference(gradient);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        var (rows, columns) = (new Axis(height, scaleHeight, alignCorners), new Axis(width, scaleWidth, alignCorners));
        target[..(samples * height * width * stride)].Clear();
        for (var sample = 0; sample < samples; sample++)
        {
            ref var enlarged = ref Unsafe.Add(ref firstGradient, (nint)sample * rows.Output * columns.Output * stride);
            for (var row = 0; row < height; row++)
            {
                var (rowBegin, rowEnd) = rows.UsesOf(row);
                for (var column = 0; column < width; column++)
                {
                    var (columnBegin, columnEnd) = columns.UsesOf(column);
                    for (var i = rowBegin; i < rowEnd; i++)
                    {
                        for (var j = columnBegin; j < columnEnd; j++)
                        {
                            var share = Vector256.Create(rows.ShareOf(row, i) * columns.ShareOf(column, j));
                            ref var pixel = ref Unsafe.Add(ref enlarged, (((nint)i * columns.Output) + j) * stride);
                            for (nuint lane = 0; lane < (nuint)stride; lane += 8)
                                Vector256.MultiplyAddEstimate(share, Vector256.LoadUnsafe(ref pixel, lane), Vector256.LoadUnsafe(ref firstTarget, lane)).StoreUnsafe(ref firstTarget, lane);
                        }
                    }

                    firstTarget = ref Unsafe.Add(ref firstTarget, stride);
                }
            }
        }
    }

    private static void Check(
        string small, int smallLength, string large, int largeLength, int height, int width, int stride, int scaleHeight, int scaleWidth, int samples)
    {
        MemoryGuard.Require(Math.Min(Math.Min(height, width), Math.Min(scaleHeight, scaleWidth)) > 0, "sizes and factors of 1 or more");
        MemoryGuard.Require(stride > 0 && stride % Vector256<float>.Count == 0 && samples >= 0, "a stride that is a multiple of 8, and 0 or more images");
        var pixels = (double)samples * height * width * stride;
        MemoryGuard.Check(small, smallLength, pixels);
        MemoryGuard.Check(large, largeLength, pixels * scaleHeight * scaleWidth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Between(Vector256<float> from, Vector256<float> to, float part) =>
        Vector256.MultiplyAddEstimate(to, Vector256.Create(part), from * Vector256.Create(1 - part));

    /// <summary>The positions of outputs between the inputs of an axis, in whole numbers: output o at numerator / denominator.</summary>
    private readonly struct Axis
    {
        private readonly int _input;
        private readonly int _scale;
        private readonly bool _isAligned;
        private readonly long _denominator;

        public Axis(int input, int scale, bool alignCorners)
        {
            (_input, _scale, _isAligned) = (input, scale, alignCorners);
            Output = input * scale;
            _denominator = alignCorners ? Math.Max(1, Output - 1) : 2L * scale;
        }

        public int Output { get; }

        /// <summary>The inputs around an output, and its place between them, 0 to 1.</summary>
        public (int Before, int After, float Part) At(int output)
        {
            var place = PlaceOf(output);
            var before = (int)(place / _denominator);
            return (before, Math.Min(before + 1, _input - 1), (float)(place % _denominator) / _denominator);
        }

        /// <summary>The part that an input has in an output.</summary>
        public float ShareOf(int input, int output) => Math.Max(0, 1 - ((float)Math.Abs(PlaceOf(output) - (input * _denominator)) / _denominator));

        /// <summary>The outputs that an input may have a part in.</summary>
        public (int Begin, int End) UsesOf(int input)
        {
            var (begin, end) = _isAligned
                ? ((((input - 1L) * (Output - 1)) / Math.Max(1, _input - 1)) + 1, (((input + 1L) * (Output - 1)) + _input - 2) / Math.Max(1, _input - 1))
                : (((((2L * input) - 1) * _scale) + 1) / 2, ((2L * input) + 3) * _scale / 2);
            return (input == 0 ? 0 : (int)begin, input == _input - 1 ? Output : (int)end);
        }

        private long PlaceOf(int output) => _isAligned
            ? output * (_input - 1L)
            : Math.Clamp((2L * output) + 1 - _scale, 0, _denominator * (_input - 1L));
    }
}
