using System.Globalization;
using StaticNet.Search;

namespace StaticNet.Insight.Tests.Search;

public class SearchSpaceTests
{
    private static readonly ChoiceDimension<string> Optimizer = new("optimizer", "adam", "sgd", "lion");
    private static readonly UniformDimension Momentum = new("momentum", 0, 0.99) { When = Optimizer.Is("sgd") };

    [Theory]
    [InlineData(0, 0.0001)]
    [InlineData(0.5, 0.01)]
    [InlineData(1, 1)]
    public void ALogarithmicDimensionGivesEachOrderOfMagnitudeTheSameShare(double unit, double value)
    {
        var dimension = new LogDimension("rate", 1e-4, 1);
        Assert.Equal(value, dimension.FromUnit(unit), 1e-15);
        Assert.Equal(unit, dimension.ToUnit(value), 1e-12);
    }

    [Fact]
    public void ALogarithmicDimensionCanSpanAllPositiveNumbers()
    {
        var dimension = new LogDimension("epsilon", double.Epsilon, 1);
        Assert.Equal(double.Epsilon, dimension.FromUnit(0));
        Assert.Equal(1, dimension.FromUnit(1));
        Assert.Equal(0.5, dimension.ToUnit(dimension.FromUnit(0.5)), 1e-12);
    }

    [Fact]
    public void AConditionHasTheSameTextInEachCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus " } };
            Assert.Equal("x is at least -1", new IntegerDimension("x", -2, 2).AtLeast(-1).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EachWholeNumberComesBackFromItsPlace(bool logarithmic)
    {
        var dimension = new IntegerDimension("batch", 1, 40) { IsLogarithmic = logarithmic };
        for (var value = 1; value <= 40; value++)
            Assert.Equal(value, dimension.FromUnit(dimension.ToUnit(value)));
        Assert.Equal(1, dimension.FromUnit(0));
        Assert.Equal(40, dimension.FromUnit(1));
        Assert.Equal(40, dimension.Count);
    }

    [Fact]
    public void WholeNumbersHaveTheSameShareEach()
    {
        var dimension = new IntegerDimension("layers", 2, 5);
        var counts = Enumerable.Range(0, 4000).Select(step => dimension.FromUnit((step + 0.5) / 4000)).CountBy(value => value);
        Assert.All(counts, count => Assert.Equal(1000, count.Value));
    }

    [Fact]
    public void ADimensionPlaysAPartOnlyWhereItsConditionHolds()
    {
        var space = new SearchSpace(Optimizer, Momentum);
        Assert.True(double.IsNaN(space.ValuesAt([0.1, 0.5])[1]));
        Assert.Equal(0.495, space.ValuesAt([0.5, 0.5])[1], 1e-12);
        Assert.Equal("optimizer sgd, momentum 0.495", space.Text(space.ValuesAt([0.5, 0.5])));
        Assert.Equal("optimizer: one of adam, sgd, lion\nmomentum: 0 to 0.99 (if optimizer is sgd)", space.ToString());
    }

    [Fact]
    public void AWholeNumberCanBeACondition()
    {
        var layers = new IntegerDimension("layers", 1, 3);
        var space = new SearchSpace(layers, new IntegerDimension("units2", 8, 64) { When = layers.AtLeast(2) });
        Assert.True(double.IsNaN(space.ValuesAt([0, 0.5])[1]));
        Assert.Equal(36, space.ValuesAt([0.5, 0.5])[1]);
    }

    [Fact]
    public void FaultyDimensionsAreRefused()
    {
        Assert.Contains("above 0", Assert.Throws<ArgumentOutOfRangeException>(() => new LogDimension("rate", 0, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformDimension("x", 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformDimension("x", 0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IntegerDimension("x", 0, 4) { IsLogarithmic = true });
        Assert.Contains("'a' is there twice", Assert.Throws<ArgumentException>(() => new ChoiceDimension<string>("x", "a", "a")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizer.Is("rmsprop"));
        Assert.Contains("0 to 0.99", Assert.Throws<ArgumentOutOfRangeException>(() => Momentum.At(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FaultySpacesAreRefused()
    {
        Assert.Contains("'optimizer' is there twice", Assert.Throws<ArgumentException>(() => new SearchSpace(Optimizer, Optimizer)).Message, StringComparison.Ordinal);
        Assert.Contains("optimizer before momentum", Assert.Throws<ArgumentException>(() => new SearchSpace(Momentum, Optimizer)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SearchSpace());
    }

    [Fact]
    public void TrialsOfOnesOwnAreChecked()
    {
        var space = new SearchSpace(Optimizer, Momentum);
        Assert.Contains("Expected a value of momentum", Refusal([Optimizer.At("sgd")]), StringComparison.Ordinal);
        Assert.Contains("only where optimizer is sgd", Refusal([Optimizer.At("adam"), Momentum.At(0.5)]), StringComparison.Ordinal);
        Assert.Contains("has two", Refusal([Optimizer.At("adam"), Optimizer.At("sgd")]), StringComparison.Ordinal);
        Assert.Contains("'other' is none", Refusal([new UniformDimension("other", 0, 1).At(0.5)]), StringComparison.Ordinal);

        string Refusal(DimensionValue[] trial) => Assert.Throws<ArgumentException>(
            () => new HyperparameterSearch(space, new RandomSearch(), new SearchOptions { FirstTrials = [trial] })).Message;
    }
}
