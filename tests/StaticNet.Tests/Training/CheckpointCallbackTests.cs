using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

public class CheckpointCallbackTests
{
    private static readonly DataSet Train = Samples.Clouds(40);
    private static readonly DataSet Validation = Samples.Clouds(20, seed: 2);

    [Fact]
    public void The_last_checkpoints_are_kept_and_their_parameters_load_into_a_network()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointCallback(folder.Path) { EveryBatches = 2, KeepLast = 3 };
        var trainer = Trainer(checkpoints);

        trainer.Fit(Train, 2);

        // Three batches an epoch: after the second batch and after the end of each epoch.
        Assert.Equal([2, 3, 4], folder.Names().Select(name => int.Parse(name["checkpoint-".Length..][..6], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(folder.File("checkpoint-000004.safetensors"), checkpoints.LastPath);
        Assert.Empty(checkpoints.BestPaths);
        var loaded = new TinyClassifier(9);
        loaded.LoadSafetensors(checkpoints.LastPath!, strict: false);
        Assert.Equal(trainer.Network.Weights.Values.ToArray(), loaded.Weights.Values.ToArray());
    }

    [Fact]
    public void Parameters_that_are_not_finite_are_not_written()
    {
        using var folder = new TemporaryFolder();
        var spoil = new RecordingCallback { AtEpochEnd = context => context.Trainer.Weights.Edit()[0] = context.Epoch == 2 ? float.NaN : 0 };
        var trainer = Trainer(new CheckpointCallback(folder.Path), spoil);

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(Train, 3));

        Assert.Contains("dense1.weight", error.Message, StringComparison.Ordinal);
        Assert.Equal(["checkpoint-000001.safetensors"], folder.Names());
    }

    [Fact]
    public void A_time_of_zero_writes_after_every_step()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointCallback(folder.Path) { EveryEpoch = false, Interval = TimeSpan.Zero, KeepLast = 100 };

        Trainer(checkpoints).Fit(Train, 2);

        // Two epochs of three batches, and the end of the run.
        Assert.Equal(7, folder.Names().Length);
    }

    [Theory]
    [InlineData("validation_loss", 2, false)]
    [InlineData("validation_accuracy", 3, true)]
    public void The_best_epochs_are_kept_with_their_parameters(string figure, int keep, bool higher)
    {
        using var folder = new TemporaryFolder();
        var weights = new List<float[]>();
        var record = new RecordingCallback { AtEpochEnd = context => weights.Add(context.Trainer.Weights.Values.ToArray()) };
        var checkpoints = new CheckpointCallback(folder.Path) { EveryEpoch = false, Monitor = figure, KeepBest = keep };

        var values = Trainer(checkpoints, record).Fit(Train, 12, Validation).Values(figure);

        var best = Enumerable.Range(1, 12).OrderBy(epoch => higher ? -values[epoch - 1] : values[epoch - 1]).Take(keep).ToArray();
        Assert.Equal(best.Select(epoch => folder.File($"best-epoch-{epoch}.safetensors")), checkpoints.BestPaths);
        Assert.Equal([.. best.Select(epoch => $"best-epoch-{epoch}.safetensors").Order(StringComparer.Ordinal), "checkpoint-000001.safetensors"], folder.Names());
        foreach (var epoch in best)
        {
            var loaded = new TinyClassifier(9);
            loaded.LoadSafetensors(folder.File($"best-epoch-{epoch}.safetensors"), strict: false);
            Assert.Equal(weights[epoch - 1], loaded.Weights.Values.ToArray());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_resumed_run_keeps_the_best_epochs_of_the_whole(int breakAt)
    {
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        CheckpointCallback Checkpoints(TemporaryFolder folder) => new(folder.Path) { Monitor = "validation_loss", KeepBest = 2 };
        Trainer(Checkpoints(whole)).Fit(Train, 12, Validation);
        Trainer(Checkpoints(parts)).Fit(Train, breakAt, Validation);

        Trainer(Checkpoints(parts)).Fit(Train, 12, Validation, resumeFrom: parts.Path);

        Assert.Equal(whole.Names(), parts.Names());
        foreach (var name in whole.Names())
            Assert.Equal(Tensors(whole.File(name)), Tensors(parts.File(name)));
    }

    [Fact]
    public void A_figure_that_is_not_there_is_refused_with_those_that_are()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<InvalidOperationException>(() => Trainer(new CheckpointCallback(folder.Path) { Monitor = "validation_f1" }).Fit(Train, 1));

        Assert.Equal("The checkpoint callback watches 'validation_f1', but an epoch only has: loss.", error.Message);
    }

    [Fact]
    public void A_new_run_does_not_write_over_another_ones_checkpoints()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 2);
        var names = folder.Names();

        var error = Assert.Throws<InvalidOperationException>(() => Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 2));

        Assert.Contains("holds 2 checkpoints of another run", error.Message, StringComparison.Ordinal);
        Assert.Equal(names, folder.Names());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_goes_on_from_one_folder_does_not_touch_another_runs(bool fromFile)
    {
        using var mine = new TemporaryFolder();
        using var others = new TemporaryFolder();
        using var empty = new TemporaryFolder();
        Trainer(new CheckpointCallback(mine.Path)).Fit(Train, 2);
        Trainer(new CheckpointCallback(others.Path)).Fit(Train, 5);
        var files = others.Names().ToDictionary(name => name, name => File.ReadAllBytes(others.File(name)));
        var from = fromFile ? mine.File("checkpoint-000002.safetensors") : mine.Path + Path.DirectorySeparatorChar;

        var error = Assert.Throws<InvalidOperationException>(() => Trainer(new CheckpointCallback(others.Path)).Fit(Train, 3, resumeFrom: from));

        Assert.Contains("holds 2 checkpoints of another run", error.Message, StringComparison.Ordinal);
        Assert.Equal(files.Keys, others.Names());
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(others.File(file.Key))));
        // Into its own folder, however it is written, or into an empty one it goes on.
        Trainer(new CheckpointCallback(mine.Path + Path.DirectorySeparatorChar)).Fit(Train, 3, resumeFrom: from);
        Trainer(new CheckpointCallback(empty.Path)).Fit(Train, 4, resumeFrom: mine.Path);
        Assert.Equal(["checkpoint-000001.safetensors"], empty.Names());
    }

    [Fact]
    public void A_trainer_that_trains_again_finds_its_folder_as_it_left_it_or_leaves_it_alone()
    {
        using var folder = new TemporaryFolder();
        var first = Trainer(new CheckpointCallback(folder.Path));
        first.Fit(Train, 2);
        first.Fit(Train, 1);
        Assert.Equal(["checkpoint-000002.safetensors", "checkpoint-000003.safetensors"], folder.Names());
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 4, resumeFrom: folder.Path);
        var files = folder.Names();

        var error = Assert.Throws<InvalidOperationException>(() => first.Fit(Train, 1));

        Assert.Contains("checkpoints of another run", error.Message, StringComparison.Ordinal);
        Assert.Equal(files, folder.Names());
    }

    [Fact]
    public void A_folder_is_for_one_run_at_a_time()
    {
        using var folder = new TemporaryFolder();
        IOException? error = null;
        var intruder = new RecordingCallback
        {
            AtEpochEnd = context =>
            {
                Assert.Contains("checkpoints.lock", folder.Names());
                error ??= Assert.Throws<IOException>(() => Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 1, resumeFrom: context.Epoch > 1 ? folder.Path : null));
            },
        };

        Trainer(intruder, new CheckpointCallback(folder.Path)).Fit(Train, 3);

        Assert.Contains("another run writes checkpoints into it now", error!.Message, StringComparison.Ordinal);
        Assert.Equal(["checkpoint-000002.safetensors", "checkpoint-000003.safetensors"], folder.Names());
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 4, resumeFrom: folder.Path);
    }

    [Fact]
    public void A_lock_that_a_killed_process_left_keeps_nobody_out()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.File("checkpoints.lock"), "");

        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 1);

        Assert.Equal(["checkpoint-000001.safetensors"], folder.Names());
    }

    [Fact]
    public void A_run_that_fails_gives_the_folder_free_and_writes_nothing_at_its_end()
    {
        using var folder = new TemporaryFolder();
        var fail = new RecordingCallback { AtBatchEnd = _ => throw new InvalidOperationException("Enough.") };

        Assert.Throws<InvalidOperationException>(() => Trainer(fail, new CheckpointCallback(folder.Path) { EveryEpoch = false }).Fit(Train, 1));

        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Without_a_checkpoint_an_epoch_the_end_of_the_run_has_one_to_go_on_from()
    {
        using var folder = new TemporaryFolder();
        var undisturbed = Trainer();
        undisturbed.Fit(Train, 5);
        var checkpoints = new CheckpointCallback(folder.Path) { EveryEpoch = false };
        var first = Trainer(checkpoints);
        first.Fit(Train, 0);
        Assert.Empty(folder.Names());
        first.Fit(Train, 2);
        Assert.Equal(["checkpoint-000001.safetensors"], folder.Names());

        var resumed = Trainer(new CheckpointCallback(folder.Path) { EveryEpoch = false });
        resumed.Fit(Train, 5, resumeFrom: folder.Path);

        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
        Assert.Equal(["checkpoint-000001.safetensors", "checkpoint-000002.safetensors"], folder.Names());
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.File("checkpoint-000001.safetensors.0123.tmp"), "half");
        File.WriteAllText(folder.File("notes.txt"), "mine");

        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 1);

        Assert.Equal(["checkpoint-000001.safetensors", "notes.txt"], folder.Names());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(-40)]
    [InlineData(-1)]
    public void A_damaged_last_checkpoint_gives_way_to_the_one_before(int place)
    {
        using var folder = new TemporaryFolder();
        var undisturbed = Trainer();
        undisturbed.Fit(Train, 5);
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 3);
        Damage(folder.File("checkpoint-000003.safetensors"), place);

        var warnings = new StringWriter();
        var resumed = Trainer(warnings, new CheckpointCallback(folder.Path));
        resumed.Fit(Train, 5, resumeFrom: folder.Path);

        Assert.Equal(undisturbed.Network.Weights.Values.ToArray(), resumed.Network.Weights.Values.ToArray());
        Assert.Contains("Training continues from checkpoint-000002.safetensors", warnings.ToString(), StringComparison.Ordinal);
        // The damaged one stays as it is, and takes no place of the two that are kept.
        Assert.Equal(["checkpoint-000003.safetensors", "checkpoint-000005.safetensors", "checkpoint-000006.safetensors"], folder.Names());
    }

    [Fact]
    public void A_file_cut_anywhere_is_no_checkpoint()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 1);
        var path = folder.File("checkpoint-000001.safetensors");
        var bytes = File.ReadAllBytes(path);

        for (var length = 0; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<CheckpointException>(() => Trainer().Fit(Train, 2, resumeFrom: path));
        }
    }

    [Fact]
    public void When_all_are_damaged_nothing_is_begun_anew()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 3);
        foreach (var name in folder.Names())
            Damage(folder.File(name), -1);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var error = Assert.Throws<CheckpointException>(() => Trainer().Fit(Train, 5, resumeFrom: folder.Path));
            Assert.Contains("all 2 are damaged", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_safetensors_file_of_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        foreach (var name in new[] { "weights.safetensors", "weights" })
        {
            new TinyClassifier(1).SaveSafetensors(folder.File(name));
            var error = Assert.Throws<CheckpointException>(() => Trainer().Fit(Train, 1, resumeFrom: folder.File(name)));
            Assert.Contains("Expected the format 'StaticNet checkpoint 1'; none is named.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 1);
        string Refused(DataSet data, Optimizer optimizer, TrainerOptions options)
        {
            var network = new TinyClassifier(1);
            var before = network.Weights.Values.ToArray();
            var error = Assert.Throws<ArgumentException>(() => new Trainer<TinyClassifier>(network, optimizer, options).Fit(data, 2, resumeFrom: folder.Path));
            Assert.Equal(before, network.Weights.Values.ToArray());
            return error.Message;
        }

        Assert.Contains("seed: 0, expected 3", Refused(Train, new Adam(), new() { Seed = 3 }), StringComparison.Ordinal);
        Assert.Contains("batch_size: 16, expected 8", Refused(Train, new Adam(), new() { BatchSize = 8 }), StringComparison.Ordinal);
        Assert.Contains("shuffle: yes, expected no", Refused(Train, new Adam(), new() { Shuffle = false }), StringComparison.Ordinal);
        Assert.Contains("drop_last: no, expected yes", Refused(Train, new Adam(), new() { DropLast = true }), StringComparison.Ordinal);
        Assert.Contains("accumulate_batches: 1, expected 2", Refused(Train, new Adam(), new() { AccumulateBatches = 2 }), StringComparison.Ordinal);
        Assert.Contains("samples: 40, expected 41", Refused(Samples.Clouds(41), new Adam(), new()), StringComparison.Ordinal);
        Assert.Contains("optimizer: Adam, expected Sgd", Refused(Train, new Sgd(0.1f), new()), StringComparison.Ordinal);
        Assert.Contains("callbacks: none, expected EarlyStopping1", Refused(Train, new Adam(), new() { Callbacks = [new EarlyStopping("loss")] }), StringComparison.Ordinal);
        var wrongNetwork = Assert.Throws<ArgumentException>(() => new Trainer<TinyRegressor>(new TinyRegressor(1), new Adam()).Fit(Samples.Plane(40), 2, resumeFrom: folder.Path));
        Assert.Contains("network: TinyClassifier, expected TinyRegressor", wrongNetwork.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_that_watches_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path), new EarlyStopping("loss")).Fit(Train, 2, Validation);

        var error = Assert.Throws<ArgumentException>(() => Trainer(new EarlyStopping("validation_loss")).Fit(Train, 3, Validation, resumeFrom: folder.Path));

        Assert.Contains("Early stopping watches 'validation_loss', but the checkpoint's watched 'loss'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_stores_what_all_callbacks_made_of_an_epoch_wherever_it_stands()
    {
        using var folder = new TemporaryFolder();
        var stopping = new EarlyStopping("loss", patience: 50);
        Trainer(new CheckpointCallback(folder.Path), stopping).Fit(Train, 2);

        var state = Safetensors.Load(folder.File("checkpoint-000002.safetensors"));

        Assert.Equal("2", state.Metadata["callback/EarlyStopping1/best_epoch"]);
        Assert.Equal(stopping.BestValue, double.Parse(state.Metadata["callback/EarlyStopping1/best_value"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Between_the_batches_of_one_step_no_checkpoint_can_be_saved()
    {
        using var folder = new TemporaryFolder();
        var save = new RecordingCallback { AtBatchEnd = context => context.SaveCheckpoint(folder.File("x.safetensors")) };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam(), new TrainerOptions { AccumulateBatches = 2, Callbacks = [save] });

        var error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Train, 1));

        Assert.Contains("after batch 1 the gradients of a step are still being added up", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_outside_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CheckpointCallback(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { EveryBatches = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { KeepLast = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { KeepBest = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { Interval = TimeSpan.FromSeconds(-1) });
    }

    private static Trainer<TinyClassifier> Trainer(params TrainingCallback[] callbacks) => Trainer(TextWriter.Null, callbacks);

    private static Trainer<TinyClassifier> Trainer(TextWriter warnings, params TrainingCallback[] callbacks) =>
        new(new TinyClassifier(1), new Adam(0.2f), new TrainerOptions { Callbacks = callbacks, Warnings = warnings });

    private static void Damage(string path, int place)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[place < 0 ? ^-place : place] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }

    private static Dictionary<string, float[]> Tensors(string path) =>
        Safetensors.Load(path).ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());
}
