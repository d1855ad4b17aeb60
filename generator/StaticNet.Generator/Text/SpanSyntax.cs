namespace StaticNet.Generator.Text;

/// <summary>
/// Writes memory as spans, as the runtime's helpers take it: they check once per call that what they touch lies inside, so that nobody's
/// call of them can touch anything else.
/// </summary>
internal static class SpanSyntax
{
    /// <summary>Memory that is read.</summary>
    /// <param name="reference">The first float.</param>
    /// <param name="length">The expression of the number of floats.</param>
    public static string Read(string reference, string length) => $"{Types.MemoryMarshal}.CreateReadOnlySpan(ref {reference}, {length})";

    /// <summary>Memory that is written.</summary>
    /// <param name="reference">The first float.</param>
    /// <param name="length">The expression of the number of floats.</param>
    public static string Write(string reference, string length) => $"{Types.MemoryMarshal}.CreateSpan(ref {reference}, {length})";

    /// <summary>An argument and the numbers that belong to it, which stay on its line where a call has several.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="numbers">The numbers.</param>
    public static string With(string argument, params int[] numbers) => string.Join(", ", [argument, .. numbers.Select(Literal.Of)]);

    /// <summary>A span from one of its elements on.</summary>
    /// <param name="span">The span.</param>
    /// <param name="offset">The element.</param>
    public static string From(string span, int offset) => offset == 0 ? span : $"{span}[{Literal.Of(offset)}..]";
}
