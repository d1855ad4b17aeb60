namespace StaticNet.Data;

/// <summary>A data file (IDX, .npy, .npz, CSV, gzip, PNG, JPEG, PGM, PPM) that is not valid, a table or a row whose values are not what its
/// <see cref="TableSchema"/> describes, or a stored schema that is none; the message says what was expected, what came, and where.</summary>
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
