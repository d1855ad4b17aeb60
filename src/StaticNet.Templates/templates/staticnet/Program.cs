using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet_App;

var data = new DataSet(inputLength: 2, targetLength: 1, inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0]);

var network = new XorNetwork(seed: 42);
Trainer.For(network, new Adam(learningRate: 0.05f), new TrainerOptions { Progress = false }).Fit(data, epochs: 200);
network.SaveSafetensors("xor.safetensors");

Span<float> score = stackalloc float[XorNetwork.OutputLength];
for (var sample = 0; sample < data.Count; sample++)
{
    var input = data.Inputs.Slice(sample * XorNetwork.InputLength, XorNetwork.InputLength);
    network.Forward(input, score);
    Console.WriteLine($"{input[0]} xor {input[1]} = {(score[0] > 0 ? 1 : 0)}");
}
