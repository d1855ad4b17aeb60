namespace StaticNet.Generator.Vocabulary;

/// <summary>How the one-sample code is written; the names are those of the enum <c>StaticNet.Unrolling</c>.</summary>
internal enum UnrollingChoice
{
    Auto,
    Always,
    Never,
}
