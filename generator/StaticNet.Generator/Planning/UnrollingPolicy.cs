using StaticNet.Generator.Kernels;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Whether a layer's code for one sample is straight-line or a loop.</summary>
internal static class UnrollingPolicy
{
    /// <summary>
    /// The most vector products that are written straight out unless the layer says otherwise. Beyond, code no longer stays
    /// in the instruction cache from call to call, and a loop is as fast (<c>-- unrolling</c> in the benchmarks measures it).
    /// </summary>
    public const int MostProducts = 512;

    /// <summary>The most that a method may hold before the JIT compiles it badly; <c>Always</c> ends here too.</summary>
    public const int MostProductsOfMethod = 768;

    public static bool IsUnrolled(Contraction contraction)
    {
        var products = ProductUnrolledKernel.ProductsOf(contraction.Inputs[0].Type.Last, contraction.Output.Type.Last);
        return contraction.Unrolling switch
        {
            UnrollingChoice.Never => false,
            UnrollingChoice.Always => products <= MostProductsOfMethod,
            _ => products <= MostProducts,
        };
    }
}
