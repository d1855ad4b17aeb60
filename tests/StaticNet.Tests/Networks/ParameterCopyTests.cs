namespace StaticNet.Tests.Networks;

public class ParameterCopyTests
{
    [Fact]
    public void All_parameters_of_an_equal_network_are_copied()
    {
        var (target, source) = (new TinyClassifier(1), new TinyClassifier(2));

        var copy = target.CopyParametersFrom(source);

        Assert.Equal(source.Weights.Values.ToArray(), target.Weights.Values.ToArray());
        Assert.Equal<string>(["dense1.weight", "dense1.bias"], copy.Copied);
        Assert.Empty(copy.Kept);
        Assert.Empty(copy.Unused);
        Assert.Equal("2 copied; none kept; none not used", copy.ToString());
    }

    [Fact]
    public void Another_shape_is_told_with_both_and_changes_nothing()
    {
        var (target, source) = (new TinyRegressor(1), new TinyClassifier(2));
        var before = target.Weights.Values.ToArray();

        foreach (var strict in new[] { true, false })
        {
            var error = Assert.Throws<ArgumentException>(() => target.CopyParametersFrom(source, strict: strict));
            Assert.Contains("What TinyClassifier gives does not fit TinyRegressor.", error.Message, StringComparison.Ordinal);
            Assert.Contains("dense1.weight (expected [1, 2], got [3, 2])", error.Message, StringComparison.Ordinal);
            Assert.Contains("dense1.bias (expected [1], got [3])", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, target.Weights.Values.ToArray());
    }

    [Fact]
    public void What_is_left_out_stays_as_it_was()
    {
        var (target, source) = (new TinyClassifier(1), new TinyClassifier(2));
        source.Weights.Edit()[32] = 7;

        var copy = target.CopyParametersFrom(source, name => name == "dense1.bias" ? name : null, strict: false);

        Assert.Equal<string>(["dense1.bias"], copy.Copied);
        Assert.Equal<string>(["dense1.weight"], copy.Kept);
        Assert.Equal<string>(["dense1.weight"], copy.Unused);
        Assert.Equal("1 copied; 1 kept: dense1.weight; 1 not used: dense1.weight", copy.ToString());
        Assert.Equal(7, target.Weights.Values[32]);
        Assert.Equal(new TinyClassifier(1).Weights.Values[..32].ToArray(), target.Weights.Values[..32].ToArray());
    }

    [Fact]
    public void Names_without_a_place_are_told_when_strict_and_left_otherwise()
    {
        var (target, source) = (new TinyClassifier(1), new TinyClassifier(2));

        var error = Assert.Throws<ArgumentException>(() => target.CopyParametersFrom(source, name => name.Replace("bias", "offset", StringComparison.Ordinal)));
        var copy = target.CopyParametersFrom(source, name => name.Replace("bias", "offset", StringComparison.Ordinal), strict: false);

        Assert.Contains("Tensors missing: dense1.bias. Tensors unexpected: dense1.offset.", error.Message, StringComparison.Ordinal);
        Assert.Equal<string>(["dense1.weight"], copy.Copied);
        Assert.Equal<string>(["dense1.bias"], copy.Kept);
        Assert.Equal<string>(["dense1.bias"], copy.Unused);
    }

    [Fact]
    public void Two_parameters_of_one_new_name_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new TinyClassifier(1).CopyParametersFrom(new TinyClassifier(2), _ => "dense1.bias"));

        Assert.Contains("dense1.weight and dense1.bias are both to become dense1.bias", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prefixes_rename_layers_and_leave_out_all_others()
    {
        var (target, source) = (new TinyClassifier(1), new TinyClassifier(2));

        var copy = target.CopyParametersFrom(source, ("dense1", "dense1"));

        Assert.Equal(source.Weights.Values.ToArray(), target.Weights.Values.ToArray());
        Assert.Equal(2, copy.Copied.Length);
    }

    [Fact]
    public void Prefixes_that_fit_nothing_or_lead_nowhere_are_refused()
    {
        var (target, source) = (new TinyClassifier(1), new TinyClassifier(2));

        var nothing = Assert.Throws<ArgumentException>(() => target.CopyParametersFrom(source, ("dense", "dense1")));
        var nowhere = Assert.Throws<ArgumentException>(() => target.CopyParametersFrom(source, ("dense1", "dense2")));

        Assert.Contains("no parameter begins with 'dense'. There are: dense1.weight, dense1.bias.", nothing.Message, StringComparison.Ordinal);
        Assert.Contains("TinyClassifier has no parameter dense2.weight, which dense1.weight of TinyClassifier is to become.", nowhere.Message, StringComparison.Ordinal);
    }
}
