namespace StaticNet.Data;

/// <summary>A cell of a row to predict, from a program: a text, a number, a date, or nothing.</summary>
public readonly struct TableValue : IEquatable<TableValue>
{
    /// <summary>A text, which is read like that of a file; null for a value that is missing.</summary>
    public TableValue(string? text) => Text = text?.Trim();

    /// <summary>A number; NaN for one that is missing.</summary>
    public TableValue(double number) => Number = double.IsNaN(number) ? null : number;

    /// <summary>A date as its clock shows it, whatever its <see cref="DateTime.Kind"/>: like a text without a zone, it is not
    /// converted.</summary>
    public TableValue(DateTime date) => Date = date;

    /// <summary>A date in UTC, like a text with a zone.</summary>
    public TableValue(DateTimeOffset date) => Date = date.UtcDateTime;

    /// <summary>The text; null for another kind of value.</summary>
    public string? Text { get; }

    /// <summary>The number; null for another kind of value.</summary>
    public double? Number { get; }

    /// <summary>The date; null for another kind of value.</summary>
    public DateTime? Date { get; }

    /// <summary>A text; null for a value that is missing.</summary>
    public static implicit operator TableValue(string? text) => new(text);

    /// <summary>A number; NaN for one that is missing.</summary>
    public static implicit operator TableValue(double number) => new(number);

    /// <summary>A date as its clock shows it, whatever its <see cref="DateTime.Kind"/>.</summary>
    public static implicit operator TableValue(DateTime date) => new(date);

    /// <summary>A date in UTC.</summary>
    public static implicit operator TableValue(DateTimeOffset date) => new(date);

    /// <summary>A date.</summary>
    public static implicit operator TableValue(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>Whether two values are equal.</summary>
    public static bool operator ==(TableValue left, TableValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(TableValue left, TableValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TableValue other) => Text == other.Text && Nullable.Equals(Number, other.Number) && Nullable.Equals(Date, other.Date);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TableValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Number, Date);

    /// <summary>The value as text in the invariant culture; empty for one that is missing.</summary>
    public override string ToString() => Text ?? (Number is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Date is { } date ? date.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture) : "");
}
