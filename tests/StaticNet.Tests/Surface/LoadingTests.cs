using StaticNet.Networks;
using StaticNet.Serialization;

namespace StaticNet.Tests.Surface;

/// <summary>What loading says, and what it refuses.</summary>
public class LoadingTests
{
    [Fact]
    public void A_strict_load_says_what_was_loaded()
    {
        var loaded = new Twinned(1).LoadStateDict(new Twinned(2).ToStateDict());

        Assert.Equal(Twinned.ParameterTable.Parameters.Select(parameter => parameter.Name), loaded.Loaded);
        Assert.Empty(loaded.Missing);
        Assert.Empty(loaded.Unused);
    }

    [Fact]
    public void A_partial_load_says_what_was_missing_and_left_over()
    {
        var network = new Twinned(1);
        var before = network.ToStateDict();
        var state = new StateDict();
        state.Add("dense2.bias", [4], [1, 2, 3, 4]);
        state.Add("optimizer/step", [1], [7]);

        var loaded = network.LoadStateDict(state, strict: false);

        Assert.Equal(["dense2.bias"], loaded.Loaded.ToArray());
        Assert.Equal(["optimizer/step"], loaded.Unused.ToArray());
        Assert.Equal(Twinned.ParameterTable.Parameters.Select(parameter => parameter.Name).Where(name => name != "dense2.bias"), loaded.Missing);
        Assert.Equal([1, 2, 3, 4], network.ToStateDict()["dense2.bias"].Values.ToArray());
        Assert.Equal(before["dense2.weight"].Values.ToArray(), network.ToStateDict()["dense2.weight"].Values.ToArray());
        Assert.StartsWith("1 loaded; ", loaded.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_fits_is_an_error_even_when_not_strict()
    {
        var state = new StateDict();
        state.Add("fc1.weight", [6, 3], new float[18]);

        var error = Assert.Throws<ArgumentException>(() => new Twinned().LoadStateDict(state, strict: false));

        Assert.Contains("does not fit Twinned: none of its 1 tensors is a parameter", error.Message, StringComparison.Ordinal);
        Assert.Contains("features.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("fc1.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("WeightMap.PyTorch((\"fc1\", \"dense1\"))", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Twinned().LoadStateDict(new StateDict(), strict: false));
    }

    [Fact]
    public void Names_of_another_framework_are_answered_with_the_map_that_loads_them()
    {
        var state = new StateDict();
        state.Add("fc1.weight", [6, 3], new float[18]);

        var error = Assert.Throws<ArgumentException>(() => new Twinned().LoadStateDict(state));

        Assert.Contains("Tensors unexpected: fc1.weight. To load tensors that were named by PyTorch or Keras, use a map", error.Message, StringComparison.Ordinal);
        Assert.Contains("docs/from-pytorch-keras.md", error.Message, StringComparison.Ordinal);
        // With a map, or where only some are missing, names are not the matter.
        Assert.DoesNotContain("PyTorch", Assert.Throws<ArgumentException>(() => new Twinned().LoadStateDict(new StateDict())).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("or Keras", Assert.Throws<ArgumentException>(() => new Twinned().LoadStateDict(state, WeightMap.PyTorch())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_by_name(float wrong)
    {
        var network = new Twinned(1);
        var before = network.Weights.Values.ToArray();
        var state = new StateDict();
        foreach (var tensor in new Twinned(2).ToStateDict())
        {
            var values = tensor.Values.ToArray();
            if (tensor.Name == "dense2.weight")
                values[5] = wrong;
            state.Add(tensor.Name, tensor.Shape.AsSpan(), values);
        }

        foreach (var strict in new[] { true, false })
        {
            var error = Assert.Throws<ArgumentException>(() => network.LoadStateDict(state, strict));
            Assert.Contains("dense2.weight holds a number that is NaN, infinite or beyond float32: element 5 of 24", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_double_beyond_float_is_refused()
    {
        var header = """{"dense2.bias":{"dtype":"F64","shape":[4],"data_offsets":[0,32]}}"""u8;
        byte[] file = [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. new[] { 1.0, 1e39, 0, 0 }.SelectMany(BitConverter.GetBytes)];

        var error = Assert.Throws<ArgumentException>(() => new Twinned().LoadSafetensors(file, strict: false));

        Assert.Contains("dense2.bias holds a number that is NaN, infinite or beyond float32: element 1 of 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PyTorchs_count_of_batches_without_an_axis_is_taken()
    {
        var state = new StateDict();
        foreach (var tensor in new Twinned(2).ToStateDict())
        {
            if (tensor.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                state.Add(tensor.Name, [], [12]);
            else
                state.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Values);
        }

        var network = new Twinned(1);
        network.LoadStateDict(state);

        Assert.Equal(12, network.ToStateDict().Single(tensor => tensor.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Values[0]);
    }

    [Fact]
    public void A_single_number_without_an_axis_does_not_pass_for_several()
    {
        var state = new StateDict();
        state.Add("dense2.bias", [], [1]);

        Assert.Contains("dense2.bias (expected", Assert.Throws<ArgumentException>(() => new Twinned(1).LoadStateDict(state, strict: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_twin_without_weights_refuses_to_run()
    {
        var twin = new TwinnedModel();

        foreach (var call in new Action[]
        {
            () => twin.Forward(new float[3], new float[4]),
            () => twin.ForwardBatch(new float[6], new float[8], 2),
            () => twin.Predict(new float[6], new float[8]),
            () => twin.ShareWeights().Forward(new float[3], new float[4]),
            () => twin.Prepare(),
            () => twin.ToStateDict(),
            () => new Twinned(1).CopyParametersFrom(twin, strict: false),
        })
        {
            Assert.Contains("TwinnedModel has no weights yet", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_twin_runs_once_its_weights_are_there()
    {
        var network = new Twinned(7);
        var twin = new TwinnedModel();
        var shared = twin.ShareWeights();
        float[] input = [0.1f, -0.4f, 0.9f];
        var (expected, actual) = (new float[4], new float[4]);
        network.Forward(input, expected);

        var loaded = twin.LoadStateDict(network.ToStateDict());
        shared.Forward(input, actual);

        Assert.Equal(expected, actual);
        Assert.Equal(["loss2.centers"], loaded.Unused.ToArray());
        new TwinnedModel(seed: 3).Forward(input, actual);
    }

    [Fact]
    public void A_twin_without_weights_takes_all_or_none()
    {
        var state = new StateDict();
        state.Add("dense2.bias", [4], [1, 2, 3, 4]);
        var twin = new TwinnedModel();

        Assert.Contains("so that all of them must come", Assert.Throws<ArgumentException>(() => twin.LoadStateDict(state, strict: false)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => twin.Forward(new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => twin.CopyParametersFrom(new IndexTargets(1), strict: false));
        Assert.Throws<InvalidOperationException>(() => twin.Forward(new float[3], new float[4]));

        var whole = new TwinnedModel(seed: 1);
        Assert.Equal(["dense2.bias"], whole.LoadStateDict(state, strict: false).Loaded.ToArray());
    }
}
