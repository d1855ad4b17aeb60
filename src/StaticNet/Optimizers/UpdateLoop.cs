using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Optimizers;

/// <summary>The loop of all optimizers: every update is one pass over parameters, gradients and state.</summary>
/// <remarks>
/// The lengths are multiples of 16, so of any vector's, and there is no remainder. Lanes never meet, so neither the vectors' width
/// nor where a pass begins and ends changes the result. Rules hold their settings as vectors: then they stay in registers, where a
/// figure would be spread over a vector again in each round.
/// </remarks>
/// <typeparam name="TVector">The vectors that the pass goes by.</typeparam>
internal static class UpdateLoop<TVector>
    where TVector : struct, IVector<TVector>
{
    /// <summary>How many floats ahead are fetched: a page of memory.</summary>
    private const nuint FetchedAhead = 1024;

    /// <summary>Applies a rule to each vector of parameters.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="step">Parameters, gradients, and how gradients are clipped and penalised.</param>
    /// <param name="gradientDecay">The weight decay that joins the gradient.</param>
    /// <param name="first">The first state, when there is one.</param>
    /// <param name="second">The second state, when there is one.</param>
    /// <param name="third">The third state, when there is one.</param>
    public static void Run<TRule>(
        in TRule rule, in OptimizerStep step, float gradientDecay, Span<float> first = default, Span<float> second = default, Span<float> third = default)
        where TRule : struct, IUpdateRule<TVector>
    {
        if (float.IsPositiveInfinity(step.GradientLimit) && step.L1 == 0)
            Run(rule, new DecayedGradient<TVector>(step.GradientScale, gradientDecay), step.Parameters, step.Gradients, first, second, third);
        else
            Run(rule, new PenalizedGradient<TVector>(step.GradientLimit, step.GradientScale, gradientDecay, step.L1), step.Parameters, step.Gradients, first, second, third);
    }

    // Not inlined: within a caller that has made rule and penalties, their figures would stay in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TRule, TGradient>(
        TRule rule, TGradient penalties, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, Span<float> third)
        where TRule : struct, IUpdateRule<TVector>
        where TGradient : struct, IGradientRule<TVector>
    {
        Debug.Assert(parameters.Length % ParameterInfo.PanelWidth == 0 && gradients.Length == parameters.Length);
        Debug.Assert(TRule.StateCount < 1 || first.Length == parameters.Length);
        Debug.Assert(TRule.StateCount < 2 || second.Length == parameters.Length);
        Debug.Assert(TRule.StateCount < 3 || third.Length == parameters.Length);

        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var s1 = ref MemoryMarshal.GetReference(first);
        ref var s2 = ref MemoryMarshal.GetReference(second);
        ref var s3 = ref MemoryMarshal.GetReference(third);
        for (nuint i = 0; i < (nuint)parameters.Length; i += (nuint)TVector.Count)
        {
            if (TRule.StateCount > 1)
            {
                Prefetch(ref p, i);
                Prefetch(ref g, i);
                Prefetch(ref s1, i);
                Prefetch(ref s2, i);
            }

            if (TRule.StateCount > 2)
                Prefetch(ref s3, i);
            var parameter = TVector.Load(ref p, i);
            var gradient = penalties.Of(parameter, TVector.Load(ref g, i));
            var state1 = TRule.StateCount > 0 ? TVector.Load(ref s1, i) : default;
            var state2 = TRule.StateCount > 1 ? TVector.Load(ref s2, i) : default;
            var state3 = TRule.StateCount > 2 ? TVector.Load(ref s3, i) : default;
            rule.Apply(parameter, gradient, ref state1, ref state2, ref state3).Store(ref p, i);
            if (TRule.StateCount > 0)
                state1.Store(ref s1, i);
            if (TRule.StateCount > 1)
                state2.Store(ref s2, i);
            if (TRule.StateCount > 2)
                state3.Store(ref s3, i);
        }
    }

    /// <summary>
    /// Begins to fetch what a later round reads. Processors foresee a few streams, each up to the end of its page; more of them
    /// need help. This includes addresses after the end of a stream: what cannot be fetched is ignored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref float stream, nuint index)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref stream) + index + FetchedAhead);
    }
}
