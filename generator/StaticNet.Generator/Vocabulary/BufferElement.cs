namespace StaticNet.Generator.Vocabulary;

/// <summary>What a value consists of in memory.</summary>
internal enum BufferElement
{
    /// <summary>Floats.</summary>
    Float32,

    /// <summary>Words with the upper halves of two floats.</summary>
    BFloat16Pair,
}

/// <summary>What the types of elements mean.</summary>
internal static class BufferElements
{
    /// <summary>The bytes of an element.</summary>
    public static int Bytes(this BufferElement element) => element switch
    {
        BufferElement.Float32 => sizeof(float),
        _ => sizeof(uint),
    };

    /// <summary>The type in C#.</summary>
    public static string Keyword(this BufferElement element) => element == BufferElement.Float32 ? "float" : "uint";

    /// <summary>The memory of so many elements, in floats.</summary>
    public static int Floats(this BufferElement element, int count) => checked((int)((((long)count * element.Bytes()) + sizeof(float) - 1) / sizeof(float)));
}
