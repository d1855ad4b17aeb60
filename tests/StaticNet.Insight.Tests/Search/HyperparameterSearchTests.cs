using System.Collections.Immutable;
using StaticNet.Search;
using StaticNet.Training;

namespace StaticNet.Insight.Tests.Search;

public class HyperparameterSearchTests
{
    private static readonly LogDimension Rate = new("rate", 1e-4, 1);
    private static readonly ChoiceDimension<string> Kind = new("kind", "a", "b");
    private static readonly SearchSpace Space = new(Rate, Kind);

    [Fact]
    public void TheBestIsTheLargestIfTheSearchMaximises()
    {
        var result = Search(SearchGoal.Maximize).Run(Score);
        Assert.Equal(result.Trials.Max(trial => trial.Value), result.Best!.Value);
        Assert.Equal(result.Best.Value, result.BestSoFar()[^1]);
        Assert.Equal(result.Trials.Min(trial => trial.Value), Search(SearchGoal.Minimize).Run(Score).Best!.Value);
    }

    [Fact]
    public void ATrialThatDivergesIsTheWorst()
    {
        var result = Search(SearchGoal.Maximize).Run(trial => trial.Number switch
        {
            3 => throw new TrainingDivergedException("", 1, 1, null!),
            4 => double.NaN,
            5 => double.PositiveInfinity,
            _ => trial.Number,
        });
        Assert.Equal([3, 4, 5], result.Trials.Where(trial => trial.Status == TrialStatus.Diverged).Select(trial => trial.Number));
        Assert.Equal(19, result.Best!.Number);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnExceptionOfTheObjectiveReachesTheCaller(int threads)
    {
        var search = new HyperparameterSearch(Space, new TpeSearch(1), new SearchOptions { Trials = 20, Threads = threads });
        Assert.Equal("mine", Assert.Throws<FormatException>(() => search.Run(trial => trial.Number == 7 ? throw new FormatException("mine") : 0)).Message);
    }

    [Fact]
    public void AnExceptionEndsTheOtherTrials()
    {
        using var begun = new Barrier(2);
        var told = false;
        var search = new HyperparameterSearch(Space, new RandomSearch(1), new SearchOptions { Trials = 2, Threads = 2 });
        Assert.Throws<FormatException>(() => search.Run(trial =>
        {
            begun.SignalAndWait();
            if (trial.Number == 0)
                throw new FormatException();
            told = trial.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(10));
            return 0;
        }));
        Assert.True(told);
    }

    [Fact]
    public void ACancelledSearchReturnsTheBestSoFar()
    {
        using var source = new CancellationTokenSource();
        var options = new SearchOptions { Trials = 20, Threads = 1, OnTrialEnd = trial => Cancel(trial.Number) };
        var result = new HyperparameterSearch(Space, new RandomSearch(1), options).Run(Score, source.Token);
        Assert.False(result.IsComplete);
        Assert.Equal(6, result.Trials.Length);
        Assert.NotNull(result.Best);

        void Cancel(int number)
        {
            if (number == 5)
                source.Cancel();
        }
    }

    [Fact]
    public void TheResultsOfATrialThatWasCutShortAreNotKept()
    {
        using var source = new CancellationTokenSource();
        var result = Search(SearchGoal.Minimize, threads: 1).Run(
            trial =>
            {
                if (trial.Number == 4)
                    source.Cancel();
                Assert.Equal(trial.Number == 4, trial.CancellationToken.IsCancellationRequested);
                return -trial.Number;
            },
            source.Token);
        Assert.Equal(3, result.Best!.Number);
    }

    [Fact]
    public void NoTrialBeginsAfterTheTime() =>
        Assert.Empty(new HyperparameterSearch(Space, new RandomSearch(), new SearchOptions { TimeBudget = TimeSpan.Zero }).Run(Score).Trials);

    [Fact]
    public void ADimensionThatMattersIsImportant()
    {
        var noise = new UniformDimension("noise", 0, 1);
        var result = new HyperparameterSearch(new SearchSpace(Rate, Kind, noise), new SobolSearch(1), new SearchOptions { Trials = 100 })
            .Run(trial => Math.Abs(Math.Log(trial.Get(Rate) / 0.01)));
        var importance = result.Importance();
        Assert.InRange(importance[0].Share, 0.8, 1);
        Assert.InRange(importance[1].Share, 0, 0.1);
        Assert.InRange(importance[2].Share, 0, 0.1);
        Assert.Same(noise, importance[2].Dimension);
    }

    [Fact]
    public void WhereADimensionPlaysNoPartIsAPartOfItsOwn()
    {
        var count = new IntegerDimension("count", -1, 1) { When = Kind.Is("b") };
        var result = new HyperparameterSearch(new SearchSpace(Kind, count), new SobolSearch(1), new SearchOptions { Trials = 64 })
            .Run(trial => !trial.IsActive(count) ? 0 : trial.Get(count) == -1 ? 2 : 1);
        // Each of its values, and none, has a result of its own.
        Assert.Equal(1, result.Importance()[1].Share, 1e-12);
    }

    [Fact]
    public void TheTableHasALineForEachTrial()
    {
        var result = new HyperparameterSearch(Space, new RandomSearch(1), new SearchOptions { Trials = 2, FirstTrials = [[Rate.At(0.01), Kind.At("b")]] }).Run(_ => 0.5);
        var lines = result.ToCsv().Split('\n');
        Assert.Equal("trial,status,value,steps,seconds,rate,kind", lines[0]);
        Assert.StartsWith("0,Completed,0.5,0,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",0.01,b", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void TheTableHasEachBitOfAValue()
    {
        var result = new HyperparameterSearch(Space, new RandomSearch(1), new SearchOptions { Trials = 1, FirstTrials = [[Rate.At(1.0 / 3), Kind.At("b")]] }).Run(_ => 0.5);
        Assert.EndsWith(",0.3333333333333333,b\n", result.ToCsv(), StringComparison.Ordinal);
        Assert.EndsWith("with rate 0.3333, kind b", result.Best!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSeedOfATrialHasNothingToDoWithItsPoint()
    {
        var x = new UniformDimension("x", 0, 1);
        new HyperparameterSearch(new SearchSpace(x), new RandomSearch(1), new SearchOptions { Trials = 20 })
            .Run(trial =>
            {
                Assert.NotEqual((trial.Seed >> 11) * Math.Pow(2, -53), trial.Get(x));
                return 0;
            });
    }

    [Fact]
    public void ADimensionOfAnotherSpaceIsRefused() =>
        Assert.Contains("'other' is none", Assert.Throws<ArgumentException>(() => Search(SearchGoal.Minimize).Run(trial => trial.Get(new UniformDimension("other", 0, 1)))).Message, StringComparison.Ordinal);

    [Fact]
    public void TheMedianPrunerGivesUpWhatIsWorseThanTheMedian()
    {
        var pruner = new MedianPruner(firstStep: 2, leastTrials: 3);
        ImmutableArray<double>[] others = [[5, 1], [5, 2], [5, 3]];
        Assert.False(pruner.IsHopeless([9], others));
        Assert.False(pruner.IsHopeless([9, 2], others));
        Assert.True(pruner.IsHopeless([9, 2.1], others));
        Assert.False(pruner.IsHopeless([1.9, 9], others));
        Assert.False(pruner.IsHopeless([9, 9], others[..2]));
        Assert.True(pruner.IsHopeless([double.NaN, double.NaN], others));
    }

    [Fact]
    public void OtherTrialsThatReportedNoNumberAreTheWorst()
    {
        double[] reports = [double.NaN, double.PositiveInfinity, 3, 4, 5, 4.5];
        foreach (var goal in Enum.GetValues<SearchGoal>())
        {
            var sign = goal == SearchGoal.Maximize ? -1 : 1;
            var options = new SearchOptions { Trials = reports.Length, Goal = goal, Concurrency = 1, Pruner = new MedianPruner() };
            var result = new HyperparameterSearch(Space, new RandomSearch(1), options).Run(trial =>
            {
                trial.Report(sign * reports[trial.Number]);
                return sign * 9;
            });
            // The median of the others is 5; without the first two it would be 4.
            Assert.Equal(TrialStatus.Completed, result.Trials[^1].Status);
        }
    }

    [Fact]
    public void SuccessiveHalvingLetsTheBestShareGoOn()
    {
        var halving = new SuccessiveHalving(firstStep: 2, factor: 3);
        ImmutableArray<double>[] others = [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5]];
        Assert.False(halving.IsHopeless([9], others));
        Assert.False(halving.IsHopeless([9, 1.5], others));
        Assert.True(halving.IsHopeless([9, 2.5], others));
        Assert.False(halving.IsHopeless([9, 9, 9], others));
        Assert.False(halving.IsHopeless([9, 9, 9, 9, 9, 9], others));
        Assert.True(halving.IsHopeless([9, 9, 9, 9, 9, double.NaN], [[9, 9, 9, 9, 9, 1]]));
    }

    [Fact]
    public void PruningTakesAQuarterOfTheStepsAndFindsTheSame()
    {
        var all = Run(null);
        var pruned = Run(new SuccessiveHalving(firstStep: 1, factor: 4), threads: 4);
        Assert.Equal(all.Best!.Get(Rate), pruned.Best!.Get(Rate));
        Assert.True(pruned.StepCount <= all.StepCount / 4, $"{pruned.StepCount} of {all.StepCount}");
        // Whoever is faster, the same trials are given up at the same steps.
        Assert.Equal(Run(new SuccessiveHalving(1, 4), threads: 1).Trials.Select(trial => trial.Reports.Length), pruned.Trials.Select(trial => trial.Reports.Length));

        SearchResult Run(Pruner? pruner, int? threads = null) => new HyperparameterSearch(
            new SearchSpace(Rate), new SobolSearch(1), new SearchOptions { Trials = 60, Pruner = pruner, Threads = threads }).Run(trial =>
            {
                var distance = Math.Abs(Math.Log(trial.Get(Rate) / 0.01));
                for (var step = 1; step <= 16; step++)
                {
                    if (!trial.Report(distance + (1.0 / step)))
                        break;
                }

                return distance;
            });
    }

    [Fact]
    public void FaultyOptionsAreRefused()
    {
        Assert.Contains("1 or more Trials", Refusal(new SearchOptions { Trials = 0 }), StringComparison.Ordinal);
        Assert.Contains("1 or more Threads", Refusal(new SearchOptions { Threads = 0 }), StringComparison.Ordinal);
        Assert.Contains("Concurrency of 1 or more", Refusal(new SearchOptions { Concurrency = 0 }), StringComparison.Ordinal);
        Assert.Contains("TimeBudget of 0 or more", Refusal(new SearchOptions { TimeBudget = TimeSpan.FromSeconds(-1) }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalving(factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DifferentialEvolution(population: 3));

        static string Refusal(SearchOptions options) => Assert.Throws<ArgumentException>(() => new HyperparameterSearch(Space, new RandomSearch(), options)).Message;
    }

    private static HyperparameterSearch Search(SearchGoal goal, int? threads = null) => new(Space, new TpeSearch(1), new SearchOptions { Trials = 20, Goal = goal, Threads = threads });

    private static double Score(Trial trial) => Math.Log(trial.Get(Rate)) + (trial.Get(Kind) == "a" ? 1 : 0);
}
