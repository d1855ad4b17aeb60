using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Serialization;
using StaticNet.Tests.Networks;
using StaticNet.Training;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Tests.Training;

/// <summary>Numbers that are not finite, and names that are not there, do not pass for a training that went well.</summary>
public class SilentFailureTests
{
    [Fact]
    public void A_run_whose_only_step_makes_the_weights_infinite_has_diverged()
    {
        var network = new TinyRegressor(1);
        network.Weights.Edit().Clear();
        var data = new DataSet(2, 1, [3e38f, 3e38f], [1e10f]);

        var error = Assert.Throws<TrainingDivergedException>(() => new Trainer<TinyRegressor>(network, new Sgd(1)).Fit(data, 1));

        Assert.StartsWith("Parameters are not finite after batch 1 of epoch 1, though its loss is. The parameters of layer dense1", error.Message, StringComparison.Ordinal);
        Assert.Equal(("dense1", StopReason.Diverged), (error.Layer, error.History.StopReason));
    }

    [Fact]
    public void A_run_that_is_stopped_behind_its_last_step_has_diverged_too()
    {
        var network = new TinyRegressor(1);
        network.Weights.Edit().Clear();
        var data = new DataSet(2, 1, [3e38f, 3e38f, 1, 1], [1e10f, 1]);
        var options = new TrainerOptions { BatchSize = 1, Shuffle = false, Callbacks = [new RecordingCallback { AtBatchEnd = context => context.StopTraining("Enough.") }] };

        Assert.Throws<TrainingDivergedException>(() => new Trainer<TinyRegressor>(network, new Sgd(1), options).Fit(data, 1));
    }

    [Theory]
    [InlineData(float.NaN, 5, "the input of sample 2 has NaN at 1 (counted from 0)")]
    [InlineData(float.PositiveInfinity, 36, "the input of sample 18 has Infinity at 0 (counted from 0)")]
    public void A_validation_sample_that_is_not_finite_is_named_before_the_training(float value, int place, string message)
    {
        var inputs = Samples.Clouds(20).Inputs.ToArray();
        inputs[place] = value;
        var data = new DataSet(2, 1, inputs, Samples.Clouds(20).Targets.ToArray());
        var trainer = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam());
        var before = trainer.Network.Weights.Values.ToArray();

        var error = Assert.Throws<ArgumentException>(() => trainer.Fit(Samples.Clouds(20), 3, data));
        var evaluated = Assert.Throws<ArgumentException>(() => trainer.Evaluate(data));

        Assert.Equal($"Expected finite numbers in the validation samples; {message}.", error.Message.Replace("∞", "Infinity", StringComparison.Ordinal));
        Assert.Contains(message, evaluated.Message.Replace("∞", "Infinity", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(before, trainer.Network.Weights.Values.ToArray());
    }

    [Fact]
    public void A_name_that_no_epoch_has_is_refused_with_those_that_are_there()
    {
        var history = new Trainer<TinyClassifier>(new TinyClassifier(1), new Adam()).Fit(Samples.Clouds(20), 2, Samples.Clouds(8));

        var error = Assert.Throws<ArgumentException>(() => history.Values("val_loss"));

        Assert.Contains("but got 'val_loss'; there are: loss, validation_loss, validation_accuracy.", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, history.Values("validation_loss").Length);
    }

    [Fact]
    public void Many_names_of_callbacks_in_a_checkpoint_are_read_in_one_pass()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var state = new StateDict();
        state.Metadata["figure"] = "1";
        state.Add("values", [1], [2]);
        var callbacks = Enumerable.Range(0, 256).ToDictionary(index => $"Callback{index}", index => index % 100 == 0 ? state : new StateDict());
        new Checkpoint(new Dictionary<string, string>(), TrainingProgress.AtStart(0), new StateDict(), new StateDict(), callbacks).Save(folder.File("many.safetensors"));

        var read = Checkpoint.Load(folder.File("many.safetensors")).Callbacks;

        Assert.Equal(256, read.Count);
        Assert.Equal(("1", 2), (read["Callback200"].Metadata["figure"], read["Callback200"]["values"].Values[0]));
        Assert.Empty(read["Callback201"]);
    }
}
