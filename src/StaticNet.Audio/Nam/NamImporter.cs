using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>Imports .nam files.</summary>
internal static class NamImporter
{
    public static (NetworkDraft Draft, CaptureFacts Facts) Import(Entry root, AudioImportOptions options)
    {
        var file = NamFile.Read(root, options);
        var draft = new NetworkDraft(file.InputChannels);
        draft.Output = file.Build(draft, "");
        var facts = new CaptureFacts(AudioFormat.Nam, $"Neural Amp Modeler {file.Architecture}")
        {
            SampleRate = file.SampleRate ?? (root.Find("sample_rate") is { } rate ? rate.AsSingle() : null),
        };
        facts.Add("format_version", root.Text("version"));
        // What is said about several models in one file comes last, so it counts where both say something.
        facts.AddAll("metadata", file.Root.Find("metadata"));
        facts.AddAll("metadata", root.Find("metadata"));
        if (facts.SampleRate is { } samples)
            facts.Add("sample_rate", samples.ToString(CultureInfo.InvariantCulture));
        return (draft, facts);
    }
}
