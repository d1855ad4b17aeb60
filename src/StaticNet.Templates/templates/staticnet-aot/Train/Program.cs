using System.Reflection;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet_App;

// Two half circles that reach into each other, with a little noise.
const int count = 1000;
var random = new Random(1);
var (inputs, targets) = (new float[2 * count], new float[count]);
for (var sample = 0; sample < count; sample++)
{
    var (angle, moon) = (random.NextDouble() * Math.PI, sample % 2);
    inputs[2 * sample] = (float)((moon == 0 ? Math.Cos(angle) : 1 - Math.Cos(angle)) + (0.2 * (random.NextDouble() - 0.5)));
    inputs[(2 * sample) + 1] = (float)((moon == 0 ? Math.Sin(angle) : 0.5 - Math.Sin(angle)) + (0.2 * (random.NextDouble() - 0.5)));
    targets[sample] = moon;
}

var (train, test) = new DataSet(MoonsNetwork.InputLength, MoonsNetwork.TargetLength, inputs, targets).Split(0.8, seed: 1);
var network = new MoonsNetwork(seed: 1);
var trainer = Trainer.For(network, new Adam(learningRate: 0.01f), new TrainerOptions { Seed = 1, Progress = false });
trainer.Fit(train, epochs: 60);
Console.WriteLine($"{100 * trainer.Evaluate(test)["accuracy"]:F1} % of {test.Count} points are right");

var file = typeof(MoonsNetwork).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "WeightsFile").Value!;
network.SaveSafetensors(file);
Console.WriteLine($"Weights written to {file}");
