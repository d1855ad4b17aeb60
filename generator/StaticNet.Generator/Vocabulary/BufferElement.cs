namespace StaticNet.Generator.Vocabulary;

/// <summary>What a value consists of in memory. Elements of each kind take four bytes, as floats do, in which places are counted.</summary>
internal enum BufferElement
{
    /// <summary>Floats.</summary>
    Float32,

    /// <summary>Words with the upper halves of two floats.</summary>
    BFloat16Pair,
}

/// <summary>What the kinds of elements mean.</summary>
internal static class BufferElements
{
    /// <summary>The type in C#.</summary>
    public static string Keyword(this BufferElement element) => element == BufferElement.Float32 ? "float" : "uint";
}
