namespace StaticNet.Generator.Vocabulary;

/// <summary>The padding that all buffers share.</summary>
internal static class Lanes
{
    /// <summary>The lanes of a panel, whatever the width of the vectors.</summary>
    public const int Panel = 16;

    public static int Pad(int count) => checked(count + Panel - 1) / Panel * Panel;

    public static int Panels(int count) => Pad(count) / Panel;
}
