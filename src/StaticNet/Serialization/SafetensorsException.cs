namespace StaticNet.Serialization;

/// <summary>Bytes are not a valid safetensors file; the message says what was expected and what was found.</summary>
public sealed class SafetensorsException : FormatException
{
    /// <summary>Creates an exception with a message.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
