namespace StaticNet.Generator.Vocabulary;

/// <summary>The padding that all buffers share.</summary>
internal static class Lanes
{
    /// <summary>The lanes of a panel, whatever the width of the vectors.</summary>
    public const int Panel = 16;

    public static int Pad(int count) => checked(count + Panel - 1) / Panel * Panel;

    /// <summary>The lanes of a gate of so many units: whole vectors of eight.</summary>
    public static int PadGate(int units) => checked(units + 7) / 8 * 8;

    public static int Panels(int count) => Pad(count) / Panel;
}
