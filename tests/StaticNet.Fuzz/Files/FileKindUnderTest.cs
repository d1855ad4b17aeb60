namespace StaticNet.Fuzz.Files;

/// <summary>A kind of file: valid samples, the reader, and what the reader may do with damaged ones.</summary>
/// <param name="Name">What <c>--kind</c> chooses it by.</param>
/// <param name="Samples">Valid files.</param>
/// <param name="Refusal">The documented exception.</param>
/// <param name="MaxBytes">The most bytes that the reader may allocate for a file, by the file's length.</param>
/// <param name="Read">Reads a file; may throw <paramref name="Refusal"/>.</param>
internal sealed record FileKindUnderTest(
    string Name, IReadOnlyList<byte[]> Samples, Type Refusal, Func<long, long> MaxBytes, Action<byte[]> Read);
