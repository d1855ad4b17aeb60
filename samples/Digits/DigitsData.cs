using StaticNet.Data;
using StaticNet.Training;

namespace Digits;

/// <summary>The embedded digits: a CSV file, gzipped, with 64 pixels from 0 to 16 and the label in each row.</summary>
internal static class DigitsData
{
    public static DataSet Load()
    {
        using var stream = typeof(DigitsData).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var buffered = new MemoryStream();
        stream.CopyTo(buffered);
        buffered.Position = 0;
        return CsvData.Read(buffered).Data;
    }
}
