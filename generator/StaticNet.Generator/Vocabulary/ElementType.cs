namespace StaticNet.Generator.Vocabulary;

/// <summary>What numbers a value consists of in memory.</summary>
internal enum ElementType
{
    /// <summary>Floats.</summary>
    Float32,

    /// <summary>The upper halves of floats.</summary>
    BFloat16,
}

/// <summary>What the types of elements mean.</summary>
internal static class ElementTypes
{
    /// <summary>The bytes of an element.</summary>
    public static int Bytes(this ElementType element) => element == ElementType.Float32 ? 4 : 2;

    /// <summary>The type in C#.</summary>
    public static string Keyword(this ElementType element) => element == ElementType.Float32 ? "float" : "ushort";

    /// <summary>The floats of memory that so many elements take.</summary>
    public static int Floats(this ElementType element, int count) =>
        element == ElementType.Float32 ? count : Lanes.Pad(checked((int)(((long)count * element.Bytes()) + sizeof(float) - 1) / sizeof(float)));
}
