namespace StaticNet.Exporting;

/// <summary>A network cannot be exported.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Makes the exception of some problems.</summary>
    /// <param name="problems">What is wrong, a sentence each.</param>
    public ExportException(params IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Problems = problems;
    }

    /// <summary>What is wrong, a sentence each: all problems that were found.</summary>
    public IReadOnlyList<string> Problems { get; }
}
