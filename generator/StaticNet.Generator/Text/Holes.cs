using System.Text;

namespace StaticNet.Generator.Text;

/// <summary>Names the holes of C# code, which is read once for the names that it uses itself.</summary>
internal static class Holes
{
    /// <summary>Fills the holes of texts that are one method, or several forms of one.</summary>
    /// <param name="texts">The texts; names that occur outside strings and comments are theirs.</param>
    public static IReadOnlyList<string> Fill(params IReadOnlyList<string> texts)
    {
        var scope = new NameScope();
        var places = texts.Select(text => Read(text, scope)).ToArray();
        if (places.All(list => list.Count == 0))
            return texts;
        // Names are given when all of the code's own are known.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in places.SelectMany(list => list))
        {
            if (!names.ContainsKey(place.Hole))
                names.Add(place.Hole, scope.Add(Hole.Wanted(place.Hole)));
        }

        return [.. texts.Zip(places, (text, list) => Filled(text, list, names))];
    }

    /// <summary>Appends a text with its holes by their numbers, its constants as numbers, and without spaces: texts that differ in nothing but names are then one.</summary>
    /// <param name="code">Where to append.</param>
    /// <param name="text">The text.</param>
    /// <param name="numbers">The holes that have a number; those of the text are added.</param>
    public static void AppendNumbered(StringBuilder code, string text, Dictionary<string, int> numbers)
    {
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '\n' or Hole.Begin or SampleLength.Begin))
                continue;
            code.Append(text, copied, i - copied);
            if (text[i] == Hole.Begin)
            {
                var end = text.IndexOf(Hole.End, i);
                var hole = text.Substring(i, end + 1 - i);
                if (!numbers.TryGetValue(hole, out var number))
                    numbers[hole] = number = numbers.Count;
                code.Append(Hole.Begin).Append(Literal.Of(number)).Append(Hole.End);
                i = end;
            }
            else if (text[i] == SampleLength.Begin)
            {
                code.Append(SampleLength.NumberAt(text, i));
                i = text.IndexOf(SampleLength.End, i);
            }

            copied = i + 1;
        }

        code.Append(text, copied, text.Length - copied);
    }

    private static string Filled(string text, List<Place> places, Dictionary<string, string> names)
    {
        var filled = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var place in places)
        {
            var name = names[place.Hole];
            // Documentation names an argument without the mark that keeps it from being a keyword.
            filled.Append(text, copied, place.Start - copied).Append(place.IsInComment ? name.TrimStart('@') : name);
            copied = place.Start + place.Hole.Length;
        }

        return filled.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Takes the names of a text, and finds its holes.</summary>
    private static List<Place> Read(string text, NameScope scope)
    {
        var places = new List<Place>();
        var isComment = false;
        for (var i = 0; i < text.Length; i++)
        {
            var (character, start) = (text[i], i);
            if (character == Hole.Begin)
            {
                i = text.IndexOf(Hole.End, i);
                places.Add(new Place(text.Substring(start, i + 1 - start), start, isComment));
            }
            else if (character == SampleLength.Begin)
            {
                i = text.IndexOf(SampleLength.End, i);
            }
            else if (character == '\n')
            {
                isComment = false;
            }
            else if (isComment)
            {
                continue;
            }
            else if (character == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                isComment = true;
            }
            else if (character is '"' or '\'')
            {
                for (i++; i < text.Length && text[i] != character; i++)
                    i += text[i] == '\\' ? 1 : 0;
            }
            else if (IsOfName(character))
            {
                while (i + 1 < text.Length && IsOfName(text[i + 1]))
                    i++;
                if (!char.IsDigit(character))
                    scope.Take(text.Substring(start, i + 1 - start));
            }
        }

        return places;
    }

    private static bool IsOfName(char c) => c is '_' or (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') || (c > '\u007f' && char.IsLetterOrDigit(c));

    /// <summary>Where a hole is in a text.</summary>
    private readonly record struct Place(string Hole, int Start, bool IsInComment);
}
