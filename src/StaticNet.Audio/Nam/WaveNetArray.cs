using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>The configuration of an array of layers with the same channels.</summary>
internal sealed class WaveNetArray
{
    private static readonly string[] Known =
    [
        "input_size", "condition_size", "channels", "bottleneck", "kernel_size", "kernel_sizes", "dilations", "activation", "secondary_activation", "gated", "gating_mode",
        "head", "head_size", "head_bias", "head1x1", "layer1x1", "groups_input", "groups_input_mixin", "slimmable",
        "conv_pre_film", "conv_post_film", "input_mixin_pre_film", "input_mixin_post_film", "activation_pre_film", "activation_post_film", "layer1x1_post_film", "head1x1_post_film",
    ];

    public WaveNetArray(Entry entry)
    {
        Entry = entry.AsObject();
        Entry.RefuseOthers(Known);
        InputSize = Entry.Int32("input_size", 1, Limits.MostChannels);
        ConditionSize = Entry.Int32("condition_size", 1, Limits.MostChannels);
        Channels = Entry.Int32("channels", 1, Limits.MostChannels);
        Bottleneck = Entry.Int32("bottleneck", 1, Limits.MostChannels, Channels);
        InputGroups = Entry.Int32("groups_input", 1, Limits.MostChannels, 1);
        MixinGroups = Entry.Int32("groups_input_mixin", 1, Limits.MostChannels, 1);
        Layer1x1 = OneByOne.Read(Entry, "layer1x1", isUsual: true, Channels);
        Head1x1 = OneByOne.Read(Entry, "head1x1", isUsual: false, Channels);
        Dilations = [.. Entry.Require("dilations").Items(Limits.MostLayers).Select(item => item.AsInt32(1, Limits.MostDilation))];
        if (Dilations.Count == 0 && Entry.Find("dilations") is { IsArray: true } none)
            none.Problems.Damaged(none.Where, none.Shown, "one dilation for each layer is expected here");
        ReadKernels();
        ReadGating();
        ReadHead();
        if (Layer1x1 is null && Bottleneck != Channels)
            Entry.Problems.Damaged(Entry.Where, string.Create(CultureInfo.InvariantCulture, $"a bottleneck of {Bottleneck} for {Channels} channels, without layer1x1"), "both must be equal then");
        if (Layer1x1 is null && FilmOf("layer1x1_post_film") is not null)
            Entry.Problems.Damaged(Entry.Where, "layer1x1_post_film without layer1x1", "there is nothing to modulate");
        if (Head1x1 is null && FilmOf("head1x1_post_film") is not null)
            Entry.Problems.Damaged(Entry.Where, "head1x1_post_film without head1x1", "there is nothing to modulate");
    }

    public Entry Entry { get; }

    public int InputSize { get; }

    public int ConditionSize { get; }

    public int Channels { get; }

    public int Bottleneck { get; }

    public int InputGroups { get; }

    public int MixinGroups { get; }

    /// <summary>The convolution between the activation and the next layer's input; null: none, and the next layer has the same input.</summary>
    public OneByOne? Layer1x1 { get; }

    /// <summary>The convolution between the activation and the head; null: none.</summary>
    public OneByOne? Head1x1 { get; }

    public IReadOnlyList<int> Dilations { get; }

    public IReadOnlyList<int> Taps { get; private set; } = [];

    public IReadOnlyList<GatingMode> Modes { get; private set; } = [];

    public IReadOnlyList<DraftActivation> Activations { get; private set; } = [];

    /// <summary>The functions of the gates.</summary>
    public IReadOnlyList<DraftActivation> Gates { get; private set; } = [];

    public int HeadSize { get; private set; }

    public int HeadTaps { get; private set; } = 1;

    public int HeadDilation { get; private set; } = 1;

    public bool HeadHasBias { get; private set; }

    /// <summary>Whether the head is one layer's sum for each output, so that it can be made smaller.</summary>
    public Entry? Slimmable => Entry.Find("slimmable");

    public Film? FilmOf(string name) => Film.Read(Entry, name);

    private void ReadKernels()
    {
        if (Entry.Find("kernel_sizes") is { } sizes)
        {
            Taps = [.. PerLayer(sizes).Select(item => item.AsInt32(1, Limits.MostTaps))];
            if (Entry.Find("kernel_size") is { } both)
                both.Problems.Damaged(both.Where, both.Shown, "kernel_sizes says it too");
        }
        else
        {
            Taps = [.. Enumerable.Repeat(Entry.Int32("kernel_size", 1, Limits.MostTaps), Dilations.Count)];
        }
    }

    private void ReadGating()
    {
        if (Entry.Find("gating_mode") is { } mode)
            Modes = [.. PerLayer(mode).Select(ModeOf)];
        else
            Modes = [.. Enumerable.Repeat(Entry.Boolean("gated", false) ? GatingMode.Gated : GatingMode.None, Dilations.Count)];

        Activations = [.. PerLayer(Entry.Require("activation")).Select(entry => NamActivation.Read(entry, Bottleneck))];
        Gates = Entry.Find("secondary_activation") is { } gates && Modes.Any(value => value != GatingMode.None)
            ? [.. PerLayer(gates).Select((entry, layer) => Modes.ElementAtOrDefault(layer) == GatingMode.None ? DraftActivation.Identity : NamActivation.Read(entry, Bottleneck))]
            : [.. Dilations.Select(_ => new DraftActivation(Activation.Sigmoid))];

        static GatingMode ModeOf(Entry entry)
        {
            switch (entry.AsText())
            {
                case "none":
                    return GatingMode.None;
                case "gated":
                    return GatingMode.Gated;
                case "blended":
                    return GatingMode.Blended;
                default:
                    if (entry.Value.ValueKind == System.Text.Json.JsonValueKind.String)
                        entry.Problems.Unsupported(entry.Where, entry.Shown, "none, gated and blended are known", "Train with one of these");
                    return GatingMode.None;
            }
        }
    }

    private void ReadHead()
    {
        if (Entry.Find("head") is not { } head)
        {
            HeadSize = Entry.Int32("head_size", 1, Limits.MostChannels);
            HeadHasBias = Entry.Boolean("head_bias");
            return;
        }

        head = head.AsObject();
        head.RefuseOthers("out_channels", "kernel_size", "head_dilation", "bias");
        HeadSize = head.Int32("out_channels", 1, Limits.MostChannels);
        HeadTaps = head.Int32("kernel_size", 1, Limits.MostTaps);
        HeadDilation = head.Int32("head_dilation", 1, Limits.MostDilation, 1);
        HeadHasBias = head.Boolean("bias");
    }

    /// <summary>The items of an array with one for each layer, or the same entry for each.</summary>
    private IEnumerable<Entry> PerLayer(Entry entry)
    {
        if (!entry.IsArray)
            return Enumerable.Repeat(entry, Dilations.Count);
        var items = entry.Items(Limits.MostLayers);
        if (items.Count == Dilations.Count)
            return items;
        entry.Problems.Damaged(entry.Where, entry.Shown, string.Create(CultureInfo.InvariantCulture, $"one item for each of the {Dilations.Count} dilations is expected here"));
        return Enumerable.Repeat(entry with { Value = default }, Dilations.Count);
    }
}
