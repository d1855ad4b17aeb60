using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Planning;

/// <summary>Whether a layer's code for one sample is straight-line or a loop.</summary>
internal static class UnrollingPolicy
{
    /// <summary>
    /// The most vector products that are written straight out unless the layer says otherwise. Up to about 16 × 16 straight-line
    /// code is faster; from 24 × 24 on a loop, with as many independent sums, is as fast or faster and a tenth of the code. The
    /// mode <c>unrolling</c> of the benchmarks measures both sides of the border.
    /// </summary>
    public const int MostProducts = 64;

    /// <summary>The most that a method may hold before the JIT compiles it badly; <c>Always</c> ends here too.</summary>
    public const int MostProductsOfMethod = 768;

    public static bool IsUnrolled(Contraction contraction)
    {
        var products = ProductsOf(contraction.Inputs[0].Type.Last, contraction.Output.Type.Last);
        return contraction.Unrolling switch
        {
            Unrolling.Never => false,
            Unrolling.Always => products <= MostProductsOfMethod,
            _ => products <= MostProducts,
        };
    }

    /// <summary>The vector products of a layer written straight out, with vectors of 8.</summary>
    private static int ProductsOf(int depth, int width) => depth * ((width + 7) / 8);
}
