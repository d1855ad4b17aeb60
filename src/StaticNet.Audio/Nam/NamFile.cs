using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>A .nam file, or one within another: a version, an architecture with its configuration, and the weights.</summary>
internal sealed class NamFile
{
    /// <summary>The deepest nesting of files in files.</summary>
    private const int Deepest = 4;

    /// <summary>The versions of the format that are known: an unknown one may mean something else by the same names.</summary>
    private const int OldestMinor = 5, NewestMinor = 7;

    private NamFile(Entry root, AudioImportOptions options, int depth)
    {
        (Root, Options, Depth) = (root, options, depth);
        Architecture = root.Text("architecture");
        Config = root.Object("config");
        CheckVersion(root.Require("version"));
        if (root.Find("sample_rate") is { } rate)
        {
            SampleRate = rate.AsSingle();
            if (SampleRate is not (> 0 and <= 10_000_000))
                root.Problems.Damaged(rate.Where, rate.Shown, "a number of samples per second is expected here");
        }
    }

    public Entry Root { get; }

    public AudioImportOptions Options { get; }

    public int Depth { get; }

    public string Architecture { get; }

    public Entry Config { get; }

    /// <summary>The samples per second; null if the file does not say it.</summary>
    public float? SampleRate { get; }

    public Problems Problems => Root.Problems;

    /// <summary>Reads a file, and of several in one that of the size that is asked for.</summary>
    public static NamFile Read(Entry root, AudioImportOptions options, int depth = 0)
    {
        var file = new NamFile(root.AsObject(), options, depth);
        return file.Architecture == "SlimmableContainer" && depth < Deepest ? file.Chosen() : file;
    }

    /// <summary>The channels of the network's input.</summary>
    public int InputChannels => Config.Int32("in_channels", 1, Limits.MostChannels, 1);

    /// <summary>Adds the network to a draft.</summary>
    /// <param name="draft">Takes the layers.</param>
    /// <param name="prefix">What the names of its layers begin with; empty for the network itself.</param>
    /// <returns>Its output.</returns>
    public DraftValue Build(NetworkDraft draft, string prefix)
    {
        switch (Architecture)
        {
            case "WaveNet":
                return new WaveNetBuilder(this, draft, prefix).Build();
            case "LSTM":
                return new LstmBuilder(this, draft, prefix).Build();
            case "ConvNet":
                return new ConvNetBuilder(this, draft, prefix).Build();
            case "Linear":
                return new LinearBuilder(this, draft, prefix).Build();
            default:
                if (Architecture.Length > 0)
                    Problems.Unsupported(Root.Find("architecture")!.Value.Where, $"\"{Architecture}\"", "WaveNet, LSTM, ConvNet, Linear and SlimmableContainer are known", "Train one of these architectures");
                return draft.Input;
        }
    }

    /// <summary>A reader of the weights, in the order of the file.</summary>
    public WeightReader Weights() => new(Root.Require("weights"));

    /// <summary>A file within this one.</summary>
    public NamFile Inner(Entry entry) => Read(entry, Options, Depth + 1);

    private NamFile Chosen()
    {
        Config.RefuseOthers("submodels");
        var models = Config.Require("submodels").Items(Limits.MostLayers);
        if (models.Count == 0)
        {
            Problems.Damaged(Config.Where, "no models", "a container has one or more");
            return this;
        }

        // A model serves the sizes below its number; the last one those above too.
        var limits = models.Select(model => model.Single("max_value")).ToArray();
        for (var index = 1; index < limits.Length; index++)
        {
            if (limits[index] <= limits[index - 1])
                Problems.Damaged(models[index].Where, $"max_value {limits[index].ToString(CultureInfo.InvariantCulture)}", "the models must be in ascending order of it");
        }

        // The others are not played, but a file with a damaged one is damaged.
        var files = models.Select(model => Inner(model.Object("model"))).ToArray();
        var chosen = Array.FindIndex(limits, limit => Options.Size < limit);
        for (var index = 0; index < files.Length; index++)
        {
            if (index != (chosen < 0 ? files.Length - 1 : chosen))
                files[index].Build(new NetworkDraft(files[index].InputChannels), "");
        }

        return files[chosen < 0 ? ^1 : chosen];
    }

    private void CheckVersion(Entry version)
    {
        var text = version.AsText();
        if (text.Length == 0)
            return;
        var parts = text.Split('.');
        if (parts.Length != 3 || !parts.All(part => ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            Problems.Damaged(version.Where, version.Shown, "a version such as 0.5.4 is expected here");
        else if (parts[0] != "0" || int.Parse(parts[1], CultureInfo.InvariantCulture) is < OldestMinor or > NewestMinor)
            Problems.Unsupported(version.Where, version.Shown, $"versions 0.{OldestMinor} to 0.{NewestMinor} of the format are known", "Export the capture in one of these");
    }
}
