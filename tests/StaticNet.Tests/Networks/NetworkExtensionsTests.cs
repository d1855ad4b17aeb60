using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Tests.Networks;

public sealed class NetworkExtensionsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_state_dict_holds_the_parameters_in_the_logical_layout()
    {
        var network = new TinyClassifier(1);
        for (var index = 0; index < network.Weights.Values.Length; index++)
            network.Weights.Edit()[index] = index;

        var state = network.ToStateDict();

        Assert.Equal(["dense1.weight", "dense1.bias"], state.Select(tensor => tensor.Name));
        Assert.Equal([3, 2], state["dense1.weight"].Shape.ToArray());
        Assert.Equal([0, 16, 1, 17, 2, 18], state["dense1.weight"].Values.ToArray());
        Assert.Equal([32, 33, 34], state["dense1.bias"].Values.ToArray());
    }

    [Fact]
    public void A_file_a_stream_and_bytes_bring_back_the_same_bits_and_the_scaling()
    {
        var network = Scaled();
        network.SaveSafetensors(_path);
        var bytes = File.ReadAllBytes(_path);

        var (fromPath, fromStream, fromBytes) = (new TinyRegressor(2), new TinyRegressor(3), new TinyRegressor(4));
        fromPath.LoadSafetensors(_path);
        fromStream.LoadSafetensors(new MemoryStream(bytes));
        fromBytes.LoadSafetensors(bytes);

        foreach (var copy in new[] { fromPath, fromStream, fromBytes })
        {
            Assert.Equal(network.Weights.Values.ToArray(), copy.Weights.Values.ToArray());
            Assert.Equal([1, 2], copy.Weights.Scaling.Inputs!.Shift.ToArray());
            Assert.Equal([10], copy.Weights.Scaling.Targets!.Scale.ToArray());
        }
    }

    [Fact]
    public void A_state_that_does_not_fit_changes_nothing_and_the_message_names_everything()
    {
        var network = new TinyClassifier(1);
        var before = network.Weights.Values.ToArray();
        var state = new StateDict();
        state.Add("dense1.weight", [2, 3], new float[6]);
        state.Add("dense9.weight", [1], new float[1]);

        var error = Assert.Throws<ArgumentException>(() => network.LoadStateDict(state));

        Assert.Contains("TinyClassifier", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing: dense1.bias.", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: dense9.weight.", error.Message, StringComparison.Ordinal);
        Assert.Contains("dense1.weight (expected [3, 2], got [2, 3])", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Weights.Values.ToArray());
        Assert.Throws<ArgumentException>(() => network.LoadStateDict(state, strict: false));
        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_lenient_load_takes_what_is_there()
    {
        var network = Scaled();
        var weight = network.ToStateDict()["dense1.weight"].Values.ToArray();
        var state = new StateDict();
        state.Add("dense1.bias", [1], [7]);
        state.Add("other", [1], [1]);

        network.LoadStateDict(state, strict: false);

        Assert.Equal([7], network.ToStateDict()["dense1.bias"].Values.ToArray());
        Assert.Equal(weight, network.ToStateDict()["dense1.weight"].Values.ToArray());
        Assert.NotNull(network.Weights.Scaling.Inputs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scaling_that_the_program_has_set_stays_where_none_comes(bool strict)
    {
        var network = Scaled();
        var scaling = network.Weights.Scaling;

        var loaded = network.LoadStateDict(new TinyRegressor(5).ToStateDict(), strict);

        Assert.Same(scaling, network.Weights.Scaling);
        Assert.True(loaded.KeptScaling);
        Assert.EndsWith("; no scaling, so the previous one is kept", loaded.ToString(), StringComparison.Ordinal);
        Assert.False(new TinyRegressor(1).LoadStateDict(new TinyRegressor(5).ToStateDict(), strict).KeptScaling);
    }

    [Fact]
    public void A_scaling_that_came_with_parameters_goes_with_them()
    {
        var network = new TinyRegressor(1);
        network.LoadStateDict(Scaled().ToStateDict());
        Assert.NotNull(network.Weights.Scaling.Inputs);

        var loaded = network.LoadStateDict(new TinyRegressor(5).ToStateDict());

        Assert.Equal(Scaling.None, network.Weights.Scaling);
        Assert.False(loaded.KeptScaling);
    }

    [Fact]
    public void A_stored_scaling_takes_the_place_of_the_programs()
    {
        var network = new TinyRegressor(1);
        network.SetScaling(inputs: new Scaler([7], [7]));

        var loaded = network.LoadStateDict(Scaled().ToStateDict());

        Assert.Equal([1, 2], network.Weights.Scaling.Inputs!.Shift.ToArray());
        Assert.False(loaded.KeptScaling);
    }

    [Fact]
    public void Another_networks_file_with_a_scaling_is_refused_even_when_not_strict()
    {
        var state = new StateDict();
        state.Add("fc1.weight", [1, 2], [1, 2]);
        state.Add("fc1.bias", [1], [1]);
        new Scaler([3, 4], [5, 6]).ToStateDict("scaling.inputs", state);
        var network = new TinyRegressor(1);
        var before = network.Weights.Values.ToArray();

        var error = Assert.Throws<ArgumentException>(() => network.LoadStateDict(state, strict: false));

        Assert.Contains("none of its 4 tensors is a parameter. Expected dense1.weight, dense1.bias; there are fc1.weight, fc1.bias.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Weights.Values.ToArray());
        Assert.Equal(Scaling.None, network.Weights.Scaling);
    }

    [Fact]
    public void A_scaling_alone_is_taken_when_not_strict()
    {
        var state = new StateDict();
        new Scaler([3, 4], [5, 6]).ToStateDict("scaling.inputs", state);
        var network = new TinyRegressor(1);

        network.LoadStateDict(state, strict: false);

        Assert.Equal([3, 4], network.Weights.Scaling.Inputs!.Shift.ToArray());
    }

    [Fact]
    public void A_stored_scaling_that_does_not_fit_changes_nothing()
    {
        var network = new TinyRegressor(1);
        var before = network.Weights.Values.ToArray();
        var half = new TinyRegressor(2).ToStateDict();
        half.Add("scaling.inputs.shift", [2], [0, 0]);
        var wrong = new TinyRegressor(2).ToStateDict();
        new Scaler([0, 0, 0], [1, 1, 1]).ToStateDict("scaling.inputs", wrong);

        Assert.Throws<ArgumentException>(() => network.LoadStateDict(half));
        Assert.Throws<ArgumentException>(() => network.LoadStateDict(wrong));

        Assert.Equal(before, network.Weights.Values.ToArray());
        Assert.Equal(Scaling.None, network.Weights.Scaling);
    }

    [Fact]
    public void A_damaged_file_changes_nothing()
    {
        var network = new TinyRegressor(1);
        var before = network.Weights.Values.ToArray();

        Assert.Throws<SafetensorsException>(() => network.LoadSafetensors([1, 2, 3]));

        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Fact]
    public void Gradients_are_given_under_the_names_of_the_trainable_parameters()
    {
        var network = new TinyRegressor(1);
        network.TrainBatch(new Batch([1, 2], [100], 1));

        var gradients = network.GradientsToStateDict();

        Assert.Equal(["dense1.weight"], gradients.Select(tensor => tensor.Name));
        var values = gradients["dense1.weight"].Values;
        Assert.Equal([1, 2], gradients["dense1.weight"].Shape.ToArray());
        Assert.Equal(2 * values[0], values[1]);
        Assert.Equal(network.Gradients[16], values[1]);
        Assert.True(values[0] < -100);
    }

    [Fact]
    public void Predict_scales_inputs_and_undoes_the_scaling_of_targets()
    {
        var network = Scaled();
        var outputs = new float[2];

        network.Predict([3, 10, 1, 2], outputs);

        // Inputs become ((3 − 1) / 2, (10 − 2) / 4) = (1, 2) and (0, 0).
        var raw = new float[1];
        network.ForwardRaw([1, 2], raw);
        Assert.Equal((raw[0] * 10) + 5, outputs[0], 1e-5f);
        Assert.Equal(5, outputs[1]);
    }

    [Fact]
    public void Predict_goes_through_any_number_of_samples_without_allocating()
    {
        var network = Scaled();
        var inputs = Enumerable.Range(0, 6000).Select(i => MathF.Sin(i)).ToArray();
        var (outputs, single) = (new float[3000], new float[1]);
        network.Predict(inputs, outputs);

        Assert.Equal(0, Allocations.Of(() => network.Predict(inputs, outputs)));

        for (var sample = 0; sample < 3000; sample += 371)
        {
            network.Predict(inputs.AsSpan(sample * 2, 2), single);
            Assert.Equal(single[0], outputs[sample]);
        }
    }

    [Fact]
    public void Predict_refuses_lengths_that_do_not_fit()
    {
        var network = new TinyRegressor(1);

        Assert.Throws<ArgumentException>(() => network.Predict([1, 2, 3], new float[1]));
        Assert.Throws<ArgumentException>(() => network.Predict([1, 2], new float[2]));
        network.Predict([], []);
    }

    [Fact]
    public void A_scaling_is_shared_by_the_instances_over_the_same_weights()
    {
        var network = new TinyRegressor(1);
        var second = network.ShareWeights();

        network.SetScaling(inputs: new Scaler([1], [2]));

        Assert.Same(network.Weights.Scaling, second.Weights.Scaling);
    }

    [Fact]
    public void Scalers_that_do_not_fit_are_refused()
    {
        var three = new Scaler([0, 0, 0], [1, 1, 1]);

        Assert.Throws<ArgumentException>(() => new TinyRegressor(1).SetScaling(inputs: three));
        Assert.Throws<ArgumentException>(() => new TinyRegressor(1).SetScaling(targets: three));
        var error = Assert.Throws<ArgumentException>(() => new TinyClassifier(1).SetScaling(targets: new Scaler([0], [1])));
        Assert.Contains("indices", error.Message, StringComparison.Ordinal);
    }

    private static TinyRegressor Scaled()
    {
        var network = new TinyRegressor(1);
        network.SetScaling(new Scaler([1, 2], [2, 4]), new Scaler([5], [10]));
        return network;
    }
}
