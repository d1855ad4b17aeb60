namespace StaticNet.Generator.Vocabulary;

/// <summary>How padding is found; the names are those of the enum <c>StaticNet.AutoPadding</c>.</summary>
internal enum AutoPaddingKind
{
    None,
    Same,
    SameLower,
}
