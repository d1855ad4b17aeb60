using System.Numerics.Tensors;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>
/// Scales features: y = f((x − shift) / scale), and back. f is the identity unless another <see cref="ScalerFunction"/> is chosen.
/// Nothing allocates after it is fitted.
/// </summary>
/// <remarks>
/// Each shift and scale is for <see cref="Width"/> consecutive numbers: 1 if every number of a row is a separate feature, and
/// height × width if the features are the channels of [channels, height, width]. A scaler with one feature and width 1 applies to
/// every number, whatever the length of the rows. A feature with a single value gets scale 1. Fitting is in double precision. Fit
/// on the training samples only, so that nothing about the others is known in advance.
/// </remarks>
public sealed class Scaler
{
    private const string ShiftName = "shift";
    private const string ScaleName = "scale";
    private const string FunctionName = "function";
    private const string WidthName = "width";

    // What a float of a state dict holds exactly.
    private const int MaxWidth = 1 << 24;

    private readonly float[] _shift;
    private readonly float[] _scale;

    /// <summary>Makes a scaler from known numbers.</summary>
    /// <param name="shift">The number that is subtracted from each feature; finite.</param>
    /// <param name="scale">The number by which each feature is divided; finite and not 0; as many as shifts.</param>
    /// <param name="function">The function of the shifted and scaled number.</param>
    /// <param name="width">The number of consecutive numbers that are one feature, 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a number is not allowed.</exception>
    public Scaler(
        ReadOnlySpan<float> shift, ReadOnlySpan<float> scale, ScalerFunction function = ScalerFunction.Linear, int width = 1)
    {
        if (shift.IsEmpty || shift.Length != scale.Length)
            throw new ArgumentException(
                $"Expected as many shifts as scales, and at least one, but got {shift.Length} shifts and {scale.Length} scales.", nameof(scale));
        for (var i = 0; i < shift.Length; i++)
        {
            if (!float.IsFinite(shift[i]) || !float.IsFinite(scale[i]) || scale[i] == 0)
                throw new ArgumentException(
                    $"Expected a finite shift and a finite scale other than 0; feature {i} has {shift[i]} and " +
                    $"{scale[i]}.", nameof(scale));
        }
        if (!Enum.IsDefined(function))
            throw new ArgumentOutOfRangeException(nameof(function), function, "Expected one of the functions of a scaler.");
        if (width is < 1 or > MaxWidth || (long)width * shift.Length > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(width), width, $"Expected 1 to {MaxWidth} numbers a feature, and rows of at most {Array.MaxLength}.");
        _shift = shift.ToArray();
        _scale = scale.ToArray();
        Function = function;
        Width = width;
    }

    /// <summary>The numbers of a row: features × <see cref="Width"/>; 1 applies to all alike.</summary>
    public int Length => _shift.Length * Width;

    /// <summary>The number of consecutive numbers that are one feature.</summary>
    public int Width { get; }

    /// <summary>The function of the shifted and scaled number.</summary>
    public ScalerFunction Function { get; }

    /// <summary>The number that is subtracted from each feature.</summary>
    public ReadOnlySpan<float> Shift => _shift;

    /// <summary>The number by which each feature is divided.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>Fits to mean 0 and standard deviation 1 (of the population: divided by the count).</summary>
    /// <param name="rows">[count, length × width] row-major, at least one row, all finite.</param>
    /// <param name="length">The features of a row; 1 fits all numbers alike. The channels, for images by channel.</param>
    /// <param name="width">The number of consecutive numbers that are one feature: height × width, for images by channel.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">The rows do not fit the length, are none, or hold a number that is not
    /// finite.</exception>
    /// <example><code>var perChannel = Scaler.Standard(train.Inputs, length: 3, width: 32 * 32);</code></example>
    public static Scaler Standard(ReadOnlySpan<float> rows, int length, int width = 1) =>
        ScalerFit.Standard(FeatureStatistics.Of(rows, length, width), width);

    /// <summary>Fits the inputs of a source, which is read twice, to mean 0 and standard deviation 1.</summary>
    /// <param name="source">At least one sample, all inputs finite; an input is one row or several.</param>
    /// <param name="length">The features of a row; 1 fits all numbers alike.</param>
    /// <param name="width">The number of consecutive numbers that are one feature.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit the length, are none, or hold a number that is not
    /// finite.</exception>
    public static Scaler Standard(DataSource source, int length, int width = 1) =>
        ScalerFit.Standard(FeatureStatistics.Of(source, length, width), width);

    /// <summary>Fits the smallest and the largest value to the ends of a range.</summary>
    /// <param name="rows">[count, length × width] row-major, at least one row, all finite.</param>
    /// <param name="length">The features of a row; 1 fits all numbers alike.</param>
    /// <param name="lower">Where the smallest value goes, and a constant feature.</param>
    /// <param name="upper">Where the largest value goes; over <paramref name="lower"/>.</param>
    /// <param name="width">The number of consecutive numbers that are one feature.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">The rows do not fit the length, are none, hold a number that is not finite or span
    /// more
    /// than a float; or the range is empty or not finite.</exception>
    public static Scaler MinMax(ReadOnlySpan<float> rows, int length, float lower = 0f, float upper = 1f, int width = 1)
    {
        ScalerFit.RequireRange(lower, upper);
        return ScalerFit.MinMax(FeatureStatistics.Of(rows, length, width), width, lower, upper);
    }

    /// <summary>Fits the smallest and the largest value of a source's inputs to the ends of a range.</summary>
    /// <param name="source">At least one sample, all inputs finite; it is read twice.</param>
    /// <param name="length">The features of a row; 1 fits all numbers alike.</param>
    /// <param name="lower">Where the smallest value goes, and a constant feature.</param>
    /// <param name="upper">Where the largest value goes; over <paramref name="lower"/>.</param>
    /// <param name="width">The number of consecutive numbers that are one feature.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit the length, are none, or hold a number that is not finite; or the
    /// range is empty or not finite.</exception>
    public static Scaler MinMax(DataSource source, int length, float lower = 0f, float upper = 1f, int width = 1)
    {
        ScalerFit.RequireRange(lower, upper);
        return ScalerFit.MinMax(FeatureStatistics.Of(source, length, width), width, lower, upper);
    }

    /// <summary>
    /// Fits y = ln(1 + x − minimum) / ln(1 + maximum − minimum): 0 to 1 for the fitted data, for features that extend over
    /// several orders of magnitude. For smaller numbers, y = −ln(1 + minimum − x) / ln(1 + maximum − minimum).
    /// </summary>
    /// <inheritdoc cref="Standard(ReadOnlySpan{float}, int, int)"/>
    public static Scaler Logarithm(ReadOnlySpan<float> rows, int length, int width = 1) =>
        ScalerFit.Logarithm(FeatureStatistics.Of(rows, length, width), width);

    /// <summary>
    /// Fits y = 1 − e^(−(x − minimum) / (mean − minimum)): 0 at the minimum, 1 − 1/e at the mean, below 1 everywhere; for smaller
    /// numbers, it is the same with the opposite sign, down to −1. For features with a long tail.
    /// </summary>
    /// <inheritdoc cref="Standard(ReadOnlySpan{float}, int, int)"/>
    public static Scaler Exponential(ReadOnlySpan<float> rows, int length, int width = 1) =>
        ScalerFit.Exponential(FeatureStatistics.Of(rows, length, width), width);

    /// <summary>
    /// Fits y = 2/π · arctan((x − mean) / deviation): from −1 to 1, ±0.5 at one deviation from the mean. For features with
    /// outliers on both sides.
    /// </summary>
    /// <inheritdoc cref="Standard(ReadOnlySpan{float}, int, int)"/>
    public static Scaler Arctangent(ReadOnlySpan<float> rows, int length, int width = 1) =>
        ScalerFit.Arctangent(FeatureStatistics.Of(rows, length, width), width);

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
        var function = OneInteger($"{prefix}.{FunctionName}", state);
        var width = OneInteger($"{prefix}.{WidthName}", state);
        if (hasShift != hasScale || (!hasShift && (function ?? width) is not null))
            throw new ArgumentException(
                $"Expected both '{prefix}.{ShiftName}' and '{prefix}.{ScaleName}' of a scaler; not both are there.", nameof(state));
        return hasShift && hasScale
            ? new Scaler(shift!.Values, scale!.Values, (ScalerFunction)(function ?? 0), width ?? 1)
            : null;
    }

    /// <summary>
    /// Stores the scaler as tensors: <c>prefix.shift</c> and <c>prefix.scale</c>, one number per feature; and <c>prefix.function</c> and
    /// <c>prefix.width</c>, one number each, if they are not linear and 1.
    /// </summary>
    /// <param name="prefix">The prefix of the tensors' names, without the dot.</param>
    /// <param name="state">Where to add them.</param>
    /// <exception cref="ArgumentException">A name is already used.</exception>
    public void ToStateDict(string prefix, StateDict state)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(state);
        state.Add($"{prefix}.{ShiftName}", [_shift.Length], _shift);
        state.Add($"{prefix}.{ScaleName}", [_scale.Length], _scale);
        if (Function != ScalerFunction.Linear)
            state.Add($"{prefix}.{FunctionName}", [1], [(float)Function]);
        if (Width != 1)
            state.Add($"{prefix}.{WidthName}", [1], [Width]);
    }

    /// <summary>Scales in place: y = f((x − shift) / scale).</summary>
    /// <param name="rows">[any, <see cref="Length"/>] row-major.</param>
    /// <exception cref="ArgumentException">The rows do not fit the length.</exception>
    public void Apply(Span<float> rows)
    {
        RequireRows(rows);
        if (Function != ScalerFunction.Linear)
        {
            for (var i = 0; i < rows.Length; i++)
                rows[i] = ScalerFunctions.Apply(Function, rows[i], _shift[FeatureOf(i)], _scale[FeatureOf(i)]);
            return;
        }
        if (Width == 1 && Length > 1)
        {
            for (; !rows.IsEmpty; rows = rows[Length..])
            {
                var row = rows[..Length];
                TensorPrimitives.Subtract(row, _shift, row);
                TensorPrimitives.Divide(row, _scale, row);
            }
            return;
        }
        var width = Length == 1 ? rows.Length : Width;
        for (var feature = 0; !rows.IsEmpty; feature = (feature + 1) % _shift.Length)
        {
            var numbers = rows[..width];
            TensorPrimitives.Subtract(numbers, _shift[feature], numbers);
            TensorPrimitives.Divide(numbers, _scale[feature], numbers);
            rows = rows[width..];
        }
    }

    /// <summary>
    /// Reverses <see cref="Apply"/> in place: x = f⁻¹(y) · scale + shift. A y outside the range of the function counts as the end
    /// of that range.
    /// </summary>
    /// <param name="rows">[any, <see cref="Length"/>] row-major.</param>
    /// <exception cref="ArgumentException">The rows do not fit the length.</exception>
    public void Undo(Span<float> rows)
    {
        RequireRows(rows);
        if (Function != ScalerFunction.Linear)
        {
            for (var i = 0; i < rows.Length; i++)
                rows[i] = ScalerFunctions.Undo(Function, rows[i], _shift[FeatureOf(i)], _scale[FeatureOf(i)]);
            return;
        }
        if (Width == 1 && Length > 1)
        {
            for (; !rows.IsEmpty; rows = rows[Length..])
            {
                var row = rows[..Length];
                TensorPrimitives.Multiply(row, _scale, row);
                TensorPrimitives.Add(row, _shift, row);
            }
            return;
        }
        var width = Length == 1 ? rows.Length : Width;
        for (var feature = 0; !rows.IsEmpty; feature = (feature + 1) % _shift.Length)
        {
            var numbers = rows[..width];
            TensorPrimitives.Multiply(numbers, _scale[feature], numbers);
            TensorPrimitives.Add(numbers, _shift[feature], numbers);
            rows = rows[width..];
        }
    }

    /// <summary>Checks that inputs or targets of that length are whole rows.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal void RequireRow(int length)
    {
        if (length % Length != 0)
            throw new ArgumentException($"Expected a scaler of 1 or {length} features; it has {Length}.");
    }

    private static int? OneInteger(string name, StateDict state)
    {
        if (!state.TryGet(name, out var tensor))
            return null;
        // Compared as floats first: a cast of what is beyond an integer is not defined.
        if (tensor.Values is [var value] && value is >= 0 and <= MaxWidth && value == MathF.Floor(value))
            return (int)value;
        throw new ArgumentException($"Expected one whole number in '{name}', 0 to {MaxWidth}.", nameof(state));
    }

    private int FeatureOf(int number) => number / Width % _shift.Length;

    private void RequireRows(ReadOnlySpan<float> rows)
    {
        if (rows.Length % Length != 0)
            throw new ArgumentException(
                $"Expected rows of {Length} features; {rows.Length} numbers are not a multiple.", nameof(rows));
    }
}
