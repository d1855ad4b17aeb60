namespace StaticNet.Reference.Comparison;

/// <summary>A network differs from its reference.</summary>
public sealed class ComparisonException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ComparisonException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What differs.</param>
    public ComparisonException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What differs.</param>
    /// <param name="innerException">The cause.</param>
    public ComparisonException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
