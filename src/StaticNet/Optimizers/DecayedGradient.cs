using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>scale · gradient + decay · parameter: the clipped gradient of the loss with the L2 penalty ½ · decay · ‖p‖².</summary>
internal readonly struct DecayedGradient(float scale, float decay)
{
    public DecayedGradient(in OptimizerStep step)
        : this(step.GradientScale, step.WeightDecay)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Of(Vector<float> parameter, Vector<float> gradient) => (gradient * scale) + (parameter * decay);
}
