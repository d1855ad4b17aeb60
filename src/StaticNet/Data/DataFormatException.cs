namespace StaticNet.Data;

/// <summary>A data file (IDX, .npy, CSV, gzip, PNG, JPEG, PGM, PPM) that is not valid; the message says what was expected and what came.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>Creates an exception with a message.</summary>
    public DataFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public DataFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
