using System.Diagnostics.CodeAnalysis;

namespace StaticNet.Data;

/// <summary>The numbers that a <see cref="DateColumn"/> becomes, in this order. Cyclic parts are a sine and a cosine, so that the
/// end of a cycle is next to its beginning.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "They are parts, each of them a part.")]
public enum DateParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Days, with fractions, since the first date of the training part, scaled; the default. 1 number.</summary>
    Days = 1,

    /// <summary>The year, scaled. 1 number.</summary>
    Year = 2,

    /// <summary>The day of the year as a cycle. 2 numbers.</summary>
    DayOfYear = 4,

    /// <summary>The day of the week as a cycle. 2 numbers.</summary>
    DayOfWeek = 8,

    /// <summary>The time of the day as a cycle. 2 numbers.</summary>
    TimeOfDay = 16,
}
