using StaticNet.Importing;
using StaticNet.Serialization;

namespace StaticNet.Audio;

/// <summary>A capture of an amplifier or a pedal as a network.</summary>
/// <param name="Network">The declaration and the weights; the metadata of the weights are those of the file.</param>
/// <param name="Format">The format of the file.</param>
public sealed record ImportedCapture(ImportedNetwork Network, AudioFormat Format)
{
    /// <summary>The name of the file with the state that a stream begins with.</summary>
    public const string StateFile = "state.safetensors";

    /// <summary>The samples per second of the capture, times the oversampling; null if the file does not say it.</summary>
    public double? SampleRate { get; init; }

    /// <summary>
    /// What the layers of a new stream hold, for <see cref="StreamState.LoadStateDict"/>; null if all of it is zero. A .nam file of an LSTM has it.
    /// </summary>
    public StateDict? InitialState { get; init; }

    /// <summary>What the file says about the capture: <c>metadata.name</c>, <c>metadata.gear_make</c>, <c>sample_rate</c> …</summary>
    public IReadOnlyDictionary<string, string> Metadata => Network.Weights.Metadata.AsReadOnly();

    /// <summary>
    /// Writes the class, <see cref="ImportedFiles.Weights"/> and, if there is an initial state, <see cref="StateFile"/> into a folder. Files of the
    /// same names are replaced.
    /// </summary>
    /// <param name="folder">The folder, which is made if it does not exist.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public IReadOnlyList<string> Write(string folder)
    {
        var files = ImportedFiles.Write(Network, folder);
        if (InitialState is null)
            return files;
        var path = Path.Combine(folder, StateFile);
        Safetensors.Save(path, InitialState);
        return [.. files, path];
    }
}
