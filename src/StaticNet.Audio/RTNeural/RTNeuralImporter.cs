using System.Globalization;
using System.Text.Json;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;
using StaticNet.Importing;

namespace StaticNet.Audio.RTNeural;

/// <summary>Imports RTNeural's JSON, with what AIDA-X adds to it.</summary>
internal static class RTNeuralImporter
{
    /// <summary>What is not about the capture: the layers, and samples of input and output.</summary>
    private static readonly string[] NotFacts = ["in_shape", "layers", "input_batch", "output_batch", "in_skip", "in_gain", "out_gain"];

    public static (NetworkDraft Draft, CaptureFacts Facts) Import(Entry root, AudioImportOptions options)
    {
        var (channels, features) = InputOf(root.Require("in_shape"));
        var draft = new NetworkDraft(channels, features);
        // The plug-in's gain comes before the network and before what is added to its output.
        var input = draft.Scale(draft.Input, GainOf(root, "in_gain", draft.Input.Channels));
        var layers = new RTNeuralLayers(draft, options);
        var value = input;
        foreach (var layer in root.Require("layers").Items(Limits.MostLayers))
            value = layers.Add(layer.AsObject(), value);
        if (IsSkipped(root))
        {
            if (value.Channels == 1 && features == 0)
                value = draft.Join("Add", "wet", value, draft.Slice(null, input, 0, new DraftSize(1)));
            else
                root.Problems.Damaged("in_skip", "an input that is added to the output", string.Create(CultureInfo.InvariantCulture, $"the output has {value.Channels} channels instead of one"));
        }

        draft.Output = draft.Scale(value, GainOf(root, "out_gain", 1));
        var facts = FactsOf(root);
        // With gains or a skipped input, writers differ in what the batch is of.
        if (root.Find("in_skip") is null && root.Find("in_gain") is null && root.Find("out_gain") is null)
            facts.Vectors = VectorsOf(root, (long)options.Steps * channels, (long)options.Steps * value.Channels);
        return (draft, facts);
    }

    /// <summary>A first sequence of what AIDA-X's trainer has computed, to check the network with; null if there is none.</summary>
    private static GoldenVectors? VectorsOf(Entry root, long inputs, long outputs)
    {
        // They say nothing about the capture, so they may be anything.
        var ignored = new Problems();
        var (input, output) = (Read("input_batch"), Read("output_batch"));
        return input.Length >= inputs && output.Length >= outputs && !ignored.Any ? new GoldenVectors(1, input[..(int)inputs], output[..(int)outputs]) : null;

        float[] Read(string name) => root.Find(name) is { IsArray: true } batch && Tensor.Read(batch with { Problems = ignored }) is { Rank: 1 } tensor ? tensor.Values : [];
    }

    /// <summary>The channels of a step, and the features of each where it has two axes: [batch, time, features, channels].</summary>
    private static (int Channels, int Features) InputOf(Entry shape)
    {
        var sizes = shape.Items(4);
        if (sizes.Count == 0 && shape.IsArray)
            shape.Problems.Damaged(shape.Where, shape.Shown, "the number of inputs is expected at its end");
        return sizes.Count == 0 ? (1, 0) : (sizes[^1].AsInt32(1, Limits.MostChannels), sizes.Count == 4 ? sizes[2].AsInt32(1, Limits.MostChannels) : 0);
    }

    private static bool IsSkipped(Entry root)
    {
        if (root.Find("in_skip") is not { } skip)
            return false;
        return skip.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? skip.Value.GetBoolean() : skip.AsInt32(0, 1) == 1;
    }

    /// <summary>A gain in decibels as a factor.</summary>
    private static float GainOf(Entry root, string name, int channels)
    {
        if (root.Find(name) is not { } entry)
            return 1;
        var decibels = entry.AsSingle();
        if (decibels != 0 && channels > 1)
            root.Problems.Unsupported(entry.Where, entry.Shown, "a gain is for one input", "Scale the inputs before the network");
        if (decibels is < -200 or > 200)
            root.Problems.Damaged(entry.Where, entry.Shown, "decibels from −200 to 200 are expected here");
        return MathF.Pow(10, decibels / 20);
    }

    private static CaptureFacts FactsOf(Entry root)
    {
        var rate = (root.Find("metadata")?.Find("samplerate") ?? root.Find("samplerate")) is { } entry ? RateOf(entry) : null;
        var facts = new CaptureFacts(AudioFormat.RTNeural, "RTNeural") { SampleRate = rate };
        foreach (var property in root.Value.EnumerateObject().Where(property => !NotFacts.Contains(property.Name)))
            facts.AddAll(property.Name, root with { Value = property.Value });
        if (rate is { } samples)
            facts.Add("sample_rate", samples.ToString(CultureInfo.InvariantCulture));
        return facts;
    }

    /// <summary>Some writers put the number between quotes.</summary>
    private static double? RateOf(Entry entry)
    {
        var text = entry.Value.ValueKind switch
        {
            JsonValueKind.Number => entry.Value.GetRawText(),
            JsonValueKind.String => entry.Value.GetString(),
            _ => null,
        };
        var rate = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        if (rate is > 0 and <= 10_000_000)
            return rate;
        entry.Problems.Damaged(entry.Where, entry.Shown, "a number of samples per second is expected here");
        return null;
    }
}
