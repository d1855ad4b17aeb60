using StaticNet.Serialization;

namespace StaticNet.Tests.Serialization;

public class StateDictTests
{
    [Fact]
    public void Tensors_come_in_the_order_in_which_they_were_added()
    {
        var state = new StateDict();
        state.Add("z", [2, 2], [1, 2, 3, 4]);
        state.Add("a", [], [5]);
        state.Add("m", [0, 3], []);

        Assert.Equal(3, state.Count);
        Assert.Equal(["z", "a", "m"], state.Select(tensor => tensor.Name));
        Assert.Equal([2, 2], state["z"].Shape.ToArray());
        Assert.Equal([1f, 2, 3, 4], state["z"].Values.ToArray());
        Assert.Equal([5f], state["a"].Memory.ToArray());
        Assert.Equal("m [0, 3]", state["m"].ToString());
    }

    [Fact]
    public void Values_are_copied()
    {
        var values = new float[] { 1, 2 };
        var state = new StateDict();
        state.Add("x", [2], values);
        values[0] = 9;

        Assert.Equal(1f, state["x"].Values[0]);
    }

    [Fact]
    public void A_missing_name_is_told()
    {
        var state = new StateDict();

        Assert.False(state.TryGet("x", out _));
        Assert.False(state.Contains("x"));
        Assert.Contains("'x'", Assert.Throws<KeyNotFoundException>(() => state["x"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_unique_and_compared_ordinally()
    {
        var state = new StateDict();
        state.Add("x", [1], [1]);
        state.Add("X", [1], [2]);

        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => state.Add("x", [1], [3])).Message, StringComparison.Ordinal);
        Assert.Equal(1f, state["x"].Values[0]);
        Assert.Equal(2f, state["X"].Values[0]);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, 5)]
    [InlineData(new int[0], 0)]
    [InlineData(new[] { -2, -3 }, 6)]
    [InlineData(new[] { 65536, 65536 }, 0)]
    [InlineData(new[] { 65536, 65536, 65536, 65536 }, 0)]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, 4 }, 4)]
    public void A_shape_that_does_not_fit_the_values_is_refused(int[] shape, int count)
    {
        var state = new StateDict();

        Assert.Throws<ArgumentException>(() => state.Add("x", shape, new float[count]));
        Assert.Empty(state);
    }

    [Fact]
    public void Parts_are_put_together_and_taken_apart_again()
    {
        var (whole, part, other) = (new StateDict(), new StateDict(), new StateDict());
        part.Add("weight", [2], [1, 2]);
        part.Metadata["step"] = "3";
        other.Add("weight", [1], [9]);

        whole.AddPart("", other);
        whole.AddPart("optimizer/", part);

        Assert.Equal(["weight", "optimizer/weight"], whole.Select(tensor => tensor.Name));
        var taken = whole.Part("optimizer/");
        Assert.Equal([1f, 2], taken["weight"].Values.ToArray());
        Assert.Equal("3", taken.Metadata["step"]);
        Assert.Single(taken);
        Assert.Empty(whole.Part("callback/"));
        Assert.Throws<ArgumentException>(() => whole.AddPart("optimizer/", part));
    }
}
