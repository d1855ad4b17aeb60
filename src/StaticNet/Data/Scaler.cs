using System.Numerics.Tensors;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Scales features: y = (x − shift) / scale, and back. Nothing allocates after it is fitted.</summary>
/// <remarks>
/// A feature that has one value only gets scale 1. A scaler of length 1 applies its one shift and scale to every number, whatever
/// the length of the rows. Fitting is in double precision.
/// </remarks>
public sealed class Scaler
{
    private const string ShiftName = "shift";
    private const string ScaleName = "scale";

    private readonly float[] _shift;
    private readonly float[] _scale;

    /// <summary>Makes a scaler of known numbers.</summary>
    /// <param name="shift">What is subtracted from each feature; finite.</param>
    /// <param name="scale">What each feature is divided by; finite and not 0; as many as shifts.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a number is not allowed.</exception>
    public Scaler(ReadOnlySpan<float> shift, ReadOnlySpan<float> scale)
    {
        if (shift.IsEmpty || shift.Length != scale.Length)
            throw new ArgumentException(
                $"Expected as many shifts as scales, and at least one; {shift.Length} shifts and {scale.Length} scales " +
                $"came.", nameof(scale));
        for (var i = 0; i < shift.Length; i++)
        {
            if (!float.IsFinite(shift[i]) || !float.IsFinite(scale[i]) || scale[i] == 0)
                throw new ArgumentException(
                    $"Expected a finite shift and a finite scale other than 0; feature {i} has {shift[i]} and " +
                    $"{scale[i]}.", nameof(scale));
        }
        _shift = shift.ToArray();
        _scale = scale.ToArray();
    }

    /// <summary>The number of features; 1 applies to all alike.</summary>
    public int Length => _shift.Length;

    /// <summary>What is subtracted from each feature.</summary>
    public ReadOnlySpan<float> Shift => _shift;

    /// <summary>What each feature is divided by.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>Fits to mean 0 and standard deviation 1 (of the population: divided by the count).</summary>
    /// <param name="rows">[count, length] row-major, at least one row, all finite.</param>
    /// <param name="length">The features of a row; 1 fits all numbers alike.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">The rows do not fit the length, are none, or hold a number that is not
    /// finite.</exception>
    public static Scaler Standard(ReadOnlySpan<float> rows, int length)
    {
        var statistics = FeatureStatistics.Of(rows, length);
        var shift = new float[length];
        var scale = new float[length];
        for (var i = 0; i < length; i++)
        {
            var deviation = (float)statistics[i].Deviation;
            shift[i] = (float)statistics[i].Mean;
            scale[i] = statistics[i].IsConstant || deviation == 0 ? 1f : deviation;
        }
        return new Scaler(shift, scale);
    }

    /// <summary>Fits the smallest and the largest value to the ends of a range.</summary>
    /// <param name="rows">[count, length] row-major, at least one row, all finite.</param>
    /// <param name="length">The features of a row; 1 fits all numbers alike.</param>
    /// <param name="lower">Where the smallest value goes, and a constant feature.</param>
    /// <param name="upper">Where the largest value goes; over <paramref name="lower"/>.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">The rows do not fit the length, are none, hold a number that is not finite or span
    /// more
    /// than a float; or the range is empty or not finite.</exception>
    public static Scaler MinMax(ReadOnlySpan<float> rows, int length, float lower = 0f, float upper = 1f)
    {
        if (!float.IsFinite(lower) || !float.IsFinite(upper) || !(lower < upper))
            throw new ArgumentException(
                $"Expected a finite range with its lower end under the upper; {lower} to {upper} came.", nameof(upper));
        var statistics = FeatureStatistics.Of(rows, length);
        var shift = new float[length];
        var scale = new float[length];
        for (var i = 0; i < length; i++)
        {
            var (minimum, maximum) = (statistics[i].Minimum, statistics[i].Maximum);
            var factor = (float)(((double)maximum - minimum) / ((double)upper - lower));
            scale[i] = factor == 0 ? 1f : factor;
            shift[i] = (float)(minimum - ((double)lower * scale[i]));
        }
        return new Scaler(shift, scale);
    }

    /// <summary>Reads a scaler that <see cref="ToStateDict"/> has stored.</summary>
    /// <param name="prefix">The prefix of the two tensors' names, without the dot.</param>
    /// <param name="state">Where to look.</param>
    /// <returns>The scaler, or null if none is stored under that prefix.</returns>
    /// <exception cref="ArgumentException">What is stored is not a scaler.</exception>
    public static Scaler? FromStateDict(string prefix, StateDict state)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(state);
        var hasShift = state.TryGet($"{prefix}.{ShiftName}", out var shift);
        var hasScale = state.TryGet($"{prefix}.{ScaleName}", out var scale);
        if (hasShift != hasScale)
            throw new ArgumentException(
                $"Expected both '{prefix}.{ShiftName}' and '{prefix}.{ScaleName}'; only one is there.", nameof(state));
        return hasShift && hasScale ? new Scaler(shift!.Values, scale!.Values) : null;
    }

    /// <summary>Stores the scaler as two tensors, <c>prefix.shift</c> and <c>prefix.scale</c>, each [<see
    /// cref="Length"/>].</summary>
    /// <param name="prefix">The prefix of the two tensors' names, without the dot.</param>
    /// <param name="state">Where to add them.</param>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public void ToStateDict(string prefix, StateDict state)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(state);
        state.Add($"{prefix}.{ShiftName}", [Length], _shift);
        state.Add($"{prefix}.{ScaleName}", [Length], _scale);
    }

    /// <summary>Scales in place: y = (x − shift) / scale.</summary>
    /// <param name="rows">[any, <see cref="Length"/>] row-major.</param>
    /// <exception cref="ArgumentException">The rows do not fit the length.</exception>
    public void Apply(Span<float> rows)
    {
        RequireRows(rows);
        if (Length == 1)
        {
            TensorPrimitives.Subtract(rows, _shift[0], rows);
            TensorPrimitives.Divide(rows, _scale[0], rows);
            return;
        }
        for (; !rows.IsEmpty; rows = rows[Length..])
        {
            var row = rows[..Length];
            TensorPrimitives.Subtract(row, _shift, row);
            TensorPrimitives.Divide(row, _scale, row);
        }
    }

    /// <summary>Undoes <see cref="Apply"/> in place: x = y · scale + shift.</summary>
    /// <param name="rows">[any, <see cref="Length"/>] row-major.</param>
    /// <exception cref="ArgumentException">The rows do not fit the length.</exception>
    public void Undo(Span<float> rows)
    {
        RequireRows(rows);
        if (Length == 1)
        {
            TensorPrimitives.Multiply(rows, _scale[0], rows);
            TensorPrimitives.Add(rows, _shift[0], rows);
            return;
        }
        for (; !rows.IsEmpty; rows = rows[Length..])
        {
            var row = rows[..Length];
            TensorPrimitives.Multiply(row, _scale, row);
            TensorPrimitives.Add(row, _shift, row);
        }
    }

    private void RequireRows(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Length != 0)
            throw new ArgumentException(
                $"Expected rows of {Length} features; {rows.Length} numbers are not a multiple.", nameof(rows));
    }
}
