using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Tests.Training;

/// <summary>A resumption that fails, for whatever reason, leaves network, optimizer, trainer, callbacks and files as they were.</summary>
public class FailedResumeTests
{
    private static readonly DataSet Train = Samples.Clouds(40);

    [Fact]
    public void A_parameter_of_another_shape_changes_nothing()
    {
        var error = AssertNothingChanges<ArgumentException>(checkpoint => checkpoint with { Network = Replaced(checkpoint.Network, "dense1.bias", 4) });

        Assert.Contains("dense1.bias (expected [3], got [4])", error.Message, StringComparison.Ordinal);
        Assert.Equal("resumeFrom", error.ParamName);
    }

    [Fact]
    public void A_parameter_of_another_name_changes_nothing()
    {
        var error = AssertNothingChanges<ArgumentException>(checkpoint => checkpoint with { Network = Renamed(checkpoint.Network, "dense1.bias", "dense9.bias") });

        Assert.Contains("missing: dense1.bias", error.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: dense9.bias", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_the_optimizer_of_another_shape_changes_nothing()
    {
        var error = AssertNothingChanges<ArgumentException>(checkpoint =>
            checkpoint with { Optimizer = Replaced(checkpoint.Optimizer, checkpoint.Optimizer.First().Name, 7) });

        Assert.Contains("got [7]", error.Message, StringComparison.Ordinal);
        Assert.Equal("resumeFrom", error.ParamName);
    }

    [Theory]
    [InlineData("optimizer.step", "many", "Expected the number of steps")]
    [InlineData("optimizer.learning_rate", "-1", "Expected a learning rate")]
    [InlineData("optimizer.frozen", "dense7.bias", "'dense7.bias' is there")]
    public void A_figure_of_the_optimizer_that_is_none_changes_nothing(string key, string value, string message)
    {
        var error = AssertNothingChanges<ArgumentException>(checkpoint =>
        {
            checkpoint.Optimizer.Metadata[key] = value;
            return checkpoint;
        });

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_behind_the_end_of_an_epoch_changes_nothing()
    {
        var error = AssertNothingChanges<CheckpointException>(checkpoint => checkpoint with { Progress = checkpoint.Progress with { Batch = 99 } });

        Assert.Contains("between two steps of 1 of the 3 batches of an epoch; it is one after batch 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_between_the_batches_of_one_step_changes_nothing() => Assert.Contains(
        "between two steps of 2 of the 3 batches of an epoch; it is one after batch 1",
        AssertNothingChanges<CheckpointException>(checkpoint => checkpoint with { Progress = checkpoint.Progress with { Batch = 1 } }, accumulate: 2).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_state_that_a_callback_refuses_changes_nothing_not_even_other_callbacks()
    {
        var error = AssertNothingChanges<ArgumentException>(checkpoint =>
        {
            checkpoint.Callbacks["EarlyStopping1"].Metadata["monitor"] = "something";
            return checkpoint;
        });

        Assert.Contains("the checkpoint's watched 'something'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_that_fails_at_the_begin_changes_nothing() =>
        AssertNothingChanges<InvalidOperationException>(checkpoint => checkpoint, more: new FailingCallback());

    [Fact]
    public void A_setting_that_differs_changes_nothing() => Assert.Contains(
        "seed: 8, expected 0",
        AssertNothingChanges<ArgumentException>(checkpoint => checkpoint with { Settings = With(checkpoint.Settings, "seed", "8") }).Message,
        StringComparison.Ordinal);

    /// <summary>Trains and stores, changes what was stored, and lets another trainer, which has been trained itself, go on from it.</summary>
    private static TException AssertNothingChanges<TException>(Func<Checkpoint, Checkpoint> change, int accumulate = 1, params TrainingCallback[] more)
        where TException : Exception
    {
        using var folder = new TemporaryFolder();
        Trainer<TinyClassifier> Make(ulong seed, TrainingCallback first, TrainingCallback second, params TrainingCallback[] rest) =>
            new(new TinyClassifier(seed), new Adam(0.2f), new TrainerOptions { AccumulateBatches = accumulate, Callbacks = [first, second, .. rest], AllowedChanges = ["scaling"], Warnings = TextWriter.Null });
        EarlyStopping Stopping() => new("loss", patience: 50);
        ReduceOnPlateau Reduction() => new("loss", patience: 1, threshold: 10);
        Make(1, Reduction(), Stopping(), new CheckpointCallback(folder.Path)).Fit(Train, 5);
        foreach (var name in folder.Names())
            change(Checkpoint.Load(folder.File(name))).Save(folder.File(name));
        var files = folder.Names().ToDictionary(name => name, name => File.ReadAllBytes(folder.File(name)));

        var (reduction, stopping) = (Reduction(), Stopping());
        var trainer = Make(2, reduction, stopping, more);
        foreach (var failing in more.OfType<FailingCallback>())
            failing.Fails = false;
        trainer.Fit(Train, 2);
        foreach (var failing in more.OfType<FailingCallback>())
            failing.Fails = true;
        var scaler = Scaler.Standard(Train.Inputs, 2);
        trainer.Network.SetScaling(scaler);
        var network = trainer.Network.ToStateDict();
        StateDict[] states = [trainer.Optimizer.ToStateDict(), reduction.ToStateDict(), stopping.ToStateDict()];

        var error = Assert.Throws<TException>(() => trainer.Fit(Train, 9, resumeFrom: folder.Path));

        AssertSame(network, trainer.Network.ToStateDict());
        Assert.Same(scaler, trainer.Network.Weights.Scaling.Inputs);
        Assert.All(states.Zip([trainer.Optimizer.ToStateDict(), reduction.ToStateDict(), stopping.ToStateDict()]), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal(2, trainer.CompletedEpochs);
        Assert.Equal(files.Keys, folder.Names());
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllBytes(folder.File(file.Key))));
        return error;
    }

    private static void AssertSame(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.Select(tensor => tensor.Name), actual.Select(tensor => tensor.Name));
        Assert.All(expected, tensor => Assert.Equal(tensor.Values.ToArray(), actual[tensor.Name].Values.ToArray()));
    }

    private static StateDict Replaced(StateDict state, string name, int length) =>
        Copy(state, tensor => tensor.Name, tensor => tensor.Name == name ? new float[length] : null);

    private static StateDict Renamed(StateDict state, string from, string to) =>
        Copy(state, tensor => tensor.Name == from ? to : tensor.Name, _ => null);

    private static StateDict Copy(StateDict state, Func<StateTensor, string> name, Func<StateTensor, float[]?> values)
    {
        var copy = new StateDict();
        foreach (var (key, value) in state.Metadata)
            copy.Metadata.Add(key, value);
        foreach (var tensor in state)
        {
            if (values(tensor) is { } others)
                copy.Add(name(tensor), [others.Length], others);
            else
                copy.Add(name(tensor), tensor.Shape.AsSpan(), tensor.Values);
        }

        return copy;
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> settings, string key, string value) =>
        new(settings, StringComparer.Ordinal) { [key] = value };

    private sealed class FailingCallback : TrainingCallback
    {
        public bool Fails { get; set; }

        public override void OnRunBegin(TrainingContext context)
        {
            if (Fails)
                throw new InvalidOperationException("Not now.");
        }
    }
}
