using System.Globalization;

namespace StaticNet.Benchmarks.Generating;

/// <summary>What one network's code took.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Generated">The nanoseconds of writing it.</param>
/// <param name="Compiled">The nanoseconds of compiling it.</param>
/// <param name="GeneratedOfProcessor">The same for writing it, of all threads.</param>
/// <param name="CompiledOfProcessor">The same for compiling it, of all threads.</param>
internal sealed record CompilationTimes(int Lines, double Generated, double Compiled, double GeneratedOfProcessor, double CompiledOfProcessor)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static CompilationTimes Parse(string text)
    {
        var numbers = text.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new CompilationTimes((int)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lines} {Generated:R} {Compiled:R} {GeneratedOfProcessor:R} {CompiledOfProcessor:R}");
}
