using System.Numerics;
using System.Runtime.CompilerServices;

namespace StaticNet.Optimizers;

/// <summary>What Adam and AdamW share: the moving averages of gradients and of their squares, with corrected bias.</summary>
/// <remarks>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and at step t
/// p ← p − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε).
/// </remarks>
public abstract class AdaptiveMoments : Optimizer
{
    private protected AdaptiveMoments(float learningRate, double beta1, double beta2, float epsilon)
        : base(learningRate, "mean", "square")
    {
        CheckFraction(beta1, nameof(beta1));
        CheckFraction(beta2, nameof(beta2));
        if (!(epsilon > 0 && float.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Expected a finite number above 0.");
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
    }

    /// <summary>β₁, the part of the gradients' average that stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the part of the squares' average that stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>ε, what keeps the divisor above 0.</summary>
    public float Epsilon { get; }

    /// <summary>Takes the step.</summary>
    /// <param name="step">The run and the figures.</param>
    /// <param name="gradientDecay">The weight decay that is added to the gradient.</param>
    /// <param name="decoupledDecay">The part of a parameter that goes, apart from the gradient.</param>
    private protected void Update(in OptimizerStep step, float gradientDecay, float decoupledDecay)
    {
        // In double: 1 − β₂ and 1 − β₂ᵗ of the first steps have few digits left in float.
        var rule = new Rule
        {
            Decayed = new DecayedGradient(step.GradientScale, gradientDecay),
            DecoupledDecay = decoupledDecay,
            Rate = (float)(step.LearningRate / (1 - Math.Pow(Beta1, step.Number))),
            Correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step.Number))),
            OldMean = (float)Beta1,
            NewMean = (float)(1 - Beta1),
            OldSquare = (float)Beta2,
            NewSquare = (float)(1 - Beta2),
            Epsilon = Epsilon,
        };
        UpdateLoop.Run(rule, step.Parameters, step.Gradients, State(0, step), State(1, step));
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int StateCount => 2;

        public DecayedGradient Decayed { get; init; }
        public float DecoupledDecay { get; init; }
        public float Rate { get; init; }
        public float Correction { get; init; }
        public float OldMean { get; init; }
        public float NewMean { get; init; }
        public float OldSquare { get; init; }
        public float NewSquare { get; init; }
        public float Epsilon { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Apply(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
        {
            gradient = Decayed.Of(parameter, gradient);
            first = (first * OldMean) + (gradient * NewMean);
            second = (second * OldSquare) + (gradient * gradient * NewSquare);
            var divisor = (Vector.SquareRoot(second) * Correction) + new Vector<float>(Epsilon);
            return parameter - (parameter * DecoupledDecay) - (first * Rate / divisor);
        }
    }
}
