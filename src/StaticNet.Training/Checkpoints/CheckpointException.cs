namespace StaticNet.Training;

/// <summary>A file that is not a whole checkpoint; the message says what was expected and what came.</summary>
public sealed class CheckpointException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What it follows from; null if it is the first.</param>
    public CheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
