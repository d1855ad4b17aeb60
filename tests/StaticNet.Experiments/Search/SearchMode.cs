using StaticNet.Search;

namespace StaticNet.Experiments.Search;

/// <summary>Compares the search methods on functions whose minimum is known.</summary>
internal static class SearchMode
{
    private const int Trials = 50;
    private const int Seeds = 20;

    private static readonly (string Name, Func<ulong, SearchMethod> Make)[] Methods =
    [
        ("random", seed => new RandomSearch(seed)),
        ("Sobol", seed => new SobolSearch(seed)),
        ("Bayesian", seed => new BayesianSearch(seed)),
        ("TPE", seed => new TpeSearch(seed)),
        ("LIPO", seed => new LipoSearch(seed)),
        ("evolution", seed => new DifferentialEvolution(seed)),
        ("local", seed => new LocalRefinement(seed)),
    ];

    public static void Run()
    {
        Print("one trial at a time", concurrency: 1);
        var usual = new SearchOptions().Concurrency;
        Print($"{usual} trials at a time, as by default", usual);
        RateSearch.Run();
    }

    private static void Print(string how, int concurrency)
    {
        Console.WriteLine($"How far above the minimum the best of {Trials} trials is, {how}: medians of {Seeds} seeds.\n");
        Console.WriteLine($"| | {string.Join(" | ", Methods.Select(method => method.Name))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", Methods.Length))}");
        foreach (var function in TestFunction.All)
        {
            var medians = Methods.Select(method => Median(function, method.Make, concurrency)).Select(median => median.ToString("G3"));
            Console.WriteLine($"| {function.Name} | {string.Join(" | ", medians)} |");
        }

        Console.WriteLine();
    }

    private static double Median(TestFunction function, Func<ulong, SearchMethod> method, int concurrency)
    {
        var regrets = new double[Seeds];
        Parallel.For(0, Seeds, seed => regrets[seed] = function.Regret(method((ulong)seed + 1), Trials, concurrency));
        Array.Sort(regrets);
        return (regrets[(Seeds - 1) / 2] + regrets[Seeds / 2]) / 2;
    }
}
