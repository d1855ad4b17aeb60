using System.Text;
using System.Text.Json.Nodes;
using StaticNet.Audio.Tests.Reference;
using StaticNet.Importing;

namespace StaticNet.Audio.Tests;

/// <summary>Files that are damaged, contradict themselves or have what is not supported.</summary>
public sealed class BadFileTests
{
    private const string WaveNet = """
        { "version": "0.5.4", "architecture": "WaveNet", "config": { "layers": [
            { "input_size": 1, "condition_size": 1, "channels": 3, "kernel_size": 3, "dilations": [1, 2], "activation": "Tanh", "gated": false, "head_size": 2, "head_bias": false },
            { "input_size": 3, "condition_size": 1, "channels": 2, "kernel_size": 3, "dilations": [8], "activation": "Tanh", "gated": false, "head_size": 1, "head_bias": true }],
          "head": null, "head_scale": 0.02 }, "sample_rate": 48000 }
        """;

    private const string Dense = """
        { "in_shape": [null, 1], "layers": [{ "type": "dense", "activation": "tanh", "shape": [null, 2], "weights": [[[1, 2]], [3, 4]] }, { "type": "dense", "activation": "", "shape": [null, 1], "weights": [[[1], [2]], [0]] }] }
        """;

    private static readonly string Drawn = ReferenceNam.Draw(WaveNet, 1);

    [Theory]
    [InlineData("\"channels\":3", "\"channels\":4", "config.layers[1]: an input_size of 3: the array before it has 4 channels")]
    [InlineData("\"condition_size\":1", "\"condition_size\":2", "a condition_size of 2: the condition has 1 channels")]
    [InlineData("\"head_size\":2", "\"head_size\":3", "config.layers[1]: 2 channels for the head: the head of the array before it has 3 outputs")]
    [InlineData("\"kernel_size\":3", "\"kernel_size\":4", "weights: 131 weights: the layers that \"config\" describes have")]
    [InlineData("\"kernel_size\":3", "\"kernel_size\":0", "config.layers[0].kernel_size: 0: a whole number from 1 to 65,536 is expected here")]
    [InlineData("\"kernel_size\":3", "\"kernel_size\":2.5", "config.layers[0].kernel_size: 2.5: a whole number")]
    [InlineData("\"kernel_size\":3", "\"kernel_size\":1e30", "config.layers[0].kernel_size: 1e30: a whole number")]
    [InlineData("\"kernel_size\":3", "\"kernel_size\":\"3\"", "config.layers[0].kernel_size: \"3\": a whole number")]
    [InlineData("\"kernel_size\":3,", "", "config.layers[0]: no \"kernel_size\"")]
    [InlineData("\"kernel_size\":3", "\"kernel_sizes\":[3]", "config.layers[0].kernel_sizes: an array of 1: one item for each of the 2 dilations is expected here")]
    [InlineData("[1,2]", "[]", "config.layers[0].dilations: an array of 0: one dilation for each layer is expected here")]
    [InlineData("[1,2]", "[1,-2]", "config.layers[0].dilations[1]: -2: a whole number from 1 to 1,048,576")]
    [InlineData("\"Tanh\"", "\"Gelu\"", "config.layers[0].activation: \"Gelu\": Tanh, Hardtanh,")]
    [InlineData("\"Tanh\"", "{\"type\":\"Tanh\",\"beta\":2}", "config.layers[0].activation.beta: 2: this is not known, so it cannot be left out")]
    [InlineData("\"gated\":false", "\"gating_mode\":\"mixed\"", "config.layers[0].gating_mode: \"mixed\": none, gated and blended are known")]
    [InlineData("\"gated\":false", "\"attention\":true", "config.layers[0].attention: true: this is not known")]
    [InlineData("\"gated\":false", "\"layer1x1\":{\"active\":false,\"groups\":1},\"bottleneck\":2", "a bottleneck of 2 for 3 channels, without layer1x1")]
    [InlineData("\"gated\":false", "\"groups_input\":2", "config.layers[0]: 3 channels, 3 filters and 2 groups: groups must divide channels and filters")]
    [InlineData("\"gated\":false", "\"head1x1_post_film\":{}", "head1x1_post_film without head1x1")]
    [InlineData("\"gated\":false", "\"slimmable\":{\"method\":\"prune\"}", "\"prune\": slice_channels_uniform is known")]
    [InlineData("\"gated\":false", "\"slimmable\":{\"method\":\"slice_channels_uniform\",\"kwargs\":{\"allowed_channels\":[1,4]}}", "allowed_channels: [1, 4]: ascending numbers that end with the 3 channels")]
    [InlineData("\"WaveNet\"", "\"Transformer\"", "architecture: \"Transformer\": WaveNet, LSTM, ConvNet, Linear and SlimmableContainer are known")]
    [InlineData("\"0.5.4\"", "\"0.8.0\"", "version: \"0.8.0\": versions 0.5 to 0.7 of the format are known")]
    [InlineData("\"0.5.4\"", "\"new\"", "version: \"new\": a version such as 0.5.4 is expected here")]
    [InlineData("48000", "-1", "sample_rate: -1: a number of samples per second")]
    [InlineData("48000", "1e300", "sample_rate: 1e300: a finite number")]
    [InlineData("\"weights\":[", "\"weights\":[1,", "weights: 132 weights: the layers that \"config\" describes have 131")]
    [InlineData("\"weights\":[", "\"weights\":[1e39,", "weights: an array of 132: all rows must have the same length, and hold finite numbers that floats can hold")]
    [InlineData("\"weights\":[", "\"weights\":[[1],", "weights: an array of 132: all rows must have the same length")]
    [InlineData("\"weights\":[", "\"weights\":[NaN,", "'N' is an invalid start of a value")]
    [InlineData("\"weights\":[", "\"weights\":[],\"weights\":[", "Duplicate property")]
    [InlineData("\"WaveNet\"", "\"\\ud800\"", "text that is not Unicode")]
    public void A_nam_file_that_is_wrong_is_refused_with_the_place(string valid, string wrong, string message)
    {
        Assert.Contains(valid, Drawn, StringComparison.Ordinal);
        var place = Drawn.IndexOf(valid, StringComparison.Ordinal);

        var fault = Assert.Throws<ImportException>(() => Read(Drawn[..place] + wrong + Drawn[(place + valid.Length)..]));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"dense\"", "\"conv3d\"", "layers[0].type: \"conv3d\": dense, time-distributed-dense,")]
    [InlineData("\"tanh\"", "\"swish\"", "layers[0]: the activation \"swish\": tanh, relu, sigmoid, softmax and elu are known")]
    [InlineData("[null, 2]", "[null, 3]", "layers[0].shape[1]: 3: its weights have 2 outputs")]
    [InlineData("[[[1, 2]]", "[[[1, 2], [3, 4]]", "layers[0].weights[0]: [2, 2]: [1, outputs] is expected here")]
    [InlineData("[[[1, 2]]", "[[[1, 2, 5]]", "layers[0].weights[1]: [2]: [3] is expected here")]
    [InlineData("[3, 4]", "[3, null]", "layers[0].weights[1]: an array of 2: all rows must have the same length, and hold finite numbers")]
    [InlineData("[[[1, 2]], [3, 4]]", "[]", "layers[0].weights: an array of 0: 1 tensors are expected here")]
    [InlineData("[null, 1]", "[null, 50, 23, 1]", "layers[0].type: \"dense\": only conv2d, batchnorm2d and activation take steps of two axes")]
    [InlineData("\"tanh\", \"shape\"", "\"tanh\", \"use_mask\": true, \"shape\"", "layers[0].use_mask: true: this is not known")]
    public void A_file_of_rtneural_that_is_wrong_is_refused_with_the_place(string valid, string wrong, string message)
    {
        var place = Dense.IndexOf(valid, StringComparison.Ordinal);

        var fault = Assert.Throws<ImportException>(() => Read(Dense[..place] + wrong + Dense[(place + valid.Length)..]));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var fault = Assert.Throws<ImportException>(() => Read(Drawn.Replace("\"Tanh\"", "\"Gelu\"", StringComparison.Ordinal).Replace("\"0.5.4\"", "\"1.0.0\"", StringComparison.Ordinal).Replace("48000", "0", StringComparison.Ordinal)));

        Assert.Equal(["version", "sample_rate", "config.layers[0].activation", "config.layers[1].activation"], fault.Problems.Select(problem => problem.Where));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"architecture\":\"LSTM\"}")]
    [InlineData("{\"layers\":[]}")]
    [InlineData("{\"in_shape\":[1],\"layers\":[]}")]
    [InlineData("{\"x.weight\":[[1,2],[3]]}")]
    [InlineData("<html>")]
    public void What_is_no_capture_is_refused(string text) => Assert.Throws<ImportException>(() => Read(text));

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        for (var length = 0; length < Drawn.Length - 1; length += 41)
            Assert.Throws<ImportException>(() => Read(Drawn[..length]));
    }

    [Fact]
    public void A_file_with_members_that_are_changed_is_read_or_refused()
    {
        string[] values = ["null", "true", "-1", "0", "4096", "1e9", "1e999", "\"\"", "\"gated\"", "[]", "[1,2,3]", "{}", "[[1],[2]]", "{\"active\":true}", "{\"type\":\"PReLU\",\"negative_slopes\":[]}"];
        foreach (var file in new[] { Drawn, Dense, ReferenceNam.Draw("""{ "version": "0.5.0", "architecture": "ConvNet", "config": { "channels": 6, "dilations": [1, 2], "batchnorm": true, "activation": "Tanh" } }""", 1) })
        {
            var random = new Random(1);
            for (var trial = 0; trial < 1500; trial++)
            {
                var root = JsonNode.Parse(file)!;
                var places = Places(root).ToArray();
                for (var change = random.Next(1, 3); change > 0; change--)
                {
                    var (parent, key) = places[random.Next(places.Length)];
                    var value = JsonNode.Parse(values[random.Next(values.Length)]);
                    if (parent is JsonObject members)
                        members[(string)key] = value;
                    else
                        ((JsonArray)parent)[(int)key] = value;
                }

                try
                {
                    _ = DeclarationWriter.Write(Read(root.ToJsonString()).Network.Declaration);
                }
                catch (ImportException)
                {
                    // What is wrong is refused with this exception, and no other comes through.
                }
            }
        }

        static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
        {
            JsonObject members => members.SelectMany(member => (member.Value is null ? [] : Places(member.Value)).Prepend((members, member.Key))),
            JsonArray items when items.Count < 20 => items.SelectMany((item, index) => (item is null ? [] : Places(item)).Prepend((items, index))),
            _ => [],
        };
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Drawn, new() { Steps = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Drawn, new() { Oversampling = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Drawn, new() { Size = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Drawn, new() { Dilation = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Drawn, new() { Groups = 0 }));
        Assert.Throws<ArgumentException>(() => Read(Drawn, new() { ClassName = "my amp" }));
    }

    private static ImportedCapture Read(string json, AudioImportOptions? options = null) => AudioImport.Read(Encoding.UTF8.GetBytes(json), options: options);
}
