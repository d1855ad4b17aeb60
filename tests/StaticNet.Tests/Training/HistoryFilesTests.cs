using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Tests.Training;

/// <summary>What a checkpoint takes does not grow with the epochs before it, and nothing of a run is lost by that.</summary>
public class HistoryFilesTests
{
    private const int Epochs = (3 * HistoryFiles.EpochsOfFile) + 5;

    private static readonly DataSet Train = Samples.Clouds(16);

    public static TheoryData<string> OtherNames =>
    [
        "", "history", "../history-000001-00000000000000000000000000000000.safetensors", "history-000001-0000000000000000000000000000000g.safetensors", "history-1-00000000000000000000000000000000.safetensors",
        "history-00000a-00000000000000000000000000000000.safetensors", "history-99999999999-00000000000000000000000000000000.safetensors", "history-000000-00000000000000000000000000000000.safetensors", "/etc/passwd",
    ];

    [Fact]
    public void A_checkpoint_behind_many_epochs_is_as_long_as_one_behind_few()
    {
        using var folder = new TemporaryFolder();
        Trainer(folder.Path).Fit(Train, Epochs);

        var lengths = CheckpointFolder.Last(folder.Path).Select(file => new FileInfo(file.Path).Length).ToArray();
        Assert.Equal(Epochs, lengths.Length);
        // It names a file, and its numbers have a few digits more.
        for (var epoch = HistoryFiles.EpochsOfFile; epoch < Epochs; epoch++)
            Assert.InRange(lengths[epoch], 0, lengths[epoch % HistoryFiles.EpochsOfFile] + 500);
        Assert.Equal(3, Directory.GetFiles(folder.Path, "history-*").Length);
    }

    [Theory]
    [InlineData(HistoryFiles.EpochsOfFile - 1)]
    [InlineData(HistoryFiles.EpochsOfFile)]
    [InlineData(HistoryFiles.EpochsOfFile + 1)]
    [InlineData(2 * HistoryFiles.EpochsOfFile)]
    public void A_run_that_goes_on_has_the_whole_history(int first)
    {
        using var folder = new TemporaryFolder();
        var expected = Trainer(null).Fit(Train, Epochs);
        Trainer(folder.Path).Fit(Train, Epochs);

        // From a checkpoint in the middle, as if those behind it had never been written.
        foreach (var (number, path) in CheckpointFolder.Last(folder.Path).Where(file => file.Number > first))
            File.Delete(path);
        var resumed = Trainer(folder.Path).Fit(Train, Epochs, resumeFrom: folder.Path);

        Assert.Equal(Losses(expected), Losses(resumed));
        Assert.Equal(Losses(expected), Losses(CheckpointFolder.Open(folder.Path)!.Checkpoint.Progress.Epochs));
    }

    [Fact]
    public void Two_folders_have_files_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var (one, two) = (Path.Combine(folder.Path, "one"), Path.Combine(folder.Path, "two"));
        var expected = Trainer(one).Fit(Train, Epochs);
        Directory.CreateDirectory(two);
        var last = Path.GetFileName(CheckpointFolder.Last(one)[^6].Path);
        foreach (var file in Directory.GetFiles(one, "history-*").Append(Path.Combine(one, last)))
            File.Copy(file, Path.Combine(two, Path.GetFileName(file)));

        Assert.Equal(Losses(expected), Losses(Trainer(two).Fit(Train, Epochs, resumeFrom: two)));
    }

    [Fact]
    public void A_checkpoint_without_its_files_says_which_is_missing()
    {
        using var folder = new TemporaryFolder();
        Trainer(folder.Path).Fit(Train, Epochs);
        var file = Directory.GetFiles(folder.Path, "history-000002-*").Single();
        var newest = CheckpointFolder.Last(folder.Path)[^1].Path;
        var content = File.ReadAllBytes(file);

        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(file, content);
        Assert.Contains($"{Path.GetFileName(file)} is not what was written.", Assert.Throws<CheckpointException>(() => Checkpoint.Load(newest)).Message, StringComparison.Ordinal);

        File.Delete(file);
        Assert.Contains($"{Path.GetFileName(file)}, which has epochs of its history, is not next to it.", Assert.Throws<CheckpointException>(() => Checkpoint.Load(newest)).Message, StringComparison.Ordinal);

        // The newest of those that are whole is the last that needs the first file alone.
        Assert.Equal(CheckpointFolder.LastPath(folder.Path, (2 * HistoryFiles.EpochsOfFile) - 1), CheckpointFolder.Open(folder.Path)!.Path);
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Nothing_but_a_file_of_a_history_is_read(string name)
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<CheckpointException>(() => HistoryFiles.Read(folder.Path, name));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "")]
    [InlineData(null, "null")]
    [InlineData(null, "3")]
    [InlineData(null, "{}")]
    [InlineData(null, "[]")]
    [InlineData(null, "[{}]")]
    [InlineData("3", "[]")]
    public void A_file_that_is_no_history_is_refused(string? before, string? epochs)
    {
        using var folder = new TemporaryFolder();
        var state = new StateDict();
        if (before is not null)
            state.Metadata["before"] = before;
        if (epochs is not null)
            state.Metadata["epochs"] = epochs;
        var name = HistoryFiles.NameOf(1, state);
        Safetensors.Save(Path.Combine(Directory.CreateDirectory(folder.Path).FullName, name), state);

        Assert.Throws<CheckpointException>(() => HistoryFiles.Read(folder.Path, name));
    }

    [Fact]
    public void A_file_of_another_format_is_refused()
    {
        using var folder = new TemporaryFolder();
        var name = HistoryFiles.NameOf(1, new StateDict());
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder.Path).FullName, name), "{}");

        Assert.Equal($"{name} is not what was written.", Assert.Throws<CheckpointException>(() => HistoryFiles.Read(folder.Path, name)).Message);
    }

    [Fact]
    public void What_an_interrupted_write_has_left_is_removed()
    {
        using var folder = new TemporaryFolder();
        var left = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "history-000001-00000000000000000000000000000000.safetensors.0a.tmp");
        File.WriteAllText(left, "{");
        Trainer(folder.Path).Fit(Train, 1);

        Assert.False(File.Exists(left));
    }

    [Fact]
    public void A_folder_in_a_files_place_is_told_as_the_exception_that_is_documented()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "checkpoints.lock"));

        Assert.Throws<IOException>(() => Trainer(folder.Path).Fit(Train, 1));
    }

    private static Trainer<TinyClassifier> Trainer(string? folder) => new(
        new TinyClassifier(1), new Adam(0.01f), new TrainerOptions { BatchSize = 8, Seed = 1, Callbacks = folder is null ? [] : [new CheckpointCallback(folder) { KeepLast = 1000 }] });

    private static (int Epoch, double Loss, float Rate)[] Losses(History history) => Losses(history.Epochs);

    private static (int Epoch, double Loss, float Rate)[] Losses(IEnumerable<EpochResult> epochs) => [.. epochs.Select(epoch => (epoch.Epoch, epoch.Loss, epoch.LearningRate))];
}
