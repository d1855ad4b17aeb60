namespace StaticNet.Generator.Text;

/// <summary>How long a text is when its holes are filled and its types are named.</summary>
internal static class TextLength
{
    public static int Of(string text) => text.Sum(character => character is Hole.Begin or Hole.Ending or Hole.End ? 0 : Types.LengthOf(character));
}
