using System.Globalization;

namespace StaticNet.Generator.Tests;

/// <summary>A culture that writes numbers as no C# compiler reads them.</summary>
internal static class HostileCulture
{
    public static T Run<T>(Func<T> action)
    {
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "minus ";
        hostile.NumberFormat.PositiveSign = "plus ";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        hostile.NumberFormat.NaNSymbol = "no number";
        hostile.NumberFormat.PositiveInfinitySymbol = "without end";

        var usual = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (hostile, hostile);
            return action();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = usual;
        }
    }
}
