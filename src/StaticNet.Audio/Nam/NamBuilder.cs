using System.Globalization;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>Adds the layers of one architecture to a draft.</summary>
/// <param name="file">The file.</param>
/// <param name="draft">Takes the layers.</param>
/// <param name="prefix">What their names begin with.</param>
internal abstract class NamBuilder(NamFile file, NetworkDraft draft, string prefix)
{
    protected NamFile File { get; } = file;

    protected NetworkDraft Draft { get; } = draft;

    protected Entry Config => File.Config;

    protected Problems Problems => File.Problems;

    protected WeightReader Weights { get; } = file.Weights();

    protected int Oversampling => File.Options.Oversampling;

    /// <summary>Adds all layers.</summary>
    /// <returns>The network's output.</returns>
    public DraftValue Build()
    {
        var output = AddLayers();
        Weights.Finish();
        return output;
    }

    protected abstract DraftValue AddLayers();

    /// <summary>The name of a layer of this network.</summary>
    protected string Name(string name) => prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>Whether this network is the condition of another: its layers have names then, since they are not alone.</summary>
    protected bool IsInner => prefix.Length > 0;

    /// <summary>Reads a convolution over time.</summary>
    /// <param name="inputs">The channels that it takes.</param>
    /// <param name="outputs">Its filters.</param>
    /// <param name="taps">The taps of each.</param>
    /// <param name="dilation">The steps from tap to tap, at the capture's own sample rate.</param>
    /// <param name="groups">The groups of channels.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="where">Its place in the file.</param>
    protected Filter Read(DraftSize inputs, DraftSize outputs, int taps, int dilation, int groups, bool hasBias, Entry where)
    {
        if (groups > 1 && (inputs.All % groups != 0 || outputs.All % groups != 0))
        {
            Problems.Damaged(where.Where, Invariant($"{inputs.All} channels, {outputs.All} filters and {groups} groups"), "groups must divide channels and filters");
            groups = 1;
        }

        if (groups > 1 && (inputs.IsSmaller || outputs.IsSmaller))
        {
            Problems.Unsupported(where.Where, Invariant($"{groups} groups"), "groups cannot be made smaller", "Import the capture in its full size");
            groups = 1;
        }

        return new Filter(outputs, taps, dilation * Oversampling, groups, Weights.Take(outputs, inputs, groups, taps), hasBias ? Weights.Take(outputs) : null);
    }

    protected static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
