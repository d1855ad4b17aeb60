using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Stochastic gradient descent with momentum: v = momentum · v + g, w = w − rate · v.</summary>
/// <param name="length">The number of parameters, a multiple of 16.</param>
/// <param name="learningRate">The rate.</param>
/// <param name="momentum">The momentum.</param>
internal sealed class MomentumStep(int length, float learningRate, float momentum)
{
    private readonly AlignedBuffer _velocity = new(length);

    /// <summary>Changes the parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients.</param>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        var rate = Vector256.Create(-learningRate);
        var keep = Vector256.Create(momentum);
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(parameters);
        var slopes = MemoryMarshal.Cast<float, Vector256<float>>(gradients);
        var velocities = MemoryMarshal.Cast<float, Vector256<float>>(_velocity.Span);
        for (var index = 0; index < weights.Length; index++)
        {
            var velocity = Vector256.MultiplyAddEstimate(velocities[index], keep, slopes[index]);
            velocities[index] = velocity;
            weights[index] = Vector256.MultiplyAddEstimate(velocity, rate, weights[index]);
        }
    }
}
