namespace StaticNet.Generator.Text;

/// <summary>Code would take more lines than a network may have; it stops what writes them.</summary>
internal sealed class CodeTooLongException : Exception;
