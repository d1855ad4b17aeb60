namespace StaticNet.Generator.Text;

/// <summary>How long a text is when its holes are filled and its types are named.</summary>
internal static class TextLength
{
    public static int Of(string text) => Of(text, 0, text.Length);

    /// <summary>The same for a part of a text.</summary>
    public static int Of(string text, int start, int length)
    {
        var sum = length;
        for (var i = start; i < start + length; i++)
        {
            // What is not written as it is are characters for private use, which come after nearly all others.
            if (text[i] < Hole.Begin)
                continue;
            if (text[i] == SampleLength.Begin)
                sum += SampleLength.Class.Length - SampleLength.NumberAt(text, i).Length - 2;
            else if (text[i] is not (SampleLength.Number or SampleLength.End))
                sum += text[i] is Hole.Begin or Hole.Ending or Hole.End ? -1 : Types.LengthOf(text[i]) - 1;
        }

        return sum;
    }
}
