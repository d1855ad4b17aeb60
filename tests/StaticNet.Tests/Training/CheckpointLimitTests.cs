using System.Globalization;
using StaticNet.Serialization;
using StaticNet.Training;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Tests.Training;

public sealed class CheckpointLimitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_signed_checkpoint_of_too_many_callbacks_is_refused()
    {
        var path = Path.Combine(_folder, "checkpoint-000001.safetensors");
        WithCallbacks(256).Save(path);
        Assert.Equal(256, Checkpoint.Load(path).Callbacks.Count);
        Assert.Throws<InvalidOperationException>(() => WithCallbacks(257).Save(path));

        var state = Safetensors.Load(path);
        state.Metadata["callbacks"] = string.Join(' ', Enumerable.Range(0, 50_000));
        state.Metadata["sha256"] = Checkpoint.Digest(state);
        Safetensors.Save(path, state);

        Assert.Contains("at most 256 callbacks; 50000 are named", Assert.Throws<CheckpointException>(() => Checkpoint.Load(path)).Message, StringComparison.Ordinal);
    }

    private static Checkpoint WithCallbacks(int count) => new(
        new Dictionary<string, string>(),
        TrainingProgress.AtStart(0),
        new StateDict(),
        new StateDict(),
        Enumerable.Range(0, count).ToDictionary(index => index.ToString(CultureInfo.InvariantCulture), _ => new StateDict()));
}
