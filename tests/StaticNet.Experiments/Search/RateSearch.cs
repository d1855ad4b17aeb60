using Digits;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Search;
using StaticNet.Training;

namespace StaticNet.Experiments.Search;

/// <summary>The learning rate of a network for digits, with and without successive halving.</summary>
internal static class RateSearch
{
    private const int Trials = 64;
    private const int Epochs = 32;

    public static void Run()
    {
        var (train, validation) = DigitsData.Load().Split(0.8, seed: 1, stratified: true);
        Console.WriteLine($"The learning rate of 64-32-10 for digits: {Trials} rates from 0.00001 to 10, {Epochs} epochs of SGD.\n");
        Console.WriteLine("| | best learning rate | validation loss | epochs |");
        Console.WriteLine("|---|---:|---:|---:|");
        Print("all epochs of all trials", Search(train, validation, null));
        Print("successive halving, a quarter at 1, 4 and 16 epochs", Search(train, validation, new SuccessiveHalving(firstStep: 1, factor: 4)));
    }

    private static void Print(string name, SearchResult result) => Console.WriteLine(
        $"| {name} | {result.Best!.Text(result.Space.Dimensions[0])} | {result.Best.Value:F4} | {result.StepCount:N0} |");

    private static SearchResult Search(DataSet train, DataSet validation, Pruner? pruner)
    {
        var rate = new LogDimension("learning_rate", 1e-5, 10);
        return new HyperparameterSearch(new SearchSpace(rate), new SobolSearch(seed: 1), new SearchOptions { Trials = Trials, Pruner = pruner }).Run(trial =>
        {
            // The same weights in all trials: they differ in the rate alone.
            var network = new DigitsMlp(seed: 1);
            network.SetScaling(inputs: Scaler.MinMax(train.Inputs, length: 1));
            var options = new TrainerOptions { Threads = 1, Progress = false, SilencedWarnings = [TrainingWarning.OscillatingLoss], Callbacks = [new PruningCallback(trial, "validation_loss")] };
            var history = Trainer.For(network, new Sgd((float)trial.Get(rate)), options).Fit(train, Epochs, validation);
            return history.Values("validation_loss")[^1];
        });
    }
}
