namespace StaticNet.Training.Checkpoints;

/// <summary>A checkpoint from which training can continue.</summary>
/// <param name="Checkpoint">What is in it.</param>
/// <param name="Path">Its file.</param>
/// <param name="Damaged">The newer files of its folder that are not complete checkpoints, and what is wrong with them.</param>
internal sealed record StoredCheckpoint(Checkpoint Checkpoint, string Path, IReadOnlyList<(string Path, CheckpointException Fault)> Damaged)
{
    /// <summary>Reports the damaged files. They stay where they are.</summary>
    public void Warn(Action<string> warn)
    {
        foreach (var (file, fault) in Damaged)
            warn($"{fault.Message} Training continues from {System.IO.Path.GetFileName(Path)}; {System.IO.Path.GetFileName(file)} is left unchanged.");
    }
}
