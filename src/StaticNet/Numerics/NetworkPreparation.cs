using System.ComponentModel;

namespace StaticNet.Numerics;

/// <summary>Runs what a network can do once, so that it is compiled and its memory is there. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkPreparation
{
    /// <summary>The steps of a stream: two blocks and one step.</summary>
    private const int Steps = 129;

    /// <summary>Runs inference of one sample and of many.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="count">The samples that go through side by side.</param>
    public static void RunInference<TNetwork>(TNetwork network, int count)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var (inputs, outputs) = (new float[count * TNetwork.InputLength], new float[count * TNetwork.OutputLength]);
        network.Forward(inputs.AsSpan(0, TNetwork.InputLength), outputs.AsSpan(0, TNetwork.OutputLength));
        network.ForwardBatch(inputs, outputs, count);
    }

    /// <summary>Runs a step of a stream, and blocks that are long enough for all that blocks do; in the user's numbers too, where a stream takes the
    /// network's scaling.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    public static void RunStream<TNetwork>(TNetwork network)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var state = TNetwork.CreateState();
        var (inputs, outputs) = (new float[Steps * TNetwork.StreamInputLength], new float[Steps * TNetwork.StreamOutputLength]);
        network.ForwardStepRaw(state, inputs.AsSpan(0, TNetwork.StreamInputLength), outputs.AsSpan(0, TNetwork.StreamOutputLength));
        network.ForwardStepsRaw(state, inputs, outputs);
        if (!ScaledForward.TakesSteps(network))
            return;
        network.ForwardStep(state, inputs.AsSpan(0, TNetwork.StreamInputLength), outputs.AsSpan(0, TNetwork.StreamOutputLength));
        network.ForwardSteps(state, inputs, outputs);
    }

    /// <summary>Also runs a training step and an evaluation. Parameters and statistics do not change; gradients are zero afterwards.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="count">The samples that go through side by side in inference.</param>
    public static void RunTraining<TNetwork>(TNetwork network, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var before = TNetwork.ParameterTable.Parameters.Any(parameter => parameter.Kind == ParameterKind.Statistic) ? network.Weights.Values.ToArray() : null;
        var samples = TNetwork.BatchSize;
        var target = TargetOf(TNetwork.Description);
        var targets = new float[samples * target.Length];
        for (var sample = 0; sample < samples; sample++)
            target.CopyTo(targets, sample * target.Length);

        var batch = new Batch(new float[samples * TNetwork.InputLength], targets, samples) { IsScaled = true };
        network.TrainBatch(batch);
        network.EvaluateBatch(batch, new float[samples * TNetwork.OutputLength]);
        network.Gradients.Clear();
        before?.CopyTo(network.Weights.Edit());
        RunInference(network, count);
    }

    /// <summary>Targets of a sample that its losses take.</summary>
    private static float[] TargetOf(NetworkDescription description)
    {
        var target = new float[description.TargetLength];
        var ofStep = target.Length / description.OutputSteps;
        for (var begin = 0; begin < target.Length; begin += ofStep)
        {
            foreach (var loss in description.Losses)
            {
                if (loss.Kind is LossKind.Hinge or LossKind.SquaredHinge)
                    target.AsSpan(begin + loss.TargetOffset, loss.TargetLength).Fill(1);
                else if (loss is { Kind: LossKind.SoftmaxCrossEntropy, TargetIsIndex: false })
                    target[begin + loss.TargetOffset] = 1;
            }
        }

        return target;
    }
}
