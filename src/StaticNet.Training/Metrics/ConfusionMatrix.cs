namespace StaticNet.Training.Metrics;

/// <summary>How often each class was predicted as each class, and the resulting precision, recall and F1.</summary>
/// <remarks>
/// Precision is the fraction of a class's predictions that are correct, recall the fraction of its samples that were found, and
/// F1 their harmonic mean 2PR / (P + R); each is 0 where there would be a division by 0. A macro average is the mean over the
/// classes that occur in targets or predictions; a micro average counts all decisions equally. All are 0 to 1, and 0 for an empty
/// matrix.
/// </remarks>
public sealed class ConfusionMatrix
{
    /// <summary>The most classes, with which a matrix takes 800 MB.</summary>
    internal const int MostClasses = 10_000;

    private readonly long[] _counts;

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classCount">The number of classes, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or more.</exception>
    public ConfusionMatrix(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MostClasses);
        ClassCount = classCount;
        _counts = new long[classCount * classCount];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>All decisions.</summary>
    public long Total { get; private set; }

    /// <summary>How often a class was predicted as another, or as itself.</summary>
    /// <param name="actual">The class of the target.</param>
    /// <param name="predicted">The class of the output.</param>
    public long this[int actual, int predicted] => _counts[IndexOf(actual, predicted)];

    /// <summary>The fraction of decisions that are correct.</summary>
    public double Accuracy => Ratio(Right(), Total);

    /// <summary>The mean precision of the classes.</summary>
    public double MacroPrecision => Macro(Precision);

    /// <summary>The mean recall of the classes.</summary>
    public double MacroRecall => Macro(Recall);

    /// <summary>The mean F1 of the classes.</summary>
    public double MacroF1 => Macro(F1);

    /// <summary>The precision over all decisions; as each has one class predicted, it is the accuracy.</summary>
    public double MicroPrecision => Accuracy;

    /// <summary>The recall over all decisions; as each has one true class, it is the accuracy.</summary>
    public double MicroRecall => Accuracy;

    /// <summary>The F1 over all decisions, which is also the accuracy.</summary>
    public double MicroF1 => Accuracy;

    /// <summary>Counts a decision.</summary>
    /// <param name="actual">The class of the target.</param>
    /// <param name="predicted">The class of the output.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is not from 0 to <see cref="ClassCount"/> − 1.</exception>
    public void Add(int actual, int predicted)
    {
        _counts[IndexOf(actual, predicted)]++;
        Total++;
    }

    /// <summary>Forgets all decisions.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Total = 0;
    }

    /// <summary>The number of targets of a class.</summary>
    /// <param name="index">The class.</param>
    public long Support(int index)
    {
        var sum = 0L;
        for (var predicted = 0; predicted < ClassCount; predicted++)
            sum += this[index, predicted];
        return sum;
    }

    /// <summary>The number of predictions of a class.</summary>
    /// <param name="index">The class.</param>
    public long Predictions(int index)
    {
        var sum = 0L;
        for (var actual = 0; actual < ClassCount; actual++)
            sum += this[actual, index];
        return sum;
    }

    /// <summary>The fraction of a class's predictions that are correct.</summary>
    /// <param name="index">The class.</param>
    public double Precision(int index) => Ratio(this[index, index], Predictions(index));

    /// <summary>The fraction of a class's samples that were found.</summary>
    /// <param name="index">The class.</param>
    public double Recall(int index) => Ratio(this[index, index], Support(index));

    /// <summary>The harmonic mean of precision and recall of a class.</summary>
    /// <param name="index">The class.</param>
    public double F1(int index) => Ratio(2 * this[index, index], Predictions(index) + Support(index));

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private int IndexOf(int actual, int predicted)
    {
        if ((uint)actual >= (uint)ClassCount)
            throw new ArgumentOutOfRangeException(nameof(actual), actual, $"Expected a class from 0 to {ClassCount - 1}.");
        if ((uint)predicted >= (uint)ClassCount)
            throw new ArgumentOutOfRangeException(nameof(predicted), predicted, $"Expected a class from 0 to {ClassCount - 1}.");
        return (actual * ClassCount) + predicted;
    }

    private long Right()
    {
        var sum = 0L;
        for (var index = 0; index < ClassCount; index++)
            sum += this[index, index];
        return sum;
    }

    private double Macro(Func<int, double> figure)
    {
        var (sum, classes) = (0.0, 0);
        for (var index = 0; index < ClassCount; index++)
        {
            if (Support(index) + Predictions(index) == 0)
                continue;
            sum += figure(index);
            classes++;
        }

        return classes == 0 ? 0 : sum / classes;
    }
}
