using System.Globalization;
using FashionMnist;
using StaticNet.Data;
using StaticNet.Experiments;
using StaticNet.Experiments.Advice;
using StaticNet.Experiments.Search;
using StaticNet.Experiments.Tabular;

const string Help = """
    Tables for the documentation, by training on Fashion-MNIST, on digits and on a table of penguins.

      batch-sizes [--data FOLDER]
          one training by the size of its batches, from all samples to a single one
      regularisation [--data FOLDER]
          L2, dropout and augmentation for a network that learns from a thousand images
      advice
          what it costs to break the rules of the analyzers: networks that do, and the same that do not
      report [--data FOLDER]
          report.html of a training; its size, and what it costs
      tabular
          a table with text categories and gaps, by StaticNet and by ML.NET: accuracy and lines of code
      search
          search methods on functions with known minima, and successive halving on digits
    """;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? folder;
switch (args)
{
    case ["batch-sizes" or "regularisation" or "report"]:
        folder = FashionData.Find(null);
        break;
    case ["batch-sizes" or "regularisation" or "report", "--data", var given]:
        folder = FashionData.Find(given);
        break;
    case ["advice"]:
        AdviceMode.Run();
        return 0;
    case ["tabular"]:
        TabularMode.Run();
        return 0;
    case ["search"]:
        SearchMode.Run();
        return 0;
    case [] or ["--help"] or ["-h"]:
        Console.WriteLine(Help);
        return 0;
    default:
        Console.Error.WriteLine($"Unknown arguments: {string.Join(' ', args)}\n\n{Help}");
        return 2;
}

if (folder is null)
{
    Console.WriteLine("Fashion-MNIST was not found. On Debian and Ubuntu, 'apt install dataset-fashion-mnist' installs it; or name its folder with '--data FOLDER'.");
    return 0;
}

var (train, test) = (FashionData.LoadTraining(folder), FashionData.LoadTest(folder));
Action<DataSet, DataSet> mode = args[0] switch
{
    "batch-sizes" => BatchSizes.Run,
    "regularisation" => Regularisation.Run,
    _ => ReportMode.Run,
};
mode(train, test);
return 0;
