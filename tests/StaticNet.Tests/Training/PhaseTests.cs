using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Tests.Networks;
using StaticNet.Training;

namespace StaticNet.Tests.Training;

/// <summary>Trainings in phases: what the program says of rates and frozen layers counts, also with a folder to resume from.</summary>
public class PhaseTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    [Fact]
    public void A_second_phase_with_the_same_folder_is_thawed_and_has_its_own_rate()
    {
        using var folder = new TemporaryFolder();
        var (expected, actual) = (Trainer(), Trainer(new CheckpointCallback(folder.Path)));
        Phases(expected, null, null);

        Phases(actual, folder.Path, folder.Path);

        Assert.Empty(actual.Optimizer.FrozenParameters);
        Assert.Equal(0.001f, actual.Optimizer.LearningRate);
        Assert.Equal(20, actual.CompletedEpochs);
        AssertSameEnd(expected, actual);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(20)]
    public void A_program_of_two_phases_that_is_killed_and_started_again_ends_as_the_undisturbed_one(int killedAfter)
    {
        using var folder = new TemporaryFolder();
        var expected = Trainer();
        Phases(expected, null, null);
        var killed = Trainer(new CheckpointCallback(folder.Path), new RecordingCallback { AtEpochEnd = context => Break(context.Epoch == killedAfter + 1) });
        try
        {
            Phases(killed, folder.Path, folder.Path);
        }
        catch (InvalidOperationException exception) when (exception.Message == "Killed.")
        {
            Assert.True(killedAfter < 20);
        }

        var again = Trainer(new CheckpointCallback(folder.Path));
        Phases(again, folder.Path, folder.Path);

        Assert.Equal(20, again.CompletedEpochs);
        AssertSameEnd(expected, again);
    }

    [Fact]
    public void What_is_frozen_otherwise_in_another_program_is_refused_by_name_or_allowed()
    {
        using var folder = new TemporaryFolder();
        var first = Trainer(new CheckpointCallback(folder.Path));
        first.Optimizer.Freeze("*.bias");
        first.Fit(Train, 2);

        var error = Assert.Throws<ArgumentException>(() => Trainer().Fit(Train, 4, resumeFrom: folder.Path));
        var allowed = Trainer(new TrainerOptions { AllowedChanges = ["optimizer"] });
        var bias = first.Network.ToStateDict()["dense1.bias"].Values.ToArray();
        allowed.Fit(Train, 4, resumeFrom: folder.Path);

        Assert.Contains("optimizer.frozen: dense1.bias, expected none", error.Message, StringComparison.Ordinal);
        Assert.Empty(allowed.Optimizer.FrozenParameters);
        Assert.NotEqual(bias, allowed.Network.ToStateDict()["dense1.bias"].Values.ToArray());
    }

    [Fact]
    public void A_finished_run_says_that_other_settings_have_no_effect()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 2);
        using var warnings = new StringWriter();
        var again = Trainer(new TrainerOptions { Warnings = warnings });
        again.Optimizer.LearningRate = 0.001f;
        again.Optimizer.Freeze("*.bias");

        var history = again.Fit(Train, 2, resumeFrom: folder.Path);

        Assert.Equal(2, history.Epochs.Count);
        Assert.Contains("has all epochs of this call of Fit, so nothing is trained", warnings.ToString(), StringComparison.Ordinal);
        Assert.Contains("optimizer.frozen: none, now dense1.bias", warnings.ToString(), StringComparison.Ordinal);
        Assert.Contains(", now 0.001", warnings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_of_a_group_that_changes_between_phases_counts()
    {
        using var folder = new TemporaryFolder();
        var optimizer = new Adam(0.05f) { Groups = [new ParameterGroup("*.bias") { LearningRate = 0.5f }] };
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), optimizer, new TrainerOptions { Callbacks = [new CheckpointCallback(folder.Path)] });
        trainer.Fit(Train, 2, resumeFrom: folder.Path);

        optimizer.Groups[0].LearningRate = 0;
        var bias = trainer.Network.ToStateDict()["dense1.bias"].Values.ToArray();
        trainer.Fit(Train, 4, resumeFrom: folder.Path);

        Assert.Equal(0, optimizer.Groups[0].LearningRate);
        Assert.Equal(bias, trainer.Network.ToStateDict()["dense1.bias"].Values.ToArray());
        Assert.Equal(4, trainer.CompletedEpochs);
    }

    [Fact]
    public void A_schedule_or_dropout_that_was_switched_off_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 1);
        var present = Trainer();
        present.Optimizer.ScheduleEnabled = false;
        present.Network.DropoutEnabled = false;

        var error = Assert.Throws<ArgumentException>(() => present.Fit(Train, 2, resumeFrom: folder.Path));

        Assert.Contains("dropout_enabled: yes, expected no; optimizer.schedule_enabled: yes, expected no", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_of_another_class_that_is_allowed_begins_anew()
    {
        using var folder = new TemporaryFolder();
        Trainer(new CheckpointCallback(folder.Path)).Fit(Train, 2);
        var other = new Trainer<TinyClassifier>(new TinyClassifier(1), new Sgd(0.01f), new TrainerOptions { AllowedChanges = ["optimizer"] });

        other.Fit(Train, 4, resumeFrom: folder.Path);

        Assert.Equal(0.01f, other.Optimizer.LearningRate);
        Assert.Equal(2 * 3, other.Optimizer.StepCount);
    }

    private static void Phases(Trainer<TinyClassifier> trainer, string? first, string? second)
    {
        trainer.Optimizer.Freeze("*.bias");
        trainer.Fit(Train, 5, resumeFrom: first);
        trainer.Optimizer.Unfreeze("*.bias");
        trainer.Optimizer.LearningRate = 0.001f;
        // With a folder the number of epochs is that of all of them.
        trainer.Fit(Train, second is null ? 15 : 20, resumeFrom: second);
    }

    private static void Break(bool now)
    {
        if (now)
            throw new InvalidOperationException("Killed.");
    }

    private static void AssertSameEnd(Trainer<TinyClassifier> expected, Trainer<TinyClassifier> actual)
    {
        Assert.Equal(expected.Network.Weights.Values.ToArray(), actual.Network.Weights.Values.ToArray());
        Assert.Equal(expected.Optimizer.ToStateDict().Metadata, actual.Optimizer.ToStateDict().Metadata);
    }

    private static Trainer<TinyClassifier> Trainer(params TrainingCallback[] callbacks) => Trainer(new TrainerOptions { Callbacks = callbacks });

    private static Trainer<TinyClassifier> Trainer(TrainerOptions options) => new(new TinyClassifier(1), new Adam(0.05f), options);
}
