namespace StaticNet.Training;

/// <summary>A file is not a complete checkpoint; the message says what was expected and what was found.</summary>
public sealed class CheckpointException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause, or null.</param>
    public CheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
