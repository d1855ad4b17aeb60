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
