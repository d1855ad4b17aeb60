using System.Globalization;
using StaticNet.Search;

namespace StaticNet.Kill;

/// <summary>
/// A search in two processes that share its journal, each of which is killed at random moments and started again. No trial whose
/// end was announced may be lost, and in the end all must be as in a search that nobody disturbed.
/// </summary>
internal static class SearchKills
{
    public const string WorkCommand = "work";

    private const int Trials = 60;
    private const int Processes = 2;
    private const string Ended = "ended ";

    private static readonly LogDimension Rate = new("rate", 1e-4, 1);
    private static readonly UniformDimension Momentum = new("momentum", 0, 1);

    /// <summary>What a process does: it takes trials until there are no more.</summary>
    public static void Work(string journal)
    {
        var options = new SearchOptions { Trials = Trials, Threads = 2, Journal = journal, OnTrialEnd = trial => Console.WriteLine($"{Ended}{trial.Number}") };
        NewSearch(options).Run(trial =>
        {
            // As if something were trained.
            Thread.Sleep(TimeSpan.FromMilliseconds(5 + (trial.Seed % 20)));
            return Value(trial);
        });
    }

    /// <summary>Kills until it has killed often enough, and compares.</summary>
    public static bool Run(string workplace, int wanted)
    {
        var undisturbed = Texts(NewSearch(new SearchOptions { Trials = Trials }).Run(Value));
        var (kills, searches, ended) = (0, 0, 0);
        while (kills < wanted)
        {
            var journal = Path.Combine(workplace, $"{++searches}.jsonl");
            var announced = new List<string>();
            kills += new int[Processes].AsParallel().WithDegreeOfParallelism(Processes).Sum(_ => KillUntilDone(journal, announced));
            if (announced.GroupBy(line => line).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                Console.WriteLine($"Search {searches}: trial {twice.Key[Ended.Length..]} was lost after its end, and ran again.");
                return false;
            }

            var result = NewSearch(new SearchOptions { Trials = Trials, Journal = journal }).Run(_ => throw new InvalidOperationException("A trial is missing at the end."));
            if (!Texts(result).SequenceEqual(undisturbed))
            {
                Console.WriteLine($"Search {searches} has other trials than the undisturbed one.");
                return false;
            }

            ended += announced.Count;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"search: {kills} kills of {Processes} processes that shared a journal; {searches} searches finished with the trials of an undisturbed one, and none of {ended} trials whose end was announced ran again."));
        return true;
    }

    private static int KillUntilDone(string journal, List<string> announced)
    {
        for (var kills = 0; ; kills++)
        {
            using var process = new KilledProcess(WorkCommand, journal);
            // Long enough for some trials, the start of the process included.
            var killed = process.KillAfter(TimeSpan.FromMilliseconds(150 + (350 * Random.Shared.NextDouble())));
            lock (announced)
                announced.AddRange(process.Lines.Where(line => line.StartsWith(Ended, StringComparison.Ordinal)));
            if (!killed)
                return kills;
        }
    }

    private static HyperparameterSearch NewSearch(SearchOptions options) => new(new SearchSpace(Rate, Momentum), new TpeSearch(seed: 1), options);

    private static double Value(Trial trial) => Math.Abs(Math.Log(trial.Get(Rate) / 0.01)) + Math.Pow(trial.Get(Momentum) - 0.9, 2);

    private static string[] Texts(SearchResult result) => [.. result.Trials.Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial} {trial.Value:R}"))];
}
