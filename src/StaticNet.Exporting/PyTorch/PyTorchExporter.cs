using System.Text;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;
using static StaticNet.Exporting.PyTorch.PythonText;

namespace StaticNet.Exporting.PyTorch;

/// <summary>
/// Writes a network's twin in PyTorch: a readable <c>nn.Module</c> with the same names, shapes, initialisers and defaults and, if the network
/// has losses, a script that trains it, in one process or in many. Weights go both ways by name, as safetensors.
/// </summary>
public static class PyTorchExporter
{
    private const int DefaultBatch = 32;
    private const string TrainingMark = "\n\n# Training\n";

    /// <summary>Python's own modules that a twin may need.</summary>
    private static readonly string[] Modules = ["argparse", "json", "math", "os"];

    /// <summary>Writes the twin as a file.</summary>
    /// <param name="network">The declaration.</param>
    /// <param name="path">The file, which is replaced if it exists: after a crash, it has either the old content or the new. Usually <c>.py</c>.</param>
    /// <exception cref="ExportException">As for <see cref="Export"/>; no file is then written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <example><code>PyTorchExporter.Save(NetworkReader.Read("Digits.cs"), "digits.py");</code></example>
    public static void Save(DeclaredNetwork network, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = Export(network);
        using var file = new AtomicFile(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Commit();
    }

    /// <summary>Writes the twin.</summary>
    /// <param name="network">The declaration.</param>
    /// <returns>The text of a Python file for PyTorch 1.13 or newer, which needs no other package.</returns>
    /// <exception cref="ExportException">PyTorch lacks a layer, an initialiser or a loss; all reasons are listed.</exception>
    public static string Export(DeclaredNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var (graph, names) = (network.Graph, new ModuleNames(network.Graph));
        var (writer, values, problems) = (new ModuleWriter(network, names), new List<ModuleValue>(), new List<string>());
        var inputs = graph.Inputs.Select(input => Enter(network, names, writer, input)).ToArray();
        ModuleValue ValueOf(int node) => NetworkGraph.IsInput(node) ? inputs[-1 - node] : values[node];
        foreach (var node in graph.Nodes)
        {
            try
            {
                values.Add(writer.Write(node, [.. node.Inputs.Select(ValueOf)]));
            }
            catch (ExportException e)
            {
                problems.AddRange(e.Problems);
                values.Add(new ModuleValue(names.Variable(node.Name), node.Output, node.Steps, HasStepAxis: false));
            }
        }

        var trains = graph.Losses.Count > 0;
        var loss = trains ? LossText.Write(graph, problems) : "";
        if (problems.Count > 0)
            throw new ExportException(problems);

        string[] returned = [.. LossText.Returned(graph).Select(node => Leave(network, ValueOf(node)))];
        string[] parts = [ModuleOf(network, names, writer, returned), RunOf(network), .. trains ? [loss] : Array.Empty<string>(), ConstantsOf(network, writer), Script(trains)];
        var body = string.Join("\n\n\n", parts.Select(part => part.Trim('\n'))) + "\n";
        return HeaderOf(network, body, trains) + body;
    }

    /// <summary>The documentation of the file, and its imports.</summary>
    private static string HeaderOf(DeclaredNetwork network, string body, bool trains)
    {
        var file = $"{network.Name.ToLowerInvariant()}.py";
        var usage = trains
            ? $"""

              In one process, or in eight on this machine:

                  python {file} --data train.safetensors --out weights.safetensors
                  torchrun --nproc-per-node=8 {file} --data train.safetensors --out weights.safetensors

              """
            : "";
        string[] imports = [.. Modules.Where(module => body.Contains(module + ".", StringComparison.Ordinal)).Select(module => $"import {module}")];
        return $""""
            """{network.Name} in PyTorch, the twin of a StaticNet network: with the same names, shapes, initialisers and defaults.

            Weights are read and written as safetensors, under the names that SaveSafetensors and LoadSafetensors use.
            {usage}"""

            {string.Join('\n', imports)}

            import torch
            import torch.nn.functional as F
            from torch import nn



            """".ReplaceLineEndings("\n");
    }

    private static string ModuleOf(DeclaredNetwork network, ModuleNames names, ModuleWriter writer, string[] returned)
    {
        var text = new StringBuilder($"class {ModuleNames.Class(network.Name)}(nn.Module):\n    def __init__(self):\n        super().__init__()\n");
        Lines(text, writer.Made);
        text.Append("        self.initialise()\n\n    @torch.no_grad()\n    def initialise(self):\n        \"\"\"Draws new parameters, as StaticNet does.\"\"\"\n");
        Lines(text, writer.Started.DefaultIfEmpty("pass"));
        text.Append($"\n    def forward(self, {string.Join(", ", network.Graph.Inputs.Select(input => names.Variable(input.Name)))}):\n");
        Lines(text, writer.Computed);
        var outputs = network.Graph.Outputs.Count;
        if (returned.Length > outputs)
            Lines(text, ["# Training also needs what the losses are computed from.", "if self.training:", $"    return {string.Join(", ", returned)}"]);
        Lines(text, [$"return {string.Join(", ", returned.Take(outputs))}"]);
        return text.ToString();
    }

    /// <summary>An input with its axes in the logical order.</summary>
    private static ModuleValue Enter(DeclaredNetwork network, ModuleNames names, ModuleWriter writer, NetworkInput input)
    {
        var (name, steps) = (names.Variable(input.Name), network.Graph.Steps);
        if (IsPermuted(network, input.Type))
            writer.Computed.Add($"{name} = {name}.movedim(-1, {(steps > 1 ? 2 : 1)})");
        return new ModuleValue(name, input.Type, steps, HasStepAxis: steps > 1);
    }

    /// <summary>An output with its axes in the order of the user's spans.</summary>
    private static string Leave(DeclaredNetwork network, ModuleValue value)
    {
        var hasSteps = network.Graph.OutputSteps > 1;
        var text = hasSteps ? value.WithSteps.Text : value.Folded.Text;
        return IsPermuted(network, value.Type) ? $"{text}.movedim({(hasSteps ? 2 : 1)}, -1)" : text;
    }

    private static bool IsPermuted(DeclaredNetwork network, TensorType type) => network.Spec.Layout == Generator.Vocabulary.Layout.ChannelsLast && type.Rank > 1;

    /// <summary>The function that divides samples into inputs.</summary>
    private static string RunOf(DeclaredNetwork network)
    {
        var graph = network.Graph;
        int[] leading = graph.Steps > 1 ? [-1, graph.Steps] : [-1];
        var isSingle = graph.Inputs.Count == 1;
        var inputs = graph.Inputs.Select(input =>
        {
            var shape = Tuple([.. leading, .. IsPermuted(network, input.Type) ? input.Type.ChannelsLast.Shape : input.Type.Shape]);
            return $"samples{(isSingle ? "" : $"[..., {Number(input.Offset)}:{Number(input.Offset + input.Type.Length)}]")}.reshape{shape}";
        });
        var steps = isSingle ? "" : $"    samples = samples.reshape{Tuple([.. leading, graph.StepInputLength])}\n";
        return $"def run(model, samples):\n    \"\"\"Computes the outputs of samples, each a row with all inputs.\"\"\"\n{steps}    return model({string.Join(", ", inputs)})";
    }

    private static string ConstantsOf(DeclaredNetwork network, ModuleWriter writer)
    {
        var text = new StringBuilder($"MODEL = {ModuleNames.Class(network.Name)}\n\n# Tensors that files of weights call otherwise; None: files have none.\n");
        if (writer.Renamed.Count == 0)
            text.Append("NAMES = {}\n");
        else
            text.Append($"NAMES = {{\n{string.Concat(writer.Renamed.Select(pair => $"    \"{pair.Name}\": {(pair.InFiles is null ? "None" : $"\"{pair.InFiles}\"")},\n"))}}}\n");
        if (network.Graph.Losses.Count > 0)
            text.Append($"\n# The samples of a step, and whether there are parameters that no loss depends on.\nBATCH = {Number(network.Spec.BatchSize ?? DefaultBatch)}\nUNUSED = {(HasUnused(network) ? "True" : "False")}\n");
        return text.ToString();
    }

    /// <summary>Whether some layers with parameters are in the way to no loss.</summary>
    private static bool HasUnused(DeclaredNetwork network)
    {
        var graph = network.Graph;
        var (used, open) = (new HashSet<int>(), new Stack<int>(graph.Losses.Select(loss => loss.From)));
        while (open.TryPop(out var node))
        {
            if (NetworkGraph.IsInput(node) || !used.Add(node))
                continue;
            foreach (var input in graph.Nodes[node].Inputs)
                open.Push(input);
        }

        var learning = network.LayerParameters.Where(parameter => parameter is { IsLearned: true, Trainable: true }).Select(parameter => parameter.Layer).ToHashSet(StringComparer.Ordinal);
        return graph.Nodes.Where((node, index) => !used.Contains(index)).Any(node => learning.Contains(node.Name));
    }

    private static void Lines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            text.Append("        ").Append(line).Append('\n');
    }

    /// <summary>What all twins share: weights as files and, if there are losses, training.</summary>
    private static string Script(bool trains)
    {
        using var reader = new StreamReader(typeof(PyTorchExporter).Assembly.GetManifestResourceStream("twin.py")!);
        var script = reader.ReadToEnd().ReplaceLineEndings("\n").Split(TrainingMark);
        return trains ? string.Join("", script) : script[0];
    }
}
