using System.Globalization;

namespace StaticNet.Generator.Tests;

/// <summary>Cultures that write numbers as no C# compiler reads them.</summary>
internal static class HostileCulture
{
    /// <summary>
    /// No sign, separator or symbol is C#'s. Swedish, Finnish, Slovene, Hebrew, Persian and others have the minus sign U+2212, Arabic
    /// and Persian marks of direction in front of it.
    /// </summary>
    private static readonly CultureInfo Hostile = Make(minus: "\u2212", point: ",", group: "\u00a0");

    private static readonly CultureInfo RightToLeft = Make(minus: "\u200e\u2212", point: "\u066b", group: "\u066c");

    private static readonly CultureInfo Wordy = Make(minus: "minus ", point: " point ", group: ".");

    public static IReadOnlyList<CultureInfo> All => [Hostile, RightToLeft, Wordy];

    public static T Run<T>(Func<T> action) => Run(Hostile, action);

    public static T Run<T>(CultureInfo culture, Func<T> action)
    {
        var usual = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return action();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = usual;
        }
    }

    private static CultureInfo Make(string minus, string point, string group)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = minus;
        culture.NumberFormat.PositiveSign = "plus ";
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NaNSymbol = "no number";
        culture.NumberFormat.PositiveInfinitySymbol = "without end";
        culture.NumberFormat.NegativeInfinitySymbol = "without beginning";
        culture.NumberFormat.NativeDigits = ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"];
        culture.NumberFormat.DigitSubstitution = DigitShapes.NativeNational;
        return culture;
    }
}
