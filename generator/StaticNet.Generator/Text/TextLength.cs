namespace StaticNet.Generator.Text;

/// <summary>How long a text is when its holes are filled.</summary>
internal static class TextLength
{
    public static int Of(string text) => text.Length - text.Count(character => character is Hole.Begin or Hole.Ending or Hole.End);
}
