using System.Diagnostics;
using System.Globalization;
using Digits;
using StaticNet.Search;
using Tuning;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string usage = "Usage: Tuning [--journal FILE] [--trials COUNT]";
const int epochs = 30;
var (journal, trials) = ((string?)null, 40);
for (var index = 0; index < args.Length; index += 2)
{
    if (index + 1 < args.Length && args[index] == "--journal")
    {
        journal = args[index + 1];
    }
    else if (index + 1 == args.Length || args[index] != "--trials" || !int.TryParse(args[index + 1], out trials) || trials < 1)
    {
        Console.Error.WriteLine(usage);
        return 2;
    }
}

// The search sees the validation samples only. The test samples are used once, at the end.
var (others, test) = DigitsData.Load().Split(0.8, seed: 1, stratified: true);
var (train, validation) = others.Split(0.75, seed: 1, stratified: true);

var training = new DigitsTraining();
var options = new SearchOptions
{
    Goal = SearchGoal.Maximize,
    Trials = trials,
    Pruner = new SuccessiveHalving(firstStep: 2, factor: 4),
    FirstTrials = [training.Usual],
    Journal = journal,
    OnTrialEnd = trial => Console.WriteLine($"{trial}, {trial.Reports.Length} epochs, {trial.Seconds:F1} s"),
};
var search = new HyperparameterSearch(training.Space, new BayesianSearch(seed: 1), options);
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += EndSearch;

var watch = Stopwatch.StartNew();
var result = search.Run(trial => training.Try(trial, train, validation, epochs), cancellation.Token);
// From here on, Ctrl+C ends the program as usual.
Console.CancelKeyPress -= EndSearch;
Console.WriteLine($"\nSearch: {watch.Elapsed.TotalSeconds:F1} s, {result.Trials.Length} trials, {result.StepCount} epochs instead of {(long)result.Trials.Length * epochs} without pruning");
if (result.Best is not { } best)
{
    Console.WriteLine("No trial has ended.");
    return 1;
}

Console.WriteLine($"Best: {best}");
Console.WriteLine($"What matters among completed trials: {string.Join(", ", result.Importance().Select(item => $"{item.Dimension.Name} {item.Share:P0}"))}");
Console.WriteLine($"\nTest accuracy: {100 * training.Measure(best, others, test, epochs):F2} % of {test.Count} digits that the search has not seen, after training on the others once more");
return 0;

// Ends the search with the best so far.
void EndSearch(object? sender, ConsoleCancelEventArgs pressed)
{
    pressed.Cancel = true;
    cancellation.Cancel();
}
