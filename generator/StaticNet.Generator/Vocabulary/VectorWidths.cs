namespace StaticNet.Generator.Vocabulary;

/// <summary>The widths of vectors, in bits, that kernels are written for.</summary>
[Flags]
internal enum VectorWidths
{
    None = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
    All = Bits128 | Bits256 | Bits512,
}
