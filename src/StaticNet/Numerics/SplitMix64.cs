namespace StaticNet.Numerics;

/// <summary>The mixing function of SplitMix64: every bit of the input changes every bit of the output.</summary>
internal static class SplitMix64
{
    /// <summary>What the generator adds to its state at each step: 2⁶⁴ divided by the golden ratio.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>A bijection on 64 bits that maps 0 to 0.</summary>
    public static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
