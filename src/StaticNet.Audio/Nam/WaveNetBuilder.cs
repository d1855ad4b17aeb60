using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>
/// A WaveNet: arrays of layers, each with a dilated convolution to which a projection of the condition is added, an activation, a path to
/// the next layer and one to the head.
/// </summary>
internal sealed class WaveNetBuilder(NamFile file, NetworkDraft draft, string prefix) : NamBuilder(file, draft, prefix)
{
    protected override DraftValue AddLayers()
    {
        Config.RefuseOthers("layers", "head", "head_scale", "in_channels", "condition_dsp");
        // The last weight says it again, and counts.
        _ = Config.Single("head_scale");
        var condition = Config.Find("condition_dsp") is { } inner ? Condition(File.Inner(inner)) : Draft.Input;
        var entries = Config.Require("layers").Items(Limits.MostLayers);
        if (entries.Count == 0)
        {
            if (Config.Find("layers") is { IsArray: true } none)
                Problems.Damaged(none.Where, none.Shown, "one or more arrays of layers are expected here");
            return Draft.Input;
        }

        WaveNetArray[] arrays = [.. entries.Select(entry => new WaveNetArray(entry))];
        var sizes = new WaveNetSizes(arrays, File.Options.Size);
        var (value, head) = (Draft.Input, (DraftValue?)null);
        for (var index = 0; index < arrays.Length; index++)
        {
            CheckSizes(arrays[index], value, condition, head, isFirst: index == 0);
            (value, head) = AddArray(index + 1, arrays[index], sizes.Channels(index), sizes.Bottleneck(index), sizes.Head(index), value, condition, head);
        }

        return AddHead(head!.Value, sizes);
    }

    /// <summary>A network for the condition.</summary>
    private DraftValue Condition(NamFile inner)
    {
        if (inner.InputChannels != Draft.Input.Channels)
            Problems.Damaged(inner.Config.Where, Invariant($"{inner.InputChannels} channels in"), Invariant($"the input has {Draft.Input.Channels}"));
        if ((inner.SampleRate ?? File.SampleRate) != File.SampleRate && File.SampleRate is not null)
            Problems.Damaged(inner.Root.Where, Invariant($"a sample rate of {inner.SampleRate}"), Invariant($"that of the whole is {File.SampleRate}"));
        return inner.Build(Draft, Name("condition"));
    }

    private void CheckSizes(WaveNetArray array, DraftValue value, DraftValue condition, DraftValue? head, bool isFirst)
    {
        if (array.InputSize != value.All)
            Problems.Damaged(array.Entry.Where, Invariant($"an input_size of {array.InputSize}"), Invariant($"{(isFirst ? "the input" : "the array before it")} has {value.All} channels"));
        if (array.ConditionSize != condition.Channels)
            Problems.Damaged(array.Entry.Where, Invariant($"a condition_size of {array.ConditionSize}"), Invariant($"the condition has {condition.Channels} channels"));
        var summed = array.Head1x1?.Outputs ?? array.Bottleneck;
        if (head is { } previous && previous.All != summed)
            Problems.Damaged(array.Entry.Where, Invariant($"{summed} channels for the head"), Invariant($"the head of the array before it has {previous.All} outputs, to which they are added"));
    }

    private (DraftValue Value, DraftValue Head) AddArray(
        int number, WaveNetArray array, DraftSize channels, DraftSize bottleneck, DraftSize headSize, DraftValue input, DraftValue condition, DraftValue? head)
    {
        var value = Read(input.Size, channels, 1, 1, 1, hasBias: false, array.Entry).Add(Draft, Name(Invariant($"rechannel{number}")), input);
        var summed = head is { } previous ? new List<DraftValue> { previous } : [];
        for (var layer = 0; layer < array.Dilations.Count; layer++)
        {
            (value, var toHead) = AddLayer(array, layer, Invariant($"{number}_{layer + 1}"), channels, bottleneck, value, condition);
            summed.Add(toHead);
        }

        // After an error, sizes may differ; nothing is written then.
        summed.RemoveAll(item => item.Channels != summed[^1].Channels);
        var sum = summed.Count == 0 ? value : Draft.Join("Add", Name(Invariant($"sum{number}")), [.. summed]);
        var rechannel = Read(sum.Size, headSize, array.HeadTaps, array.HeadDilation, 1, array.HeadHasBias, array.Entry);
        return (value, rechannel.Add(Draft, Name(Invariant($"head{number}")), sum));
    }

    private (DraftValue Value, DraftValue ToHead) AddLayer(WaveNetArray array, int index, string number, DraftSize channels, DraftSize bottleneck, DraftValue input, DraftValue condition)
    {
        var mode = array.Modes.ElementAtOrDefault(index);
        var (sums, head) = (mode == GatingMode.None ? bottleneck : 2 * bottleneck, array.Head1x1 is { } one ? new DraftSize(one.Outputs) : bottleneck);
        // In the order of the file.
        var conv = Read(channels, sums, array.Taps.ElementAtOrDefault(index), array.Dilations[index], array.InputGroups, hasBias: true, array.Entry);
        var mixin = Read(condition.Size, sums, 1, 1, array.MixinGroups, hasBias: false, array.Entry);
        var layer1x1 = array.Layer1x1 is { } mix ? Read(bottleneck, channels, 1, 1, mix.Groups, hasBias: true, mix.Entry) : null;
        var head1x1 = array.Head1x1 is { } toHead ? Read(bottleneck, head, 1, 1, toHead.Groups, hasBias: true, toHead.Entry) : null;
        var convPre = FilmOf("conv_pre_film", channels);
        var convPost = FilmOf("conv_post_film", sums);
        var mixinPre = FilmOf("input_mixin_pre_film", condition.Size);
        var mixinPost = FilmOf("input_mixin_post_film", sums);
        var activationPre = FilmOf("activation_pre_film", sums);
        var activationPost = FilmOf("activation_post_film", bottleneck);
        var layer1x1Post = FilmOf("layer1x1_post_film", channels);
        var head1x1Post = FilmOf("head1x1_post_film", head);

        var convolved = Modulate(convPost, "convPostFilm", conv.Add(Draft, Of("conv"), Modulate(convPre, "convPreFilm", input)));
        var mixed = Modulate(mixinPost, "mixinPostFilm", mixin.Add(Draft, Of("mixin"), Modulate(mixinPre, "mixinPreFilm", condition)));
        var sum = Modulate(activationPre, "activationPreFilm", Draft.Join("Add", Of("z"), mixed, convolved));
        var (function, gate) = (array.Activations.ElementAtOrDefault(index) ?? DraftActivation.Identity, array.Gates.ElementAtOrDefault(index) ?? DraftActivation.Identity);
        var active = Modulate(activationPost, "activationPostFilm", Activate(mode, function, gate, sum, bottleneck, number));
        var next = layer1x1 is null ? input : Draft.Join("Add", Of("x"), Modulate(layer1x1Post, "mixPostFilm", layer1x1.Add(Draft, Of("mix"), active)), input);
        return (next, head1x1 is null ? active : Modulate(head1x1Post, "toHeadPostFilm", head1x1.Add(Draft, Of("toHead"), active)));

        string Of(string name) => Name(name + number);

        (Filter Filter, bool HasShift)? FilmOf(string name, DraftSize size) => array.FilmOf(name) is { } film
            ? (Read(condition.Size, (film.HasShift ? 2 : 1) * size, 1, 1, film.Groups, hasBias: true, film.Entry), film.HasShift)
            : null;

        DraftValue Modulate((Filter Filter, bool HasShift)? film, string name, DraftValue value)
        {
            if (film is not { } modulation)
                return value;
            var numbers = modulation.Filter.Add(Draft, Of(name), condition);
            if (!modulation.HasShift)
                return Draft.Join("Multiply", Of(name + "ed"), numbers, value);
            var scale = Draft.Slice(Of(name + "Scale"), numbers, 0, value.Size);
            var scaled = Draft.Join("Multiply", Of(name + "Scaled"), scale, value);
            return Draft.Join("Add", Of(name + "ed"), Draft.Slice(Of(name + "Shift"), numbers, value.Channels, value.Size), scaled);
        }
    }

    /// <summary>What becomes of the sums of a layer.</summary>
    private DraftValue Activate(GatingMode mode, DraftActivation function, DraftActivation gate, DraftValue sum, DraftSize bottleneck, string number)
    {
        if (mode == GatingMode.None)
            return Draft.Apply(Name("act" + number), sum, function);
        var candidate = Draft.Slice(Name("candidate" + number), sum, 0, bottleneck);
        var active = Draft.Apply(Name("active" + number), candidate, function);
        var opening = Draft.Apply(Name("gate" + number), Draft.Slice(Name("gateSum" + number), sum, bottleneck.Used, bottleneck), gate);
        if (mode == GatingMode.Gated)
            return Draft.Join("Multiply", Name("act" + number), opening, active);
        // gate · active + (1 − gate) · candidate
        var change = Draft.Join("Subtract", Name("change" + number), active, candidate);
        return Draft.Join("Add", Name("act" + number), Draft.Join("Multiply", Name("part" + number), change, opening), candidate);
    }

    /// <summary>The scale, and the layers after it.</summary>
    private DraftValue AddHead(DraftValue value, WaveNetSizes sizes)
    {
        if (Config.Find("head") is not { } head)
            return Draft.Scale(value, Weights.TakeOne());
        head = head.AsObject();
        head.RefuseOthers("in_channels", "channels", "out_channels", "kernel_sizes", "activation");
        if (sizes.AreSmaller)
            Problems.Unsupported(head.Where, "a head after all arrays", "a capture with one cannot be made smaller", "Import the capture in its full size");
        if (head.Int32("in_channels", 1, Limits.MostChannels, value.Channels) is var inputs && inputs != value.Channels)
            Problems.Damaged(head.Where, Invariant($"{inputs} in_channels"), Invariant($"the last array's head has {value.Channels} outputs"));
        var (inner, outputs) = (head.Int32("channels", 1, Limits.MostChannels), head.Int32("out_channels", 1, Limits.MostChannels));
        var taps = head.Require("kernel_sizes").Items(Limits.MostLayers).Select(item => item.AsInt32(1, Limits.MostTaps)).ToArray();
        if (taps.Length == 0 && head.Find("kernel_sizes") is { IsArray: true } none)
            Problems.Damaged(none.Where, none.Shown, "one for each layer of the head is expected here");
        // The scale comes first, but its weight last.
        var sizeOf = (int layer) => new DraftSize(layer < 0 ? value.Channels : layer + 1 == taps.Length ? outputs : inner);
        var filters = taps.Select((count, layer) => Read(sizeOf(layer - 1), sizeOf(layer), count, 1, 1, hasBias: true, head)).ToArray();
        var output = Draft.Scale(value, Weights.TakeOne());
        for (var layer = 0; layer < filters.Length; layer++)
        {
            output = Draft.Apply(Name(Invariant($"outAct{layer + 1}")), output, NamActivation.Read(head.Require("activation"), output.Channels));
            output = filters[layer].Add(Draft, Name(Invariant($"out{layer + 1}")), output);
        }

        return output;
    }
}
