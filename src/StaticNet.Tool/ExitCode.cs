namespace StaticNet.Tool;

/// <summary>What the command returns to the shell; a command line that is not understood is 1.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A file cannot be read or written.</summary>
    public const int File = 2;

    /// <summary>A model cannot be imported, or a network cannot be exported, compared or measured.</summary>
    public const int Refused = 3;

    /// <summary>A network computes something else than it should.</summary>
    public const int Different = 4;
}
