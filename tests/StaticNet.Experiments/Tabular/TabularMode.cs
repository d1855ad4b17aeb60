using StaticNet.Data;

namespace StaticNet.Experiments.Tabular;

/// <summary>The table of penguins by StaticNet and by ML.NET: accuracy on the same splits, and lines of code.</summary>
internal static class TabularMode
{
    private const int Splits = 10;

    public static void Run()
    {
        var table = Table.Load(Path.Combine(AppContext.BaseDirectory, "penguins.csv"));
        var folder = Directory.CreateTempSubdirectory("staticnet-tabular-").FullName;
        try
        {
            var (train, test) = (Path.Combine(folder, "train.csv"), Path.Combine(folder, "test.csv"));
            var (ours, theirs) = (new List<double>(), new List<double>());
            var (ourClass, theirClass) = ("", "");
            for (var seed = 1UL; seed <= Splits; seed++)
            {
                var (first, second) = table.Split(0.8, seed, stratifiedBy: "species");
                Write(train, first);
                Write(test, second);
                ours.Add(StaticNetPenguins.Train(train, test, Path.Combine(folder, "model.safetensors")));
                theirs.Add(MlNetPenguins.Train(train, test, Path.Combine(folder, "model.zip")));
                ourClass = StaticNetPenguins.Predict(Path.Combine(folder, "model.safetensors"));
                theirClass = MlNetPenguins.Predict(Path.Combine(folder, "model.zip"));
            }

            Console.WriteLine($"Species of penguins, {table.Count} rows with gaps, {Splits} splits into 80 % and 20 %, the same for both:\n");
            Console.WriteLine("| | Accuracy, mean | Lowest | Lines of code | Output of the second program |");
            Console.WriteLine("|---|---:|---:|---:|---|");
            Print("StaticNet, 9-16-3", ours, nameof(StaticNetPenguins), ourClass);
            Print("ML.NET, L-BFGS maximum entropy", theirs, nameof(MlNetPenguins), theirClass);
            Console.WriteLine("\nLines are those of the source that are neither empty nor a comment nor a using, the declaration of the network included.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string name, List<double> accuracies, string source, string predicted)
    {
        var lines = LinesOf($"{source}.cs") + (source == nameof(StaticNetPenguins) ? LinesOf("PenguinNetwork.cs") + LinesOf("PenguinModel.cs") : 0);
        Console.WriteLine($"| {name} | {100 * accuracies.Average():F2} % | {100 * accuracies.Min():F2} % | {lines} | {predicted} |");
    }

    private static void Write(string path, Table table) => File.WriteAllLines(
        path, table.Select(row => string.Join(',', table.Columns.Select(column => row[column]))).Prepend(string.Join(',', table.Columns)));

    private static int LinesOf(string source)
    {
        using var reader = new StreamReader(typeof(TabularMode).Assembly.GetManifestResourceStream(source)!);
        return reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Count(
            line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal));
    }
}
