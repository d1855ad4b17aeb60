using StaticNet.Networks.CustomLosses;
using StaticNet.Optimizers;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.CustomLosses;

/// <summary>Losses of the program's own, and gradients of inputs.</summary>
public sealed class CustomLossTests
{
    [Theory]
    [InlineData(typeof(ActorCritic))]
    [InlineData(typeof(WithOwnLoss))]
    [InlineData(typeof(Sequence))]
    [InlineData(typeof(Saliency))]
    public void Outputs_losses_and_gradients_agree_with_the_reference(Type network)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var report = NetworkComparison.Compare(network, seed);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void A_loss_of_ones_own_trains_as_ours_does()
    {
        var (ours, own) = (new WithOurLoss(seed: 4), new WithOwnLoss(seed: 4));
        Optimizer ofOurs = new Adam(0.01f), ofOwn = new Adam(0.01f);
        ofOurs.Attach(ours.Weights);
        ofOwn.Attach(own.Weights);
        var random = new Random(8);
        var (inputs, targets) = (new float[16 * 5], new float[16 * 3]);
        var (outputs, gradients) = (new float[16 * 3], new float[16 * 3]);
        for (var step = 0; step < 50; step++)
        {
            for (var index = 0; index < inputs.Length; index++)
                inputs[index] = random.NextSingle() - 0.5f;
            for (var index = 0; index < targets.Length; index++)
                targets[index] = inputs[index] * 2;

            ours.TrainBatch(new Batch(inputs, targets, 16));
            ofOurs.Step(ours.Weights, ours.Gradients);

            own.ForwardTraining(new Batch(inputs, default, 16), outputs);
            for (var index = 0; index < outputs.Length; index++)
                gradients[index] = 2 * (outputs[index] - targets[index]) / 3;
            own.Backward(new Batch(inputs, gradients, 16));
            ofOwn.Step(own.Weights, own.Gradients);
        }

        for (var index = 0; index < ours.Weights.Values.Length; index++)
            Assert.Equal(ours.Weights.Values[index], own.Weights.Values[index], 1e-4f);
    }

    [Fact]
    public void The_two_halves_are_one_step()
    {
        var (halves, whole) = (new ActorCritic(seed: 2), new ActorCritic(seed: 2));
        var random = new Random(3);
        var inputs = Enumerable.Range(0, 12 * ActorCritic.InputLength).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var targets = Enumerable.Range(0, 12 * ActorCritic.TargetLength).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var batch = new Batch(inputs, targets, 12) { FirstSample = 77, Scale = 0.3f };
        var outputs = new float[12 * ActorCritic.OutputLength];
        halves.ForwardTraining(batch, outputs);
        var loss = halves.Backward(batch);
        Assert.Equal(whole.TrainBatch(batch), loss);
        Assert.Equal(whole.Gradients, halves.Gradients);
        Assert.Equal(whole.Weights.Values, halves.Weights.Values);
        Assert.DoesNotContain(outputs, float.IsNaN);

        var (ofHalves, ofWhole) = (new float[inputs.Length], new float[inputs.Length]);
        halves.CopyInputGradients(ofHalves);
        whole.CopyInputGradients(ofWhole);
        whole.CopyInputGradients(ofWhole);
        Assert.Equal(ofWhole, ofHalves);
    }

    [Fact]
    public void Outputs_of_the_first_half_are_those_of_training()
    {
        // Without dropout and with the statistics of the batch itself the outputs follow from the reference; here it is enough that dropout drops.
        var network = new ActorCritic(seed: 2);
        var inputs = Enumerable.Range(0, 12 * ActorCritic.InputLength).Select(index => MathF.Sin(index)).ToArray();
        var (first, second) = (new float[12 * ActorCritic.OutputLength], new float[12 * ActorCritic.OutputLength]);
        network.ForwardTraining(new Batch(inputs, default, 12), first);
        network.ForwardTraining(new Batch(inputs, default, 12) { FirstSample = 12 }, second);
        Assert.NotEqual(first, second);
        network.ForwardTraining(new Batch(inputs, default, 12), second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var network = new ActorCritic();
        var (inputs, targets) = (new float[12 * ActorCritic.InputLength], new float[12 * ActorCritic.TargetLength]);
        var outputs = new float[12 * ActorCritic.OutputLength];
        Assert.Equal(0, Allocations.Of(() =>
        {
            network.ForwardTraining(new Batch(inputs, targets, 12), outputs);
            network.Backward(new Batch(inputs, targets, 12));
            network.CopyInputGradients(inputs);
        }));
    }

    [Fact]
    public void Halves_that_do_not_belong_together_are_refused()
    {
        var network = new WithOwnLoss();
        var (inputs, targets, outputs) = (new float[16 * 5], new float[16 * 3], new float[16 * 3]);
        Assert.StartsWith("Backward is the second half", Fault(), StringComparison.Ordinal);

        network.ForwardTraining(new Batch(inputs, default, 16), outputs);
        network.Forward(inputs.AsSpan(0, 5), outputs.AsSpan(0, 3));
        Assert.StartsWith("Backward must directly follow ForwardTraining", Fault(), StringComparison.Ordinal);
        Assert.StartsWith("Backward is the second half", Fault(), StringComparison.Ordinal);

        network.ForwardTraining(new Batch(inputs, default, 16), outputs);
        network.Weights.Edit()[0] = 1;
        Assert.StartsWith("Backward must directly follow ForwardTraining", Fault(), StringComparison.Ordinal);

        network.ForwardTraining(new Batch(inputs.AsSpan(0, 20), default, 4), outputs.AsSpan(0, 12));
        Assert.Throws<ArgumentException>(() => network.Backward(new Batch(inputs, targets, 16)));

        Assert.Throws<ArgumentException>(() => network.ForwardTraining(new Batch(inputs, default, 15), outputs));
        Assert.Throws<ArgumentException>(() => network.ForwardTraining(new Batch(inputs, default, 16), outputs.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => network.ForwardTraining(new Batch(inputs, default, 16), inputs.AsSpan(0, 48)));

        // What was refused has not broken anything.
        network.ForwardTraining(new Batch(inputs, default, 16), outputs);
        network.Backward(new Batch(inputs, targets, 16));

        string Fault() => Assert.Throws<InvalidOperationException>(() => network.Backward(new Batch(inputs, targets, 16))).Message;
    }

    [Fact]
    public void Gradients_of_inputs_that_are_gone_are_refused()
    {
        var network = new Saliency();
        var (inputs, gradients) = (new float[6 * Saliency.InputLength], new float[6 * Saliency.InputLength]);
        Assert.Throws<InvalidOperationException>(() => network.CopyInputGradients(gradients));
        network.TrainBatch(new Batch(inputs, new float[6], 6));
        Assert.Throws<ArgumentException>(() => network.CopyInputGradients(gradients.AsSpan(1)));
        network.CopyInputGradients(gradients);
        network.Forward(inputs.AsSpan(0, Saliency.InputLength), new float[2]);
        Assert.Throws<InvalidOperationException>(() => network.CopyInputGradients(gradients));
    }

    [Fact]
    public void A_policy_learns_from_rewards()
    {
        // REINFORCE on a bandit whose best arm is told by the input: three arms, reward 1 for the arm of the largest input.
        var network = new WithOwnLoss(seed: 6);
        Optimizer optimizer = new Adam(0.02f);
        optimizer.Attach(network.Weights);
        var random = new Random(9);
        var (inputs, outputs, gradients) = (new float[16 * 5], new float[16 * 3], new float[16 * 3]);
        var recent = 0.0;
        for (var step = 0; step < 600; step++)
        {
            for (var index = 0; index < inputs.Length; index++)
                inputs[index] = (random.NextSingle() * 2) - 1;
            network.ForwardTraining(new Batch(inputs, default, 16), outputs);
            for (var sample = 0; sample < 16; sample++)
            {
                var logits = outputs.AsSpan(sample * 3, 3);
                var exponentials = logits.ToArray().Select(MathF.Exp).ToArray();
                var sum = exponentials.Sum();
                var (draw, arm) = (random.NextSingle() * sum, 0);
                while (arm < 2 && (draw -= exponentials[arm]) > 0)
                    arm++;
                var arms = inputs.AsSpan(sample * 5, 3);
                var reward = arms[arm] >= Math.Max(arms[0], Math.Max(arms[1], arms[2])) ? 1f : 0f;
                recent += (reward - recent) * 0.002;
                for (var other = 0; other < 3; other++)
                    gradients[(sample * 3) + other] = (reward - 0.33f) * ((exponentials[other] / sum) - (other == arm ? 1 : 0));
            }

            network.Backward(new Batch(inputs, gradients, 16));
            optimizer.Step(network.Weights, network.Gradients);
        }

        Assert.True(recent > 0.75, $"The right arm was drawn in {recent:P0} of the last cases.");
    }
}
