namespace StaticNet.Generator.Vocabulary;

/// <summary>The sizes that code is written for.</summary>
internal static class Limits
{
    /// <summary>The most floats that one value may have: 64 MiB per sample.</summary>
    public const int LargestValue = 1 << 24;

    /// <summary>The most layers, those of blocks and the blocks themselves included.</summary>
    public const int MostLayers = 1000;

    /// <summary>The most parameters, and the most activations of a batch: 1 GiB of floats.</summary>
    public const int MostFloats = 1 << 28;

    /// <summary>The most floats of weights that are baked into code: half of what all texts of an assembly may take together, which is 16 MB.</summary>
    public const int MostBakedFloats = 2_000_000;

    /// <summary>The longest file that is read for that: as many floats of 64 bits, twice.</summary>
    public const int MostBakedBytes = 32_000_000;

    /// <summary>The largest batch.</summary>
    public const int LargestBatch = 65_536;

    /// <summary>The most losses.</summary>
    public const int MostLosses = 256;

    /// <summary>The most steps of a sequence.</summary>
    public const int MostSteps = 1 << 20;

    /// <summary>The most units of a recurrent layer.</summary>
    public const int MostUnits = 65_536;

    /// <summary>The most inputs, and the most outputs.</summary>
    public const int MostPorts = 32;

    /// <summary>The most layers that one joins.</summary>
    public const int MostJoined = 256;
}
