using StaticNet.Data;
using StaticNet.Training;

namespace Tabular;

/// <summary>The embedded measurements; the target is 1 where the tumour is malignant.</summary>
internal static class TumorData
{
    public static DataSet Load()
    {
        using var stream = typeof(TumorData).Assembly.GetManifestResourceStream("breast_cancer.csv")!;
        var read = CsvData.Read(stream, new CsvOptions { SkipLines = 1 }).Data;
        // The file has 0 for malignant and 1 for benign; what is searched for is the positive class.
        float[] targets = [.. read.Targets.ToArray().Select(label => 1 - label)];
        return new DataSet(read.InputLength, read.TargetLength, read.Inputs.ToArray(), targets);
    }
}
