using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace StaticNet.Search;

/// <summary>What a search has found.</summary>
public sealed class SearchResult
{
    private const int MostBins = 5;

    internal SearchResult(SearchSpace space, SearchGoal goal, ImmutableArray<TrialResult> trials, bool isComplete)
    {
        (Space, Goal, Trials, IsComplete) = (space, goal, trials, isComplete);
        foreach (var trial in trials)
        {
            if (trial.Status == TrialStatus.Completed && (Best is null || IsBetter(trial.Value, Best.Value)))
                Best = trial;
        }
    }

    /// <summary>What was searched.</summary>
    public SearchSpace Space { get; }

    /// <summary>Which values are better.</summary>
    public SearchGoal Goal { get; }

    /// <summary>The trials that have ended, in order.</summary>
    public ImmutableArray<TrialResult> Trials { get; }

    /// <summary>Whether all trials have ended; false if the search was cancelled or its time was over.</summary>
    public bool IsComplete { get; }

    /// <summary>The best completed trial, the first of equals; null if there is none.</summary>
    public TrialResult? Best { get; }

    /// <summary>The steps that all trials have reported: epochs, where they report epochs.</summary>
    public long StepCount => Trials.Sum(trial => (long)trial.Reports.Length);

    /// <summary>The best value after each trial; NaN before the first completed one.</summary>
    /// <returns>A value for each of <see cref="Trials"/>.</returns>
    public double[] BestSoFar()
    {
        var values = new double[Trials.Length];
        var best = double.NaN;
        for (var index = 0; index < values.Length; index++)
        {
            if (Trials[index].Status == TrialStatus.Completed && (double.IsNaN(best) || IsBetter(Trials[index].Value, best)))
                best = Trials[index].Value;
            values[index] = best;
        }

        return values;
    }

    /// <summary>
    /// How much each dimension matters by itself: the share of the variance of the trials' ranks that it explains, corrected for chance (ε² of a one-way analysis
    /// over up to five parts of its range). What only a combination of dimensions explains is in none of them.
    /// Only completed trials count: what made trials diverge, or be given up, is not in it.
    /// </summary>
    /// <returns>Each dimension with a number from 0 to 1, in the space's order; 0 for all with too few trials.</returns>
    public ImmutableArray<(Dimension Dimension, double Share)> Importance()
    {
        var completed = Trials.Where(trial => trial.Status == TrialStatus.Completed).ToArray();
        var ranks = Ranks(completed);
        return [.. Space.Dimensions.Select((dimension, index) => (dimension, Explained(completed, ranks, dimension, index)))];
    }

    /// <summary>A table of all trials: a header line and a line each, numbers with all their digits.</summary>
    /// <returns>Comma-separated values, with a line break after each line.</returns>
    public string ToCsv()
    {
        var text = new StringBuilder();
        AddLine(["trial", "status", "value", "steps", "seconds", .. Space.Dimensions.Select(dimension => dimension.Name)]);
        foreach (var trial in Trials)
        {
            AddLine(
            [
                trial.Number.ToString(CultureInfo.InvariantCulture),
                trial.Status.ToString(),
                double.IsNaN(trial.Value) ? "" : trial.Value.ToString("R", CultureInfo.InvariantCulture),
                trial.Reports.Length.ToString(CultureInfo.InvariantCulture),
                trial.Seconds.ToString("F3", CultureInfo.InvariantCulture),
                .. Space.Dimensions.Select((dimension, index) => double.IsNaN(trial.Values[index]) ? "" : dimension.ExactText(trial.Values[index])),
            ]);
        }

        return text.ToString();

        void AddLine(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

        static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private bool IsBetter(double value, double other) => Goal == SearchGoal.Maximize ? value > other : value < other;

    /// <summary>The rank of each value, the mean rank where some are equal.</summary>
    private static double[] Ranks(TrialResult[] trials)
    {
        var order = Enumerable.Range(0, trials.Length).OrderBy(index => trials[index].Value).ToArray();
        var ranks = new double[trials.Length];
        for (var begin = 0; begin < order.Length;)
        {
            var end = begin + 1;
            while (end < order.Length && trials[order[end]].Value == trials[order[begin]].Value)
                end++;
            for (var place = begin; place < end; place++)
                ranks[order[place]] = (begin + end - 1) / 2.0;
            begin = end;
        }

        return ranks;
    }

    private static double Explained(TrialResult[] trials, double[] ranks, Dimension dimension, int index)
    {
        var bins = Bins(trials, dimension, index);
        var count = bins.Distinct().Count();
        if (count < 2 || trials.Length <= count + 1)
            return 0;
        var mean = ranks.Average();
        var total = ranks.Sum(rank => (rank - mean) * (rank - mean));
        var within = ranks.Index().GroupBy(item => bins[item.Index]).Sum(bin =>
        {
            var own = bin.Average(item => item.Item);
            return bin.Sum(item => (item.Item - own) * (item.Item - own));
        });
        return total > 0 ? Math.Clamp(1 - (within / (trials.Length - count) / (total / (trials.Length - 1))), 0, 1) : 0;
    }

    /// <summary>The part of the dimension's range in which each trial is: parts with as many trials each, or the alternatives of a choice; null where it
    /// plays no part.</summary>
    private static int?[] Bins(TrialResult[] trials, Dimension dimension, int index)
    {
        var active = trials.Where(trial => !double.IsNaN(trial.Values[index])).Select(trial => trial.Values[index]).Order().ToArray();
        return [.. trials.Select(trial => BinOf(trial.Values[index]))];

        int? BinOf(double value)
        {
            if (double.IsNaN(value))
                return null;
            if (!dimension.IsOrdered || dimension.Count <= MostBins)
                return (int)value;
            var below = Array.BinarySearch(active, value);
            while (below > 0 && active[below - 1] == value)
                below--;
            return below * Math.Min(MostBins, Math.Max(1, active.Length / 4)) / active.Length;
        }
    }
}
