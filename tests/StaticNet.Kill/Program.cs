using System.Diagnostics;
using System.Globalization;
using StaticNet.Kill;

/// <summary>
/// Kills trainings that write checkpoints, at random moments, until each kind was killed its share of times. Each time it is resumed;
/// each time it ends, weights and history must be those of an undisturbed training, bit for bit. With "search", the same for
/// searches of which two processes share a journal.
/// </summary>
internal static class Program
{
    public const string TrainCommand = "train";

    private const string SearchCommand = "search";

    private const string Usage = """
        Usage: StaticNet.Kill [KILLS], by default 100, half of each kind of training
               StaticNet.Kill search [KILLS], by default 200, of processes that share the journal of a search
        """;

    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is [TrainCommand, var kind, var folder] && Training.Kinds.Contains(kind))
        {
            Training.Run(kind, folder);
            return 0;
        }

        if (args is [SearchKills.WorkCommand, var journal])
        {
            SearchKills.Work(journal);
            return 0;
        }

        var ofSearch = args is [SearchCommand, ..];
        var kills = ofSearch ? 200 : 100;
        var counts = args.AsSpan(ofSearch ? 1 : 0);
        if (counts.Length > 1 || (counts is [var count] && (!int.TryParse(count, out kills) || kills < 1)))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var workplace = Directory.CreateTempSubdirectory("staticnet-kill-").FullName;
        try
        {
            if (ofSearch)
                return SearchKills.Run(workplace, kills) ? 0 : 1;
            // A share for each kind, the first ones one more where it is uneven.
            var kinds = Training.Kinds.Count;
            return Training.Kinds.Select((kind, index) => Kill(kind, Path.Combine(workplace, kind), (kills + kinds - 1 - index) / kinds)).All(same => same) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(workplace, recursive: true);
        }
    }

    private static bool Kill(string kind, string workplace, int wanted)
    {
        var undisturbed = Path.Combine(workplace, "undisturbed");
        var watch = Stopwatch.StartNew();
        using (var process = new KilledProcess(TrainCommand, kind, Directory.CreateDirectory(undisturbed).FullName))
            process.Finish();
        var duration = watch.Elapsed;
        Console.WriteLine($"An undisturbed training, {kind}: {duration.TotalSeconds:F2} s");

        var (inTraining, before, finished) = (0, 0, 0);
        for (var run = 1; inTraining < wanted || finished == 0; run++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(workplace, run.ToString(CultureInfo.InvariantCulture))).FullName;
            while (true)
            {
                using var process = new KilledProcess(TrainCommand, kind, folder);
                // Killed often enough, a run is left to end.
                if (inTraining >= wanted)
                    process.Finish();
                else if (process.KillAfter(Random.Shared.NextDouble() * duration))
                {
                    (inTraining, before) = process.Lines.Contains(Training.Begun) ? (inTraining + 1, before) : (inTraining, before + 1);
                    continue;
                }

                break;
            }

            finished++;
            if (Training.Results.FirstOrDefault(name => !Same(name, undisturbed, folder)) is { } different)
            {
                Console.WriteLine($"Training {run}, {kind}, has another {different} than the undisturbed one.");
                return false;
            }
        }

        Console.WriteLine($"{kind}: killed {inTraining} times in training and {before} times before its first batch; {finished} trainings finished, their weights and histories equal the undisturbed one's.");
        return true;
    }

    private static bool Same(string name, string first, string second) =>
        File.ReadAllBytes(Path.Combine(first, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second, name)));
}
