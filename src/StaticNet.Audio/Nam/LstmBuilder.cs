using StaticNet.Audio.Drafts;
using StaticNet.Importing;

namespace StaticNet.Audio.Nam;

/// <summary>Stacked LSTMs with a dense layer.</summary>
internal sealed class LstmBuilder(NamFile file, NetworkDraft draft, string prefix) : NamBuilder(file, draft, prefix)
{
    protected override DraftValue AddLayers()
    {
        Config.RefuseOthers("input_size", "hidden_size", "num_layers", "in_channels", "out_channels");
        var layers = Config.Int32("num_layers", 1, Limits.MostLayers);
        var hidden = Config.Int32("hidden_size", 1, Limits.MostChannels);
        var outputs = Config.Int32("out_channels", 1, Limits.MostChannels, 1);
        if (Config.Int32("input_size", 1, Limits.MostChannels) is var size && size != Draft.Input.Channels)
            Problems.Damaged(Config.Where, Invariant($"an input_size of {size}"), Invariant($"the input has {Draft.Input.Channels} channels"));
        if (Oversampling > 1)
            Problems.Unsupported(File.Root.Where, Invariant($"an LSTM at {Oversampling} times its sample rate"), "the steps of recurrent layers cannot be changed", "Import it without oversampling, and run it with InterleavedStream");
        var value = Draft.Input;
        for (var layer = 0; layer < layers; layer++)
            value = AddLayer(layer, value, hidden);
        return Draft.Dense(IsInner ? Name("head") : null, value, new DraftSize(outputs), Weights.Take((long)outputs * hidden), Weights.Take(outputs));
    }

    private DraftValue AddLayer(int layer, DraftValue input, int hidden)
    {
        var (output, node) = Draft.Add(new AttributeDeclaration("LSTM", hidden), "lstm", IsInner ? Name(Invariant($"lstm{layer + 1}")) : null, input, new DraftSize(hidden));
        // Each row has the weights of the input and those of the hidden state side by side.
        var (rows, columns) = (4 * hidden, input.Channels + hidden);
        var both = Weights.Take((long)rows * columns);
        if (both.Length > 0)
        {
            NetworkDraft.AddParameter(node, "weight_ih", [rows, input.Channels], [.. Enumerable.Range(0, rows).SelectMany(row => both[(row * columns)..((row * columns) + input.Channels)])]);
            NetworkDraft.AddParameter(node, "weight_hh", [rows, hidden], [.. Enumerable.Range(0, rows).SelectMany(row => both[((row * columns) + input.Channels)..((row + 1) * columns)])]);
        }

        NetworkDraft.AddParameter(node, "bias_ih", [rows], Weights.Take(rows));
        AddState("hidden");
        AddState("cell");
        return output;

        void AddState(string name)
        {
            if (Weights.Take(hidden) is { Length: > 0 } values)
                node.State.Add(name, [1, hidden], values);
        }
    }
}
