using StaticNet.Serialization;

namespace StaticNet.Importing;

/// <summary>Writes an imported network into a folder.</summary>
public static class ImportedFiles
{
    /// <summary>The name of the file with the weights.</summary>
    public const string Weights = "model.safetensors";

    /// <summary>The name of the file with the golden vectors: the tensors <c>inputs</c> and <c>outputs</c>, a row for each sample.</summary>
    public const string Vectors = "vectors.safetensors";

    /// <summary>
    /// Writes the class, its weights and, if there are golden vectors, these and a class that checks the network with them. The files of an
    /// earlier import of the same class are replaced; those of another class are kept.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="folder">The folder, which is made if it does not exist.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="IOException">The folder has the weights of another class, or a file cannot be written.</exception>
    public static IReadOnlyList<string> Write(ImportedNetwork network, string folder)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(folder);
        if (File.Exists(Path.Combine(folder, Weights)) && !File.Exists(Path.Combine(folder, network.Declaration.ClassName + ".cs")))
            throw new IOException($"{folder} has a {Weights} already, and no {network.Declaration.ClassName}.cs: it belongs to another network. Choose a folder for each.");
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        File.WriteAllText(Add(network.Declaration.ClassName + ".cs"), DeclarationWriter.Write(network.Declaration));
        Safetensors.Save(Add(Weights), network.Weights);
        if (network.Vectors is not { Count: > 0 } vectors)
            return written;
        Safetensors.Save(Add(Vectors), StateOf(vectors));
        File.WriteAllText(Add(network.Declaration.ClassName + "Check.cs"), CheckWriter.Write(network.Declaration));
        return written;

        string Add(string name)
        {
            written.Add(Path.Combine(folder, name));
            return written[^1];
        }
    }

    private static StateDict StateOf(GoldenVectors vectors)
    {
        var state = new StateDict();
        state.Add("inputs", [vectors.Count, vectors.Inputs.Length / vectors.Count], vectors.Inputs);
        state.Add("outputs", [vectors.Count, vectors.Outputs.Length / vectors.Count], vectors.Outputs);
        return state;
    }
}
