using StaticNet.Search;

namespace StaticNet.Insight.Tests.Search;

public class SearchMethodTests
{
    private static readonly UniformDimension X = new("x", -5, 10);
    private static readonly UniformDimension Y = new("y", 0, 15);

    [Fact]
    public void TheSobolSequenceIsThatOfJoeAndKuo()
    {
        // From torch.quasirandom.SobolEngine(21) of PyTorch 1.13, points 5 and 45.
        double[] fifth = [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375, 0.375, 0.125, 0.375, 0.875, 0.875, 0.125, 0.875, 0.375, 0.875, 0.375, 0.375, 0.625, 0.625];
        double[] later =
        [
            0.859375, 0.953125, 0.390625, 0.609375, 0.328125, 0.109375, 0.359375, 0.234375, 0.421875, 0.484375, 0.703125, 0.015625, 0.390625, 0.171875, 0.796875,
            0.546875, 0.109375, 0.734375, 0.984375, 0.453125, 0.765625,
        ];
        for (var dimension = 0; dimension < SobolSearch.MostDimensions; dimension++)
        {
            Assert.Equal(fifth[dimension], SobolSequence.Coordinate(5, dimension) / (double)(1L << 32));
            Assert.Equal(later[dimension], SobolSequence.Coordinate(45, dimension) / (double)(1L << 32));
        }
    }

    [Fact]
    public void SixtyFourSobolPointsHaveOneInEachSixtyFourthOfEachSide()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, SobolSearch.MostDimensions).Select(index => new UniformDimension($"x{index}", 0, 1))]);
        var points = Enumerable.Range(0, 64).Select(trial => Proposal(new SobolSearch(seed: 3), space, trial, [])).ToArray();
        for (var dimension = 0; dimension < SobolSearch.MostDimensions; dimension++)
            Assert.Equal(Enumerable.Range(0, 64), points.Select(point => (int)(point[dimension] * 64)).Order());
    }

    [Fact]
    public void ASobolSequenceHasNotMoreThan21Dimensions()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, 22).Select(index => new UniformDimension($"x{index}", 0, 1))]);
        Assert.Contains("at most 21", Assert.Throws<ArgumentException>(() => new HyperparameterSearch(space, new SobolSearch()).Run(_ => 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGridHasEachCombinationOnce()
    {
        var kind = new ChoiceDimension<string>("kind", "a", "b", "c");
        var count = new IntegerDimension("count", 1, 2);
        var depth = new UniformDimension("depth", 0, 1) { When = kind.Is("b") };
        var result = new HyperparameterSearch(new SearchSpace(kind, count, depth), new GridSearch(values: 3), new SearchOptions { Trials = 1000 }).Run(_ => 0);
        // b has three depths; a and c have none.
        Assert.Equal(
            [
                "kind a, count 1", "kind a, count 2", "kind b, count 1, depth 0", "kind b, count 1, depth 0.5", "kind b, count 1, depth 1",
                "kind b, count 2, depth 0", "kind b, count 2, depth 0.5", "kind b, count 2, depth 1", "kind c, count 1", "kind c, count 2",
            ],
            result.Trials.Select(trial => result.Space.Text(trial.Values)));
        Assert.True(result.IsComplete);
    }

    [Fact]
    public void AGridHasEachWholeNumberOnce()
    {
        var count = new IntegerDimension("count", 1, 6) { IsLogarithmic = true };
        var result = new HyperparameterSearch(new SearchSpace(count), new GridSearch(values: 5), new SearchOptions { Trials = 1000 }).Run(_ => 0);
        Assert.Equal([1, 2, 3, 6], result.Trials.Select(trial => trial.Get(count)));
    }

    [Fact]
    public void AGridThatIsTooLargeIsRefused()
    {
        var space = new SearchSpace([.. Enumerable.Range(0, 9).Select(index => new UniformDimension($"x{index}", 0, 1))]);
        Assert.Contains("at most 1,000,000 points", Assert.Throws<ArgumentException>(() => new HyperparameterSearch(space, new GridSearch())).Message, StringComparison.Ordinal);
    }

    public static TheoryData<SearchMethod> AllMethods =>
        [new RandomSearch(5), new SobolSearch(5), new BayesianSearch(5), new TpeSearch(5), new LipoSearch(5), new DifferentialEvolution(5), new LocalRefinement(5)];

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void AMethodProposesTheSameForTheSameResults(SearchMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var first = Search(method, trials: 25, threads: 1);
        var second = Search(method, trials: 25, threads: 4);
        Assert.Equal(first.Trials.Select(trial => trial.ToString()), second.Trials.Select(trial => trial.ToString()));
        Assert.Equal(25, first.Trials.Length);
    }

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void AMethodWorksWithChoicesWholeNumbersAndConditions(SearchMethod method)
    {
        var kind = new ChoiceDimension<string>("kind", "a", "b");
        var count = new IntegerDimension("count", 1, 8) { IsLogarithmic = true };
        var depth = new LogDimension("depth", 1e-3, 1) { When = kind.Is("b") };
        var options = new SearchOptions { Trials = 30, FirstTrials = [[kind.At("a"), count.At(3)]] };
        var result = new HyperparameterSearch(new SearchSpace(kind, count, depth), method, options).Run(trial => trial.Get(kind) == "a"
            ? 5 + trial.Get(count)
            : Math.Abs(Math.Log(trial.Get(depth) / 0.05)) + Math.Abs(trial.Get(count) - 4));
        Assert.Equal(8, result.Trials[0].Value);
        Assert.True(result.IsComplete);
        Assert.All(result.Trials, trial => Assert.Equal(trial.Get(kind) == "b", trial.IsActive(depth)));
    }

    public static TheoryData<SearchMethod, double> GoodMethods => new()
    {
        { new BayesianSearch(1), 0.01 }, { new TpeSearch(1), 1 }, { new LipoSearch(1), 0.01 }, { new LocalRefinement(1), 0.01 }, { new DifferentialEvolution(1), 1 },
    };

    [Theory]
    [MemberData(nameof(GoodMethods))]
    public void AMethodThatUsesResultsComesNearTheMinimumOfBranin(SearchMethod method, double distance) =>
        Assert.InRange(Search(method, trials: 50, threads: 1, concurrency: 1).Best!.Value - 0.397887, 0, distance);

    [Theory]
    [MemberData(nameof(GoodMethods))]
    public void SoItDoesWithSeveralTrialsAtATime(SearchMethod method, double distance) =>
        Assert.InRange(Search(method, trials: 50, threads: 1).Best!.Value - 0.397887, 0, distance);

    [Theory]
    [InlineData(0.7, true)]
    [InlineData(0.3, false)]
    public void SuccessesOfTrialsAtTheSameTimeWidenTheTrustRegion(double place, bool succeeds)
    {
        // The next step is at a random direction, as there are too few trials for a slope, so its length is the radius.
        var space = Cube(9);
        Observation[] before = [.. Enumerable.Range(0, 4).Select(trial => Observe(space, trial, 0.5, 1))];
        var alone = Length([.. before, Observe(space, 4, place, succeeds ? 0.5 : 2)], pending: 0);
        var together = Length([.. before, .. Enumerable.Range(4, 4).Select(trial => Observe(space, trial, place, succeeds ? 0.1 * trial : trial))], pending: 3);
        Assert.Equal(alone, together, 1e-9);
        Assert.Equal(0.2 * (succeeds ? 1.6 : 0.6), alone, 1e-9);

        double Length(Observation[] finished, int pending)
        {
            var center = finished.MinBy(observation => observation.Loss)!.Point;
            var running = Enumerable.Range(finished.Length, pending).Select(trial => Observe(space, trial, 0.5, double.NaN));
            var point = Proposal(new LocalRefinement(1, trialsBefore: 4), space, finished.Length + pending, [.. finished, .. running]);
            return Math.Sqrt(point.Zip(center, (to, from) => (to - from) * (to - from)).Sum());
        }
    }

    [Fact]
    public void ATrialThatWasGivenUpIsNotRefined()
    {
        var space = Cube(9);
        Observation[] trials = [Observe(space, 0, 0.9, 0.5) with { IsPruned = true }, Observe(space, 1, 0.3, 1), Observe(space, 2, 0.9, 0.6) with { IsPruned = true }];
        Assert.Equal(1, Losses.IndexOfBest(trials));
        Assert.All(Proposal(new LocalRefinement(1, trialsBefore: 3), space, 3, trials), coordinate => Assert.InRange(coordinate, 0.1, 0.5));
        Assert.Equal(0, Losses.IndexOfBest(trials[..1]));
    }

    public static TheoryData<SearchMethod> RefiningMethods => [new LipoSearch(5), new LocalRefinement(5)];

    [Theory]
    [MemberData(nameof(RefiningMethods))]
    public void ARefinementDoesNotStayWhereNothingIsOrdered(SearchMethod method)
    {
        var kind = new ChoiceDimension<int>("kind", [.. Enumerable.Range(0, 100)]);
        var depth = new UniformDimension("depth", 0, 1) { When = kind.Is(99) };
        var result = new HyperparameterSearch(new SearchSpace(kind, depth), method, new SearchOptions { Trials = 40 }).Run(trial => trial.Get(kind));
        Assert.True(result.Trials.Select(trial => trial.Get(kind)).Distinct().Count() > 25);
    }

    [Fact]
    public void ARefinementBeginsWithoutASobolSequenceInMoreDimensions()
    {
        var space = Cube(22);
        Assert.Equal(12, new HyperparameterSearch(space, new LocalRefinement(1), new SearchOptions { Trials = 12 }).Run(trial => trial.Number).Trials.Length);
    }

    [Fact]
    public void TheGaussianProcessGoesThroughItsPointsAndIsUnsureFarFromThem()
    {
        var random = new Numerics.RandomStream(1);
        double[][] points = [[0.0], [0.2], [0.4], [0.6], [0.8], [1.0]];
        var process = GaussianProcess.Fit(points, [0], [.. points.Select(point => Math.Sin(5 * point[0]))], ref random);
        foreach (var point in points)
            Assert.Equal(Math.Sin(5 * point[0]), process.Predict(point).Mean, 0.02);
        Assert.Equal(Math.Sin(5 * 0.5), process.Predict([0.5]).Mean, 0.05);
        Assert.True(process.Predict([2.0]).Deviation > 10 * process.Predict([0.5]).Deviation);
    }

    [Fact]
    public void ARunningTrialKeepsTheNextOneAway()
    {
        var space = new SearchSpace(X, Y);
        var known = Enumerable.Range(0, 12).Select(trial =>
        {
            var point = space.Snap(Proposal(new SobolSearch(1), space, trial, []));
            return new Observation(trial, point, Branin(X.FromUnit(point[0]), Y.FromUnit(point[1])));
        }).ToList();
        var next = Proposal(new BayesianSearch(1), space, 12, known);
        var after = Proposal(new BayesianSearch(1), space, 13, [.. known, new Observation(12, space.Snap(next), double.NaN)]);
        Assert.True(Math.Max(Math.Abs(next[0] - after[0]), Math.Abs(next[1] - after[1])) > 0.02);
    }

    private static SearchSpace Cube(int dimensions) => new([.. Enumerable.Range(0, dimensions).Select(index => new UniformDimension($"x{index}", 0, 1))]);

    private static Observation Observe(SearchSpace space, int trial, double place, double loss) =>
        new(trial, [.. Enumerable.Repeat(place, space.Dimensions.Length)], loss);

    private static double[] Proposal(SearchMethod method, SearchSpace space, int trial, IReadOnlyList<Observation> observations)
    {
        var point = new double[space.Dimensions.Length];
        method.Propose(space, trial, observations, point);
        return point;
    }

    private static SearchResult Search(SearchMethod method, int trials, int threads, int concurrency = 4) =>
        new HyperparameterSearch(new SearchSpace(X, Y), method, new SearchOptions { Trials = trials, Threads = threads, Concurrency = concurrency }).Run(trial =>
        {
            // The threads finish in another order than they began.
            if (threads > 1)
                Thread.Sleep((int)(trial.Seed % 3));
            return Branin(trial.Get(X), trial.Get(Y));
        });

    private static double Branin(double x, double y)
    {
        var part = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (part * part) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }
}
