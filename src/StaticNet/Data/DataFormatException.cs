namespace StaticNet.Data;

/// <summary>A data file (IDX, .npy, .npz, CSV, gzip, PNG, JPEG, PGM, PPM) is not valid, the values of a table or a row are not
/// what its <see cref="TableSchema"/> describes, or a stored schema is not valid; the message says what was expected, what was
/// found, and where.</summary>
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
