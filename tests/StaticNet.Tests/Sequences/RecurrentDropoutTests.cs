using StaticNet.Networks.Sequences;
using StaticNet.Reference;
using StaticNet.Reference.Comparison;
using DropoutMask = StaticNet.Numerics.DropoutMask;

namespace StaticNet.Tests.Sequences;

/// <summary>Recurrent dropout: one mask for all steps of a sequence, before the weights of the hidden state.</summary>
public sealed class RecurrentDropoutTests
{
    private const int Count = 5;

    [Fact]
    public void A_training_step_is_that_of_the_reference_with_the_same_units_dropped()
    {
        var reference = ReferenceNetwork.Of(typeof(DroppedStates));
        var random = new Random(3);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var batch = ReferenceData.RandomBatch(reference, parameters, random, Count, 1e-4);
        var network = new DroppedStates(seed: 7);
        GeneratedParameters.Pack(DroppedStates.ParameterTable, parameters, network.Weights.Edit());
        var dropped = 0;
        var masked = batch with { Dropout = (layer, sample, length) => Mask(network.Seed, layer, sample, length) };
        foreach (var (given, isEnabled) in new[] { (masked, true), (batch, false), (masked with { SequenceLengths = [6, 1, 3, 5, 2] }, true) })
        {
            var report = new ComparisonReport(isEnabled ? "with dropout" : "without");
            network.DropoutEnabled = isEnabled;
            var loss = network.TrainBatch(new Batch(GeneratedParameters.Floats(given.Inputs.SelectMany(input => input)), GeneratedParameters.Floats(given.Targets.SelectMany(target => target)), Count)
            {
                SequenceLengths = given.SequenceLengths,
            });

            report.Compare("loss", [reference.TrainingLoss(parameters, given)], [loss], 1e-5, 0);
            var gradients = GeneratedParameters.UnpackTrainable(DroppedStates.ParameterTable, network.Gradients);
            foreach (var (name, expected) in reference.Gradients(parameters, given))
                report.Compare(name, expected, gradients[name], 5e-5, 1e-3);
            var ofInputs = new float[Count * DroppedStates.InputLength];
            network.CopyInputGradients(ofInputs);
            report.Compare("gradients of the inputs", reference.InputGradients(parameters, given), GeneratedParameters.Doubles(ofInputs), 5e-5, 1e-3);
            Assert.True(report.Passed, report.ToString());
        }

        Assert.NotEqual(reference.TrainingLoss(parameters, batch), reference.TrainingLoss(parameters, masked), 1e-3);
        Assert.InRange(dropped, 1, int.MaxValue);

        // The layers draw from streams in their order, each direction from its own.
        bool[] Mask(ulong seed, string layer, int sample, int length)
        {
            var stream = Array.IndexOf(["gru1", "gru2", "lstm1", "lstm1_reverse", "simpleRNN1"], layer);
            var threshold = DropoutMask.Threshold(1 - (layer switch { "gru1" => 0.4, "gru2" => 0.3, "simpleRNN1" => 0.25, _ => 0.5 }));
            var key = DropoutMask.Key(seed, (uint)stream, (ulong)sample);
            bool[] kept = [.. Enumerable.Range(0, length).Select(unit => DropoutMask.Keep(key, (uint)unit, threshold, 1) > 0)];
            dropped += kept.Count(isKept => !isKept);
            return kept;
        }
    }

    [Fact]
    public void Outside_training_nothing_is_dropped()
    {
        for (var seed = 1; seed <= 2; seed++)
        {
            var report = NetworkComparison.Compare(typeof(DroppedStates), seed);
            Assert.True(report.Passed, report.ToString());
        }

        var network = new DroppedStates();
        var (inputs, outputs, evaluated) = (new float[2 * DroppedStates.InputLength], new float[2 * DroppedStates.OutputLength], new float[2 * DroppedStates.OutputLength]);
        inputs.AsSpan().Fill(0.5f);
        network.ForwardBatch(inputs, outputs, 2);
        network.EvaluateBatch(new Batch(inputs, new float[2 * DroppedStates.TargetLength], 2), evaluated);
        Assert.Equal(outputs, evaluated);
    }
}
