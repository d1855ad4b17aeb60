using System.Numerics.Tensors;

namespace StaticNet.Benchmarks.Peers;

/// <summary>What Winograd's transforms add to the error of a network's outputs.</summary>
internal static class WinogradError
{
    private const int Inputs = 1024;

    /// <summary>
    /// The largest difference between the outputs of two forms of a network, of which one computes its convolutions directly, as
    /// a part of the largest output, over 1,024 random inputs.
    /// </summary>
    /// <typeparam name="TWinograd">The form with Winograd's transforms.</typeparam>
    /// <typeparam name="TDirect">The same layers, with the same parameters, computed directly.</typeparam>
    public static double Of<TWinograd, TDirect>()
        where TWinograd : class, INetwork<TWinograd>
        where TDirect : class, INetwork<TDirect>
    {
        var winograd = RandomNetwork.Create<TWinograd>();
        var direct = TDirect.Create(0);
        winograd.Weights.Values.CopyTo(direct.Weights.Edit());
        var inputs = new InputSet(Inputs, TWinograd.Description.InputLength)[0];
        var outputs = new float[Inputs * TWinograd.Description.OutputLength];
        var expected = new float[outputs.Length];
        winograd.ForwardBatch(inputs, outputs, Inputs);
        direct.ForwardBatch(inputs, expected, Inputs);
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected));
        TensorPrimitives.Subtract(outputs, expected, outputs);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(outputs)) / largest;
    }
}
