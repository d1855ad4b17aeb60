using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;
using StaticNet.Audio.Nam;
using StaticNet.Audio.PyTorch;
using StaticNet.Audio.RTNeural;
using StaticNet.Importing;
using StaticNet.Serialization;

namespace StaticNet.Audio;

/// <summary>
/// Imports captures of amplifiers and pedals: <c>.nam</c> files (WaveNet, LSTM, ConvNet, Linear, and slimmable ones), the JSON of RTNeural and AIDA-X,
/// and tensors of PyTorch as JSON. The format follows from the content.
/// </summary>
public static class AudioImport
{
    /// <summary>What the class's documentation repeats.</summary>
    private static readonly string[] Told =
    [
        "metadata.modeled_by", "metadata.author", "author", "metadata.license", "metadata.gear_make", "metadata.gear_model", "metadata.gear_type", "metadata.tone_type",
        "metadata.input_level_dbu", "metadata.output_level_dbu",
    ];

    /// <summary>Imports a file.</summary>
    /// <param name="path">The file, at most 256 MiB.</param>
    /// <param name="options">What the file does not say; null: the defaults.</param>
    /// <returns>The declaration with its weights and metadata.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ImportException">The file is damaged, or has something that is not supported; all of it is listed.</exception>
    public static ImportedCapture Load(string path, AudioImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (new FileInfo(path) is { Exists: true, Length: > JsonFile.MostBytes } file)
            throw new ImportException(new ImportProblem("The file", string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes"), "captures are much shorter", "Give a .nam file, or the JSON of RTNeural, AIDA-X or PyTorch"));
        return Read(File.ReadAllBytes(path), Path.GetFileNameWithoutExtension(path), options);
    }

    /// <summary>Imports the content of a file.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="name">The file's name without its extension: the class's name if neither the options nor the metadata have one.</param>
    /// <param name="options">What the file does not say; null: the defaults.</param>
    /// <returns>The declaration with its weights and metadata.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ImportException">The bytes are damaged, or have something that is not supported; all of it is listed.</exception>
    public static ImportedCapture Read(ReadOnlyMemory<byte> json, string name = "capture", AudioImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= new AudioImportOptions();
        Check(options);
        using var document = JsonFile.Parse(json);
        var problems = new Problems();
        var root = new Entry(document.RootElement, "", problems);
        var (draft, facts) = root.Find("architecture") is not null ? NamImporter.Import(root, options)
            : root.Find("layers") is not null ? RTNeuralImporter.Import(root, options)
            : PyTorchImporter.Import(root, options);
        if (draft.Output.Node < 0 && !problems.Any)
            problems.Damaged(root.Where, "no layers", "its output would be its input");
        problems.ThrowIfAny();
        return Finish(draft, facts, name, options);
    }

    private static ImportedCapture Finish(NetworkDraft draft, CaptureFacts facts, string name, AudioImportOptions options)
    {
        var (weights, state) = (new StateDict(), new StateDict());
        var layers = draft.Finish(weights, state);
        if (layers.Count > Limits.MostNetworkLayers)
            throw new ImportException(new ImportProblem("The file", string.Create(CultureInfo.InvariantCulture, $"{layers.Count:N0} layers"), $"a network has at most {Limits.MostNetworkLayers}", "Import a smaller capture"));
        foreach (var (key, text) in facts.Entries)
            weights.Metadata.Add(key, text);
        var rate = facts.SampleRate * options.Oversampling;
        var title = facts.Entries.GetValueOrDefault("metadata.name", "");
        var declaration = new NetworkDeclaration(
            options.ClassName ?? ClassNameOf(title.Length > 0 ? title : name),
            [InputOf(draft).With("Steps", options.Steps), .. layers])
        {
            Namespace = options.Namespace,
            Remarks = [.. RemarksOf(facts, state.Count > 0)],
            Summary = $"{(title.Length > 0 ? title : name)}: a capture from {facts.Kind}{(rate is { } samples ? string.Create(CultureInfo.InvariantCulture, $", {samples:N0} samples per second") : "")}.",
        };
        var network = new ImportedNetwork(declaration, weights)
        {
            Inputs = [new ImportedPort("input", "input", [draft.Input.Channels], [draft.Input.Channels])],
            Vectors = facts.Vectors,
            Outputs = [new ImportedPort("output", "output", [draft.Output.Channels], [draft.Output.Channels])],
        };
        return new ImportedCapture(network, facts.Format) { SampleRate = rate, InitialState = state.Count > 0 ? state : null };
    }

    /// <summary>The input: planes come as [features, channels], as Keras has them.</summary>
    private static AttributeDeclaration InputOf(NetworkDraft draft) => draft.Features == 0
        ? new AttributeDeclaration("Input", draft.Input.Channels)
        : new AttributeDeclaration("Input", draft.Input.Channels, draft.Features).With("Layout", Layout.ChannelsLast);

    /// <summary>A name that hides no type that declarations use.</summary>
    private static string ClassNameOf(string title) => Identifiers.Pascal(title, "Capture") is var name && name is nameof(Activation) or nameof(StaticNet) ? name + "Capture" : name;

    /// <summary>What the file says about the capture, and what else was written.</summary>
    private static IEnumerable<string> RemarksOf(CaptureFacts facts, bool hasState)
    {
        var about = Told.Where(facts.Entries.ContainsKey).Select(key => $"{key[(key.LastIndexOf('.') + 1)..].Replace('_', ' ')}: {facts.Entries[key]}").ToArray();
        if (about.Length > 0)
            yield return string.Join("; ", about);
        yield return $"The weights are in {ImportedFiles.Weights}{(hasState ? $", the state that a stream begins with in {ImportedCapture.StateFile}" : "")}.";
    }

    private static void Check(AudioImportOptions options)
    {
        Require(options.Steps is >= 2 and <= Limits.MostSteps, nameof(options.Steps), options.Steps, $"2 to {Limits.MostSteps}");
        Require(options.Oversampling is >= 1 and <= Limits.MostOversampling, nameof(options.Oversampling), options.Oversampling, $"1 to {Limits.MostOversampling}");
        Require(options.Size is >= 0 and <= 1, nameof(options.Size), options.Size, $"0 to 1");
        Require(options.Dilation is >= 1 and <= Limits.MostDilation, nameof(options.Dilation), options.Dilation, $"1 to {Limits.MostDilation}");
        Require(options.Groups is >= 1 and <= Limits.MostChannels, nameof(options.Groups), options.Groups, $"1 to {Limits.MostChannels}");
        if (options.ClassName is { } name && !Identifiers.IsValid(name))
            throw new ArgumentException($"Expected a C# identifier as {nameof(options.ClassName)}, but got \"{name}\".", nameof(options));

        static void Require(bool condition, string option, object value, FormattableString expected)
        {
            if (!condition)
                throw new ArgumentOutOfRangeException(nameof(options), value, $"Expected {expected.ToString(CultureInfo.InvariantCulture)} as {option}.");
        }
    }
}
