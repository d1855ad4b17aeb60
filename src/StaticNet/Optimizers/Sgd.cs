using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>Stochastic gradient descent, with momentum if asked for. Figures mean what they mean in PyTorch.</summary>
/// <remarks>
/// <para>g = gradient + weightDecay · p. Without momentum p ← p − rate · g. With momentum v ← momentum · v + (1 − dampening) · g
/// (the first step: v = g), then p ← p − rate · v, or with Nesterov p ← p − rate · (g + momentum · v).</para>
/// <para>Polyak, 1964; Nesterov, 1983, in the form of Sutskever et al., 2013.</para>
/// </remarks>
public sealed class Sgd : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The learning rate, finite and 0 or more.</param>
    /// <param name="momentum">The part of the last change that goes on, 0 to below 1. Default: 0.</param>
    /// <param name="dampening">The part of the gradient that momentum leaves out, 0 to 1. Default: 0.</param>
    /// <param name="nesterov">Whether the gradient is taken as if after the momentum's change. Needs momentum, and no dampening.</param>
    /// <exception cref="ArgumentException">A figure is outside its range, or Nesterov comes without momentum or with dampening.</exception>
    public Sgd(float learningRate, float momentum = 0, float dampening = 0, bool nesterov = false)
        : base(learningRate, momentum == 0 ? [] : ["momentum"])
    {
        CheckFraction(momentum, nameof(momentum));
        if (!(dampening is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(dampening), dampening, "Expected a number from 0 to 1.");
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException($"Nesterov needs a momentum above 0 and a dampening of 0; they are {momentum} and {dampening}.", nameof(nesterov));
        Momentum = momentum;
        Dampening = dampening;
        Nesterov = nesterov;
    }

    /// <summary>The part of the last change that goes on.</summary>
    public float Momentum { get; }

    /// <summary>The part of the gradient that momentum leaves out.</summary>
    public float Dampening { get; }

    /// <summary>Whether the gradient is taken as if after the momentum's change.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected override void Update(in OptimizerStep step)
    {
        var gradient = new DecayedGradient(step);
        if (Momentum == 0)
        {
            UpdateLoop.Run(new PlainRule(gradient, step.LearningRate), step.Parameters, step.Gradients, default, default);
            return;
        }

        var share = step.Number == 1 ? 1 : 1 - Dampening;
        var (ofGradient, ofVelocity) = Nesterov ? (1f, Momentum) : (0f, 1f);
        var rule = new MomentumRule(gradient, step.LearningRate, Momentum, share, ofGradient, ofVelocity);
        UpdateLoop.Run(rule, step.Parameters, step.Gradients, State(0, step), default);
    }

    private readonly struct PlainRule(DecayedGradient decayed, float learningRate) : IUpdateRule
    {
        public static int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Apply(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second) =>
            parameter - (new Vector<float>(learningRate) * decayed.Of(parameter, gradient));
    }

    private readonly struct MomentumRule(
        DecayedGradient decayed, float learningRate, float momentum, float share, float ofGradient, float ofVelocity) : IUpdateRule
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Apply(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
        {
            gradient = decayed.Of(parameter, gradient);
            first = (first * momentum) + (gradient * share);
            return parameter - (((gradient * ofGradient) + (first * ofVelocity)) * learningRate);
        }
    }
}
