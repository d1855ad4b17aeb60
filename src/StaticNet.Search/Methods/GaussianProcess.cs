using MathNet.Numerics.LinearAlgebra;
using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// A Gaussian process with the Matérn kernel of 5/2, a length for each dimension, and noise. Rasmussen and Williams, "Gaussian
/// Processes for Machine Learning", 2006.
/// </summary>
internal sealed class GaussianProcess
{
    // What lengths and noise are expected to be, as logarithms, in a cube of side 1 and for losses of deviation 1.
    private const double UsualLength = -0.7;
    private const double UsualNoise = -9;
    private const double NoiseDeviation = 3;
    private const double LeastNoise = 1e-8;

    private readonly double[][] _points;
    private readonly double[] _inverseLengths;
    private readonly double[,] _root;
    private readonly double[] _coefficients;
    private readonly double _mean;
    private readonly double _scale;

    private GaussianProcess(double[][] points, double[] losses, double[] lengths, double noise)
    {
        _points = points;
        _inverseLengths = [.. lengths.Select(length => 1 / length)];
        _mean = losses.Average();
        var centered = Vector<double>.Build.Dense(losses.Length, index => losses[index] - _mean);
        var factor = Covariance(points, _inverseLengths, noise).Cholesky();
        var coefficients = factor.Solve(centered);
        // The scale that makes the losses most likely.
        _scale = Math.Max(centered.DotProduct(coefficients) / losses.Length, 1e-12);
        _coefficients = coefficients.ToArray();
        _root = factor.Factor.ToArray();
    }

    /// <summary>Fits lengths and noise to losses: the most likely of some random ones, improved coordinate by coordinate.</summary>
    /// <param name="points">Coordinates.</param>
    /// <param name="groups">Which length each coordinate has.</param>
    /// <param name="losses">A loss for each point, of any scale.</param>
    /// <param name="random">What draws.</param>
    public static GaussianProcess Fit(double[][] points, int[] groups, double[] losses, ref RandomStream random)
    {
        const int draws = 12, sweeps = 3;
        var count = groups.Max() + 1;
        var mean = losses.Average();
        var deviation = Math.Sqrt(losses.Average(loss => (loss - mean) * (loss - mean)));
        var standard = losses.Select(loss => deviation > 0 ? loss / deviation : 0).ToArray();
        var middle = standard.Average();
        var centered = Vector<double>.Build.Dense(standard.Length, index => standard[index] - middle);

        var best = Enumerable.Repeat(UsualLength, count).Append(UsualNoise).ToArray();
        var least = Unlikeliness(best);
        for (var draw = 0; draw < draws; draw++)
        {
            var settings = new double[count + 1];
            for (var index = 0; index < count; index++)
                settings[index] = UsualLength + random.NextNormal();
            settings[count] = UsualNoise + (NoiseDeviation * random.NextNormal());
            Take(settings);
        }

        for (var (sweep, step) = (0, 1.0); sweep < sweeps; sweep++, step /= 2)
        {
            for (var index = 0; index <= count; index++)
            {
                var size = index == count ? 2 * step : step;
                if (!Take(Moved(index, size)))
                    Take(Moved(index, -size));
            }
        }

        return new GaussianProcess(points, losses, [.. groups.Select(group => Math.Exp(best[group]))], Noise(best[count]));

        double[] Moved(int index, double by)
        {
            var moved = (double[])best.Clone();
            moved[index] += by;
            return moved;
        }

        bool Take(double[] settings)
        {
            var value = Unlikeliness(settings);
            if (!(value < least))
                return false;
            (best, least) = (settings, value);
            return true;
        }

        double Unlikeliness(double[] settings)
        {
            var inverse = groups.Select(group => Math.Exp(-settings[group])).ToArray();
            double value;
            try
            {
                var factor = Covariance(points, inverse, Noise(settings[count])).Cholesky();
                var scale = centered.DotProduct(factor.Solve(centered)) / standard.Length;
                value = (0.5 * standard.Length * Math.Log(Math.Max(scale, 1e-12))) + (0.5 * factor.DeterminantLn);
            }
            catch (ArgumentException)
            {
                // Not positive definite within the rounding.
                return double.PositiveInfinity;
            }

            for (var index = 0; index < count; index++)
                value += 0.5 * (settings[index] - UsualLength) * (settings[index] - UsualLength);
            var noise = (settings[count] - UsualNoise) / NoiseDeviation;
            return value + (0.5 * noise * noise);
        }
    }

    /// <summary>The mean and the deviation of the loss at a point.</summary>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> point)
    {
        var count = _points.Length;
        Span<double> row = count <= 256 ? stackalloc double[count] : new double[count];
        var mean = 0.0;
        for (var index = 0; index < count; index++)
        {
            row[index] = Kernel(_points[index], point, _inverseLengths);
            mean += row[index] * _coefficients[index];
        }

        // 1 − kᵀK⁻¹k, with the Cholesky factor of K.
        var variance = 1.0;
        for (var index = 0; index < count; index++)
        {
            var value = row[index];
            for (var earlier = 0; earlier < index; earlier++)
                value -= _root[index, earlier] * row[earlier];
            row[index] = value /= _root[index, index];
            variance -= value * value;
        }

        return (_mean + mean, Math.Sqrt(Math.Max(variance, 0) * _scale));
    }

    private static double Noise(double logarithm) => LeastNoise + Math.Exp(logarithm);

    private static Matrix<double> Covariance(double[][] points, double[] inverseLengths, double noise)
    {
        var matrix = Matrix<double>.Build.Dense(points.Length, points.Length);
        for (var row = 0; row < points.Length; row++)
        {
            matrix[row, row] = 1 + noise;
            for (var column = 0; column < row; column++)
                matrix[row, column] = matrix[column, row] = Kernel(points[row], points[column], inverseLengths);
        }

        return matrix;
    }

    private static double Kernel(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> inverseLengths)
    {
        var squares = 0.0;
        for (var index = 0; index < first.Length; index++)
        {
            var distance = (first[index] - second[index]) * inverseLengths[index];
            squares += distance * distance;
        }

        var scaled = Math.Sqrt(5 * squares);
        return (1 + scaled + (scaled * scaled / 3)) * Math.Exp(-scaled);
    }
}
