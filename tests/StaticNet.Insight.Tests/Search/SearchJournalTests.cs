using System.Globalization;
using StaticNet.Data;
using StaticNet.Search;
using StaticNet.Search.Journal;

namespace StaticNet.Insight.Tests.Search;

public sealed class SearchJournalTests : IDisposable
{
    private static readonly LogDimension Rate = new("rate", 1e-4, 1);
    private static readonly ChoiceDimension<string> Kind = new("kind", "a", "b");
    private static readonly UniformDimension Depth = new("depth", 0, 1) { When = Kind.Is("b") };
    private static readonly SearchSpace Space = new(Rate, Kind, Depth);

    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-search-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "search.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AStoppedSearchGoesOnWhereItWas()
    {
        using var source = new CancellationTokenSource();
        var begun = new List<int>();
        Search(20).Run(trial => Count(trial, cancelAt: 8), source.Token);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], begun);
        begun.Clear();
        var result = Search(20).Run(trial => Count(trial, cancelAt: -1));
        Assert.Equal(Enumerable.Range(8, 12), begun);
        Assert.Equal(Texts(new HyperparameterSearch(Space, new TpeSearch(1), new SearchOptions { Trials = 20 }).Run(Value)), Texts(result));
        Assert.Equal([Path], Directory.GetFiles(_folder));

        double Count(Trial trial, int cancelAt)
        {
            begun.Add(trial.Number);
            if (trial.Number == cancelAt)
                source.Cancel();
            return Value(trial);
        }
    }

    [Fact]
    public void ASearchThatIsCompleteRunsNothingAndCanBeExtended()
    {
        var first = Search(10).Run(Value);
        var again = Search(10).Run(_ => throw new InvalidOperationException());
        Assert.Equal(Texts(first), Texts(again));
        Assert.Equal(15, Search(15).Run(Value).Trials.Length);
    }

    [Fact]
    public void SeveralSearchesShareAJournal()
    {
        var counts = new int[4];
        Parallel.For(0, counts.Length, new ParallelOptions { MaxDegreeOfParallelism = counts.Length }, index => Search(40).Run(trial =>
        {
            Interlocked.Increment(ref counts[index]);
            Thread.Sleep(1);
            return Value(trial);
        }));
        Assert.Equal(40, counts.Sum());
        Assert.Equal(Texts(new HyperparameterSearch(Space, new TpeSearch(1), new SearchOptions { Trials = 40 }).Run(Value)), Texts(Search(40).Run(Value)));
    }

    [Fact]
    public void AnIncompleteLastLineIsCutOff()
    {
        var whole = Texts(Search(10).Run(Value));
        var lines = File.ReadAllLines(Path);
        for (var cut = 0; cut < lines[^1].Length; cut += 23)
        {
            File.WriteAllText(Path, string.Join('\n', lines[..^1]) + "\n" + lines[^1][..cut]);
            Assert.Equal(whole, Texts(Search(10).Run(Value)));
        }

        for (var cut = 0; cut < lines[0].Length; cut += 25)
        {
            File.WriteAllText(Path, lines[0][..cut]);
            Assert.Equal(whole, Texts(Search(10).Run(Value)));
        }
    }

    [Fact]
    public void TheJournalOfAnotherSearchIsRefusedAndKept()
    {
        Search(3).Run(Value);
        var before = File.ReadAllText(Path);
        var other = new HyperparameterSearch(Space, new TpeSearch(seed: 2), new SearchOptions { Trials = 3, Journal = Path });
        Assert.Contains("whose method is \"TpeSearch, seed 2, 10 random trials\"; there it is \"TpeSearch, seed 1", Assert.Throws<DataFormatException>(() => other.Run(Value)).Message, StringComparison.Ordinal);
        var narrower = new HyperparameterSearch(new SearchSpace(Rate), new TpeSearch(seed: 1), new SearchOptions { Trials = 3, Journal = Path });
        Assert.Contains("whose space is", Assert.Throws<DataFormatException>(() => narrower.Run(_ => 0)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void TheJournalOfASearchWithOtherFirstTrialsIsRefused()
    {
        SearchWith([[Rate.At(0.01), Kind.At("a")]]).Run(Value);
        Assert.Equal(5, SearchWith([[Rate.At(0.01), Kind.At("a")]], trials: 5).Run(Value).Trials.Length);
        IReadOnlyList<DimensionValue>[][] others = [[], [[Rate.At(0.02), Kind.At("a")]], [[Rate.At(0.01), Kind.At("a")], [Rate.At(0.02), Kind.At("a")]]];
        Assert.All(others, other => Assert.Contains(
            "there it is [{\"rate\":0.01,\"kind\":\"a\"}]", Assert.Throws<DataFormatException>(() => SearchWith(other).Run(Value)).Message, StringComparison.Ordinal));

        HyperparameterSearch SearchWith(IReadOnlyList<DimensionValue>[] first, int trials = 3) =>
            new(Space, new TpeSearch(1), new SearchOptions { Trials = trials, Journal = Path, FirstTrials = first });
    }

    [Fact]
    public void TheJournalOfALaterVersionIsRefused()
    {
        Search(1).Run(Value);
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("{\"staticnet_search\":1,", "{\"staticnet_search\":2,", StringComparison.Ordinal));
        var message = Assert.Throws<DataFormatException>(() => Search(2).Run(Value)).Message;
        Assert.Contains("Expected a journal of version 1", message, StringComparison.Ordinal);
        Assert.Contains("it is of version 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AJournalThatBecomesShorterIsNamed()
    {
        var message = Assert.Throws<DataFormatException>(() => Search(4).Run(trial =>
        {
            if (trial.Number == 2)
                File.WriteAllText(Path, "x");
            return Value(trial);
        })).Message;
        Assert.Contains("bytes and now has 1,", message, StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(Path));
    }

    [Fact]
    public void AnotherFileIsRefusedByItsBeginningHoweverLargeItIs()
    {
        using (var large = File.Create(Path))
            large.SetLength(3L << 30);
        Assert.Contains("first line is not that of a journal", Assert.Throws<DataFormatException>(() => Search(3).Run(Value)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALineThatIsLongerThanWhatIsReadAtOnceIsRead()
    {
        Search(3).Run(trial =>
        {
            for (var step = 0; step < 20_000; step++)
                trial.Report(step + (1.0 / 3));
            return Value(trial);
        });
        var result = Search(3).Run(_ => throw new InvalidOperationException());
        Assert.All(result.Trials, trial => Assert.Equal(20_000, trial.Reports.Length));
        Assert.Equal(19_999 + (1.0 / 3), result.Trials[^1].Reports[^1]);
    }

    [Theory]
    [InlineData(SearchGoal.Minimize)]
    [InlineData(SearchGoal.Maximize)]
    public void PruningIsTheSameAfterAnInterruption(SearchGoal goal)
    {
        var undisturbed = SearchFor(30, null).Run(Reported);
        SearchFor(15, Path).Run(Reported);
        Assert.Equal(Texts(undisturbed), Texts(SearchFor(30, Path).Run(Reported)));
        Assert.Contains(undisturbed.Trials, trial => trial.Status == TrialStatus.Pruned);

        HyperparameterSearch SearchFor(int trials, string? journal) =>
            new(Space, new RandomSearch(1), new SearchOptions { Trials = trials, Goal = goal, Concurrency = 1, Pruner = new MedianPruner(), Journal = journal });

        static double Reported(Trial trial)
        {
            trial.Report(trial.Number % 7 == 0 ? double.PositiveInfinity : trial.Number % 7 == 1 ? double.NegativeInfinity : Value(trial));
            return Value(trial);
        }
    }

    [Fact]
    public void FilesOfProcessesThatWereKilledAreRemoved()
    {
        var (stale, other) = ($"{Path}.0123456789ab.worker", $"{Path}.notes.worker");
        File.WriteAllText(stale, "");
        File.WriteAllText(other, "");
        Search(3).Run(Value);
        Assert.Equal([Path, other], Directory.GetFiles(_folder).Order());
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("hello")]
    [InlineData("{\"a\":1}\n")]
    [InlineData("\n")]
    [InlineData("[]\n")]
    [InlineData("5\n")]
    [InlineData("\"x\"\n")]
    [InlineData("null\n")]
    [InlineData("{\"staticnet_search\":\n")]
    public void AnotherFileIsRefusedAndKept(string content)
    {
        File.WriteAllText(Path, content);
        Assert.Contains("the journal of a search", Assert.Throws<DataFormatException>(() => Search(3).Run(Value)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("{\"trial\":1,\"begin\":{\"rate\":7,\"kind\":\"a\"},\"worker\":\"x\"}")]
    [InlineData("{\"trial\":1,\"begin\":{\"rate\":0.1,\"kind\":\"c\"},\"worker\":\"x\"}")]
    [InlineData("{\"trial\":1,\"begin\":{\"rate\":0.1,\"kind\":\"a\",\"depth\":0.1},\"worker\":\"x\"}")]
    [InlineData("{\"trial\":1,\"begin\":{\"rate\":0.1,\"kind\":\"a\"}}")]
    [InlineData("{\"trial\":99,\"end\":\"Completed\",\"value\":1,\"reports\":[],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"end\":\"Completed\"}")]
    [InlineData("{\"trial\":-1,\"end\":\"Completed\"}")]
    [InlineData("{\"trial\":\"one\"}")]
    [InlineData("{\"trial\":0,\"end\":\"Completed\",\"value\":null,\"reports\":[],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"end\":\"Completed\",\"value\":1e999,\"reports\":[],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"end\":\"Diverged\",\"value\":1,\"reports\":[],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"end\":\"Completed\",\"value\":1,\"reports\":[\"x\"],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"end\":\"Completed\",\"value\":1,\"reports\":[],\"seconds\":-1}")]
    [InlineData("{\"trial\":0,\"end\":\"7\",\"value\":1,\"reports\":[],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"end\":\"0\",\"value\":1,\"reports\":[],\"seconds\":1}")]
    [InlineData("{\"trial\":0,\"begin\":{\"rate\":0.1,\"kind\":\"a\"},\"worker\":\"0123456789ab\"}")]
    [InlineData("{\"trial\":1,\"begin\":{\"rate\":0.1,\"kind\":\"a\"},\"worker\":\"a/../../name\"}")]
    [InlineData("[]")]
    [InlineData("\0\0\0")]
    public void ADamagedLineIsNamed(string line)
    {
        Search(1).Run(Value);
        // Without the end of trial 0, so that a line may end it.
        var lines = File.ReadAllLines(Path)[..2];
        File.WriteAllText(Path, $"{lines[0]}\n{lines[1]}\n{line}\n");
        Assert.Contains($"the line at byte {lines[0].Length + lines[1].Length + 2} is none", Assert.Throws<DataFormatException>(() => Search(3).Run(Value)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AResultKeepsEachBitAndWhatWasReported()
    {
        Search(6).Run(trial =>
        {
            trial.Report(1.0 / 3);
            trial.Report(double.NaN);
            return trial.Number == 2 ? double.NaN : Math.PI * trial.Number;
        });
        var result = Search(6).Run(_ => 0);
        Assert.Equal(Math.PI * 5, result.Trials[5].Value);
        Assert.Equal(["0.3333333333333333", "NaN"], result.Trials[5].Reports.Select(report => report.ToString("R", CultureInfo.InvariantCulture)));
        Assert.Equal(TrialStatus.Diverged, result.Trials[2].Status);
        Assert.True(double.IsNaN(result.Trials[2].Value));
    }

    [Fact]
    public void AFolderIsNoJournal() => Assert.Contains(
        "cannot be written",
        Assert.Throws<IOException>(() => new HyperparameterSearch(Space, new TpeSearch(1), new SearchOptions { Journal = _folder }).Run(Value)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AFileThatCannotBeOpenedIsRefusedAtOnce()
    {
        File.WriteAllText(Path, "");
        string[] paths = [System.IO.Path.Combine(_folder, new string('x', 300)), System.IO.Path.Combine(Path, "search.jsonl")];
        Assert.All(paths, path => Assert.Contains(
            $"{path} cannot be written",
            Assert.Throws<IOException>(() => new HyperparameterSearch(Space, new TpeSearch(1), new SearchOptions { Journal = path }).Run(Value)).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void ACancelledSearchDoesNotWaitForTheJournal()
    {
        using var journal = new SearchJournal(Path, new JournalFormat(Space, new TpeSearch(1), new SearchOptions(), []));
        using var held = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() => journal.Enter(source.Token));
    }

    [Fact]
    public void OtherProcessesReadTheJournalWhileATrialIsProposed()
    {
        var method = new WatchingMethod(() => new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose());
        Assert.True(new HyperparameterSearch(Space, method, new SearchOptions { Trials = 5, Threads = 1, Journal = Path }).Run(Value).IsComplete);
    }

    private HyperparameterSearch Search(int trials) => new(Space, new TpeSearch(1), new SearchOptions { Trials = trials, Threads = 1, Journal = Path });

    private static double Value(Trial trial) => Math.Abs(Math.Log(trial.Get(Rate) / 0.01)) + (trial.IsActive(Depth) ? trial.Get(Depth) : 0.5);

    private static IEnumerable<string> Texts(SearchResult result) => result.Trials.Select(trial => $"{trial} {trial.Value:R} {trial.Status}");

    /// <summary>Random points, before each of which something else is done.</summary>
    private sealed class WatchingMethod(Action watch) : SearchMethod(1)
    {
        public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
        {
            watch();
            new RandomSearch(Seed).Propose(space, trial, observations, point);
        }
    }
}
