using StaticNet.Training;

namespace Amplifier;

/// <summary>Prints how the error-to-signal ratio falls on a part of the recording that is not trained on.</summary>
internal sealed class ErrorProgress(Capture network, float[] input, float[] output) : TrainingCallback
{
    public override void OnEpochEnd(TrainingContext context)
    {
        if (context.Epoch == 1 || context.Epoch % Math.Max(context.EpochCount / 6, 1) == 0)
            Console.WriteLine($"epoch {context.Epoch,3}: error-to-signal ratio {Training.ErrorToSignal(network, input, output):P2}");
    }
}
