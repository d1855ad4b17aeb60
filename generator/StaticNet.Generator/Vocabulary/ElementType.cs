namespace StaticNet.Generator.Vocabulary;

/// <summary>The type of the elements.</summary>
internal enum ElementType
{
    Float32,
}
