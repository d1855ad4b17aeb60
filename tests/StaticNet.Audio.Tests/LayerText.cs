namespace StaticNet.Audio.Tests;

/// <summary>Adds members to the JSON of a layer.</summary>
internal static class LayerText
{
    public static string With(this string layer, string member, string value) => layer.Insert(1, $" \"{member}\": {value},");
}
