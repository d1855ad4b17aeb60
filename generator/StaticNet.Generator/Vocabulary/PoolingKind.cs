namespace StaticNet.Generator.Vocabulary;

/// <summary>What a window gives.</summary>
internal enum PoolingKind
{
    Maximum,
    Average,
    Sum,
}
