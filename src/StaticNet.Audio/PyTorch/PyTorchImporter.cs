using System.Globalization;
using System.Text.Json;
using StaticNet.Audio.Drafts;
using StaticNet.Audio.Json;

namespace StaticNet.Audio.PyTorch;

/// <summary>Imports the tensors of PyTorch as JSON: by themselves, or as GuitarML writes them, with a description of the model.</summary>
internal static class PyTorchImporter
{
    public static (NetworkDraft Draft, CaptureFacts Facts) Import(Entry root, AudioImportOptions options)
    {
        root = root.AsObject();
        var tensors = root.Find("state_dict") is { } state ? state.AsObject() : root;
        var modules = ModulesOf(tensors);
        var draft = new NetworkDraft(modules.Count > 0 ? modules[0].InputChannels(options) : 1);
        var value = draft.Input;
        foreach (var module in modules)
            value = module.Add(draft, value, options);
        if (root.Find("model_data") is { } description)
        {
            if (Skips(description.AsObject()))
                value = Skip(draft, value, description);
            if (description.Find("unit_type") is { } unit && modules.Count > 0 && modules[0].Cell is { } cell && unit.AsText() != cell)
                unit.Problems.Damaged(unit.Where, unit.Shown, $"its tensors are those of a {cell}");
        }

        draft.Output = value;
        var facts = new CaptureFacts(AudioFormat.PyTorch, "PyTorch");
        foreach (var property in root.IsObject ? root.Value.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Array && property.Name != "state_dict") : [])
            facts.AddAll(property.Name, root with { Value = property.Value });
        return (draft, facts);
    }

    /// <summary>The modules in the order in which their first tensors come.</summary>
    private static List<PyTorchModule> ModulesOf(Entry tensors)
    {
        var modules = new List<PyTorchModule>();
        if (!tensors.IsObject)
            return modules;
        if (tensors.Value.EnumerateObject().Count() > 16 * Limits.MostLayers)
        {
            tensors.Problems.Damaged(tensors.Where, tensors.Shown, "it has more members than any capture");
            return modules;
        }

        foreach (var property in tensors.Value.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Number))
        {
            var dot = property.Name.LastIndexOf('.');
            var name = dot < 0 ? "" : property.Name[..dot];
            var module = modules.Find(other => other.Name == name);
            if (module is null)
            {
                module = new PyTorchModule(name, tensors);
                modules.Add(module);
            }

            module.Tensors[property.Name[(dot + 1)..]] = new Entry(property.Value, property.Name, tensors.Problems);
        }

        if (modules.Count == 0)
            tensors.Problems.Unsupported(tensors.Where, tensors.Shown, "it has neither \"architecture\", \"layers\" nor tensors", "Give a .nam file, or the JSON of RTNeural, AIDA-X or PyTorch");
        return modules;
    }

    private static bool Skips(Entry description) =>
        description.Find("skip") is { } skip && (skip.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? skip.Value.GetBoolean() : skip.AsInt32(0, 1) == 1);

    private static DraftValue Skip(NetworkDraft draft, DraftValue value, Entry description)
    {
        if (value.Channels == 1)
            return draft.Join("Add", "wet", value, draft.Slice(null, draft.Input, 0, new DraftSize(1)));
        description.Problems.Damaged(description.Where, "an input that is added to the output", string.Create(CultureInfo.InvariantCulture, $"the output has {value.Channels} channels instead of one"));
        return value;
    }
}
