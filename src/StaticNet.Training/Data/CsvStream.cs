using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The samples of a CSV file that is too large for memory, read row by row in every epoch.</summary>
/// <remarks>
/// Opening reads the whole file once: it counts the samples, finds the classes and refuses invalid content. Each epoch opens the
/// file again, so it must not change. The format is that of <see cref="CsvData"/>.
/// </remarks>
public sealed class CsvStream : SampleStream
{
    private readonly string _path;
    private readonly CsvOptions _options;

    private CsvStream(string path, CsvOptions options, CsvParser parser, int count, string[] classNames)
    {
        _path = path;
        _options = classNames.Length == 0 ? options : options with { ClassNames = classNames };
        Count = count;
        InputLength = parser.InputLength;
        TargetLength = parser.TargetLength;
        ClassNames = [.. classNames];
        InputNames = parser.InputNames;
        TargetNames = parser.TargetNames;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int InputLength { get; }

    /// <inheritdoc/>
    public override int TargetLength { get; }

    /// <summary>The names of the classes in the order of their indices; empty for numeric targets.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The header's names of the input columns; empty without a header.</summary>
    public ImmutableArray<string> InputNames { get; }

    /// <summary>The header's names of the target columns; empty without a header.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>Opens a file and reads it once.</summary>
    /// <param name="path">The file; .gz is recognised.</param>
    /// <param name="options">Its format; null for commas, no header, and the target last.</param>
    /// <returns>The stream.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The file is not valid or does not fit the options.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static CsvStream Open(string path, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        options.Check();
        return CsvText.Named(path, () => Survey(path, options));
    }

    private static CsvStream Survey(string path, CsvOptions options)
    {
        using var text = CsvText.Open(path, options.Format);
        var parser = new CsvParser(text, options);
        float[] input = [];
        float[] target = [];
        var count = 0;
        for (; parser.Next(); count++)
        {
            if (count == int.MaxValue)
                throw new DataFormatException($"Line {text.Line}: expected at most {int.MaxValue} rows, but got more.");
            Array.Resize(ref input, parser.InputLength);
            Array.Resize(ref target, parser.TargetLength);
            parser.Parse(input, target);
        }
        parser.Warn();
        var names = options.ClassNames is null ? [.. parser.ClassNames.Order(StringComparer.Ordinal)] : parser.ClassNames;
        return new CsvStream(path, options, parser, count, names);
    }

    /// <summary>The line of a sample. The file is read up to it, since only messages need it.</summary>
    /// <inheritdoc/>
    /// <exception cref="DataFormatException">The file has changed since it was opened.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public override string PlaceOf(int number)
    {
        if ((uint)number >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(number), number, $"Expected numbers of samples from 0 to {Count - 1}.");
        return CsvText.Named(_path, () =>
        {
            using var text = CsvText.Open(_path, _options.Format);
            var parser = new CsvParser(text, _options);
            for (var left = number; parser.Next() && left > 0; left--)
            {
            }

            return $"line {text.Line} of {text.Name}";
        });
    }

    /// <inheritdoc/>
    public override SampleReader Open(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return CsvText.Named(_path, () => new Reader(_path, CsvText.Open(_path, _options.Format), _options));
    }

    private sealed class Reader(string path, CsvText text, CsvOptions options) : SampleReader
    {
        private readonly CsvParser _parser = new(text, options);

        public override bool Read(Span<float> input, Span<float> target, out float weight)
        {
            weight = 1;
            try
            {
                if (!_parser.Next())
                    return false;
                if (_parser.InputLength != input.Length || _parser.TargetLength != target.Length)
                    throw new DataFormatException(
                        $"Line {text.Line}: expected {input.Length} inputs and {target.Length} targets as when the file was opened, but got " +
                        $"{_parser.InputLength} and {_parser.TargetLength}.");
                _parser.Parse(input, target);
                return true;
            }
            catch (DataFormatException e)
            {
                throw new DataFormatException($"{path}: {e.Message}", e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                text.Dispose();
            base.Dispose(disposing);
        }
    }
}
