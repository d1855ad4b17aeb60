using StaticNet.Networks;
using StaticNet.Networks.Sequences;
using StaticNet.Serialization;

namespace StaticNet.Tests.Surface;

/// <summary>Checkpoints of PyTorch and Keras give what they give there.</summary>
public class WeightMapTests
{
    private static readonly (string From, string? To)[] TorchNames =
    [
        ("features.0", "conv1"), ("features.1", "batchNorm1"), ("features.4", "conv2"), ("features.5", "batchNorm2"),
        ("classifier.1", "dense1"), ("classifier.4", "dense2"),
    ];

    private static readonly (string From, string? To)[] KerasNames =
    [
        ("conv2d", "conv1"), ("batch_normalization", "batchNorm1"), ("depthwise_conv2d", "depthwise1"), ("separable_conv2d", "separable1"),
        ("conv2d_transpose", "convTranspose1"), ("dense", "dense1"), ("dense_1", "dense2"),
    ];

    [Fact]
    public void A_checkpoint_of_PyTorch_gives_the_same_outputs()
    {
        var network = new TorchCnn();

        var loaded = network.LoadSafetensors(FileOf("torch-cnn"), WeightMap.PyTorch(TorchNames));

        RequireOutputs(network, "torch-cnn-outputs");
        Assert.Equal(TorchCnn.ParameterTable.Parameters.Select(parameter => parameter.Name), loaded.Loaded);
        Assert.Equal("features.0.weight", loaded.Sources[loaded.Loaded.IndexOf("conv1.weight")]);
        Assert.Equal("classifier.4.bias", loaded.Sources[loaded.Loaded.IndexOf("dense2.bias")]);
        Assert.Empty(loaded.Missing);
        Assert.Empty(loaded.Unused);
        Assert.Equal([20f], network.ToStateDict()["batchNorm1.num_batches_tracked"].Values.ToArray());
    }

    [Fact]
    public void A_dictionary_of_full_names_does_the_same_for_a_twin()
    {
        var names = new Dictionary<string, string>();
        foreach (var tensor in Safetensors.Load(FileOf("torch-cnn")))
        {
            var (from, to) = TorchNames.Single(entry => tensor.Name.StartsWith(entry.From + ".", StringComparison.Ordinal));
            names.Add(tensor.Name, to! + tensor.Name[from.Length..]);
        }

        var network = new TorchCnnModel();
        network.LoadSafetensors(FileOf("torch-cnn"), WeightMap.PyTorch(names));

        RequireOutputs(network, "torch-cnn-outputs");
    }

    [Fact]
    public void Shapes_that_fit_one_way_only_need_no_names()
    {
        var network = new TorchCnn();

        var loaded = network.LoadSafetensors(FileOf("torch-cnn"), WeightMap.PyTorch().ByShape());

        RequireOutputs(network, "torch-cnn-outputs");
        Assert.Equal("features.5.running_var", loaded.Sources[loaded.Loaded.IndexOf("batchNorm2.running_var")]);
    }

    [Fact]
    public void A_file_from_Keras_gives_the_same_outputs()
    {
        var network = new KerasCnn();

        var loaded = network.LoadSafetensors(FileOf("keras-cnn"), WeightMap.Keras(KerasNames));

        RequireOutputs(network, "keras-cnn-outputs");
        Assert.Equal(["batchNorm1.num_batches_tracked"], loaded.Missing.ToArray());
        Assert.Contains("dense1.weight: 320 inputs from [80 pixels, 4 channels] to [4 channels, 80 pixels]", loaded.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_from_Keras_can_be_matched_by_shapes()
    {
        var network = new KerasCnn();

        network.LoadSafetensors(FileOf("keras-cnn"), WeightMap.Keras().ByShape());

        RequireOutputs(network, "keras-cnn-outputs");
    }

    [Fact]
    public void Names_of_earlier_versions_of_Keras_are_read_too()
    {
        var renamed = new StateDict();
        foreach (var tensor in Safetensors.Load(FileOf("keras-cnn")))
            renamed.Add($"sequential/{tensor.Name}:0", tensor.Shape.AsSpan(), tensor.Values);
        var network = new KerasCnn();

        network.LoadStateDict(renamed, WeightMap.Keras([.. KerasNames.Select(entry => ("sequential/" + entry.From, entry.To))]));

        RequireOutputs(network, "keras-cnn-outputs");
    }

    [Fact]
    public void Inputs_that_are_in_order_are_left_as_they_are()
    {
        var (ordered, plain) = (new KerasCnn(), new KerasCnn());
        ordered.LoadSafetensors(FileOf("keras-cnn"), WeightMap.Keras(KerasNames).Flattened("dense1", 1));
        plain.LoadSafetensors(FileOf("keras-cnn"), WeightMap.Keras(KerasNames));

        var kernel = Safetensors.Load(FileOf("keras-cnn"))["dense/kernel"].Values;
        var weight = ordered.ToStateDict()["dense1.weight"].Values;
        Assert.Equal(kernel[(100 * 7) + 3], weight[(3 * 320) + 100]);
        // Pixel 25, channel 2 of four: row 25 · 4 + 2 there, 2 · 80 + 25 here.
        Assert.Equal(kernel[(102 * 7) + 3], plain.ToStateDict()["dense1.weight"].Values[(3 * 320) + 185]);
    }

    [Fact]
    public void Layers_of_the_same_shapes_are_refused_with_the_candidates()
    {
        var network = new Mlp64x64x64x8();
        var before = network.Weights.Values.ToArray();
        var state = RenamedMlp();

        var error = Assert.Throws<ArgumentException>(() => network.LoadStateDict(state, WeightMap.PyTorch().ByShape()));

        Assert.Contains("fits Mlp64x64x64x8 in several ways: dense1 (weight [64, 64], bias [64]) may be net.0 or net.2; dense2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("dense3", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Weights.Values.ToArray());
    }

    [Fact]
    public void One_name_decides_between_layers_of_the_same_shapes()
    {
        var network = new Mlp64x64x64x8();

        network.LoadStateDict(RenamedMlp(), WeightMap.PyTorch(("net.2", "dense1")).ByShape());

        var (state, came) = (network.ToStateDict(), RenamedMlp());
        Assert.Equal(came["net.2.weight"].Values.ToArray(), state["dense1.weight"].Values.ToArray());
        Assert.Equal(came["net.0.weight"].Values.ToArray(), state["dense2.weight"].Values.ToArray());
        Assert.Equal(came["net.4.weight"].Values.ToArray(), state["dense3.weight"].Values.ToArray());
    }

    [Fact]
    public void A_layer_that_no_shapes_fit_is_refused_with_what_there_is()
    {
        var error = Assert.Throws<ArgumentException>(() => new TorchCnn().LoadStateDict(RenamedMlp(), WeightMap.PyTorch().ByShape()));

        Assert.Contains("no module of the file has the shapes of", error.Message, StringComparison.Ordinal);
        Assert.Contains("conv1 (weight [8, 3, 3, 3])", error.Message, StringComparison.Ordinal);
        Assert.Contains("net.4 (weight [8, 64], bias [8])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_take_a_prefix_away_and_null_leaves_tensors_out()
    {
        var state = new StateDict();
        foreach (var tensor in new Mlp64x64x64x8(3).ToStateDict())
            state.Add("module." + tensor.Name, tensor.Shape.AsSpan(), tensor.Values);
        state.Add("module.aux.weight", [2], [1, 2]);
        var network = new Mlp64x64x64x8();

        var loaded = network.LoadStateDict(state, WeightMap.PyTorch(("module.aux", null), ("module.*", "*")));

        Assert.Equal(new Mlp64x64x64x8(3).Weights.Values.ToArray(), network.Weights.Values.ToArray());
        Assert.Equal(["module.aux.weight"], loaded.Unused.ToArray());
    }

    [Fact]
    public void What_a_map_does_not_say_is_told_by_the_names_of_the_file()
    {
        var error = Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8().LoadStateDict(RenamedMlp(), WeightMap.PyTorch(("net.0", "dense1"), ("net.2", "dense7"))));

        Assert.Contains("Tensors missing: dense2.weight, dense2.bias, dense3.weight, dense3.bias.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Tensors unexpected: net.2.weight (as dense7.weight), net.2.bias (as dense7.bias), net.4.weight, net.4.bias.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Part_of_a_checkpoint_loads_when_not_strict()
    {
        var network = new Mlp64x64x64x8(1);

        var loaded = network.LoadStateDict(RenamedMlp(), WeightMap.PyTorch(("net.0", "dense1")), strict: false);

        Assert.Equal(["dense1.weight", "dense1.bias"], loaded.Loaded.ToArray());
        Assert.Equal(["net.0.weight", "net.0.bias"], loaded.Sources.ToArray());
        Assert.Equal(["net.2.weight", "net.2.bias", "net.4.weight", "net.4.bias"], loaded.Unused.ToArray());
    }

    [Fact]
    public void An_entry_that_fits_nothing_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8().LoadStateDict(RenamedMlp(), WeightMap.PyTorch(("net.1", "dense1"), ("net", "dense2")), strict: false));

        Assert.Contains("none fits 'net.1'. There are: net.0.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tensors_cannot_become_one()
    {
        var error = Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8().LoadStateDict(RenamedMlp(), WeightMap.PyTorch(("net.0", "dense1"), ("net.2", "dense1"))));

        Assert.Contains("net.0.weight and net.2.weight are both to become dense1.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_Keras_for_a_tensor_of_PyTorch_is_refused()
    {
        var state = RenamedMlp();

        var error = Assert.Throws<ArgumentException>(() => new Mlp64x64x64x8().LoadStateDict(
            state, WeightMap.Keras(("net.0", "dense1"), ("net.2", "dense2"), ("net.4.weight", "dense3.kernel"), ("net.4", "dense3"))));

        Assert.Contains("dense3.kernel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_that_cannot_be_meant_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WeightMap.PyTorch(("a", "b"), ("a", "c")));
        Assert.Throws<ArgumentException>(() => WeightMap.PyTorch(("", "b")));
        Assert.Throws<ArgumentException>(() => WeightMap.PyTorch(("a", "")));
        Assert.Throws<ArgumentException>(() => WeightMap.PyTorch(("a*b*", "c*")));
        Assert.Throws<ArgumentException>(() => WeightMap.PyTorch(("a", "b*")));
        Assert.Throws<InvalidOperationException>(() => WeightMap.PyTorch().Flattened("dense1", 4));
    }

    [Fact]
    public void A_stack_of_recurrent_layers_of_PyTorch_is_mapped_layer_by_layer()
    {
        var (original, file) = (new BothWays(3).ToStateDict(), new StateDict());
        foreach (var tensor in original)
        {
            var name = tensor.Name;
            foreach (var (layer, number) in new[] { ("lstm1.", "_l0"), ("gru1.", "_l1") })
            {
                if (!name.StartsWith(layer, StringComparison.Ordinal))
                    continue;
                var isReverse = name.EndsWith("_reverse", StringComparison.Ordinal);
                name = $"rnn.{name[layer.Length..(isReverse ? ^"_reverse".Length : ^0)]}{number}{(isReverse ? "_reverse" : "")}";
            }

            file.Add(name, tensor.Shape.AsSpan(), tensor.Values);
        }

        Assert.True(file.TryGet("rnn.weight_hh_l0_reverse", out _));
        var network = new BothWays(4);

        network.LoadStateDict(file, WeightMap.PyTorch(("rnn", "lstm1"), ("rnn.l1", "gru1")));

        foreach (var tensor in original)
            Assert.Equal(tensor.Values, network.ToStateDict()[tensor.Name].Values);
        Assert.Contains("lstm1.l1.weight_ih", Assert.Throws<ArgumentException>(() => network.LoadStateDict(file, WeightMap.PyTorch(("rnn", "lstm1")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recurrent_layer_of_PyTorch_needs_no_names_where_its_shapes_are_the_only_ones()
    {
        var (original, file) = (new Gru16(3).ToStateDict(), new StateDict());
        foreach (var tensor in original)
            file.Add(tensor.Name.Replace("gru1.", "rnn.", StringComparison.Ordinal).Replace("dense1.", "head.", StringComparison.Ordinal) + (tensor.Name.StartsWith("gru1.", StringComparison.Ordinal) ? "_l0" : ""), tensor.Shape.AsSpan(), tensor.Values);
        var network = new Gru16(4);

        network.LoadStateDict(file, WeightMap.PyTorch().ByShape());

        foreach (var tensor in original)
            Assert.Equal(tensor.Values, network.ToStateDict()[tensor.Name].Values);
    }

    [Theory]
    [InlineData("weight_ih_l0", "weight_ih")]
    [InlineData("a.b.bias_hh_l12_reverse", "a.b.l12.bias_hh_reverse")]
    [InlineData("a.weight_ih_l", "a.weight_ih_l")]
    [InlineData("a.weight_ih_l1x", "a.weight_ih_l1x")]
    [InlineData("weight_l0", "weight_l0")]
    [InlineData("_l0", "_l0")]
    [InlineData("a.", "a.")]
    [InlineData("", "")]
    [InlineData("rnn.weight_hh_l0_reverse_g", "rnn.weight_hh_reverse_g")]
    [InlineData("rnn.weight_hr_l1_reverse", "rnn.l1.weight_hr_reverse")]
    [InlineData("rnn.weight_ih_l1_v", "rnn.l1.weight_ih_v")]
    public void Numbers_of_recurrent_layers_alone_leave_the_names(string name, string expected) => Assert.Equal(expected, StaticNet.Serialization.TorchNames.WithoutNumber(name));

    private static StateDict RenamedMlp()
    {
        var state = new StateDict();
        foreach (var tensor in new Mlp64x64x64x8(3).ToStateDict())
            state.Add(tensor.Name.Replace("dense1", "net.0", StringComparison.Ordinal).Replace("dense2", "net.2", StringComparison.Ordinal).Replace("dense3", "net.4", StringComparison.Ordinal), tensor.Shape.AsSpan(), tensor.Values);
        return state;
    }

    /// <summary>Equal to the golden outputs within a millionth of the largest.</summary>
    private static void RequireOutputs<TNetwork>(TNetwork network, string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        var golden = Safetensors.Load(FileOf(name));
        var expected = golden["outputs"].Values;
        var outputs = new float[expected.Length];
        network.Predict(golden["inputs"].Values, outputs);
        var largest = 0f;
        foreach (var value in expected)
            largest = MathF.Max(largest, MathF.Abs(value));
        for (var index = 0; index < outputs.Length; index++)
            Assert.InRange(outputs[index], expected[index] - (1e-6f * largest), expected[index] + (1e-6f * largest));
    }

    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "Serialization", "Files", name + ".safetensors");
}
