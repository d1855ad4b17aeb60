using System.Text;

namespace StaticNet.Generator.Text;

/// <summary>Names the holes of C# code, which is read once for the names that it uses itself.</summary>
internal static class Holes
{
    private enum PartKind
    {
        Name,
        Hole,
        HoleInComment,
    }

    /// <summary>Fills the holes of texts that are one method, or several forms of one.</summary>
    /// <param name="texts">The texts; names that stand outside strings and comments are theirs.</param>
    public static IReadOnlyList<string> Fill(params IReadOnlyList<string> texts)
    {
        var (scope, holes) = (new NameScope(), new List<string>());
        foreach (var text in texts)
        {
            foreach (var (kind, start, length) in Parts(text))
            {
                var part = text.Substring(start, length);
                if (kind == PartKind.Name)
                    scope.Take(part);
                else if (!holes.Contains(part))
                    holes.Add(part);
            }
        }

        if (holes.Count == 0)
            return texts;
        var names = holes.ToDictionary(hole => hole, hole => scope.Add(Hole.Wanted(hole)), StringComparer.Ordinal);
        return [.. texts.Select(text => Filled(text, names))];
    }

    /// <summary>Appends a text with its holes by their numbers, and without spaces: texts that differ in nothing but names are then one.</summary>
    /// <param name="code">Where to append.</param>
    /// <param name="text">The text.</param>
    /// <param name="numbers">The holes that have a number; those of the text are added.</param>
    public static void AppendNumbered(StringBuilder code, string text, Dictionary<string, int> numbers)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Hole.Begin)
            {
                var end = text.IndexOf(Hole.End, i);
                var hole = text.Substring(i, end + 1 - i);
                if (!numbers.TryGetValue(hole, out var number))
                    numbers[hole] = number = numbers.Count;
                code.Append(Hole.Begin).Append(Literal.Of(number)).Append(Hole.End);
                i = end;
            }
            else if (text[i] is not (' ' or '\n'))
            {
                code.Append(text[i]);
            }
        }
    }

    private static string Filled(string text, Dictionary<string, string> names)
    {
        var filled = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var (kind, start, length) in Parts(text).Where(part => part.Kind != PartKind.Name))
        {
            var name = names[text.Substring(start, length)];
            // Documentation names an argument without the mark that keeps it from being a keyword.
            filled.Append(text, copied, start - copied).Append(kind == PartKind.HoleInComment ? name.TrimStart('@') : name);
            copied = start + length;
        }

        return filled.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The names and holes of a text.</summary>
    private static IEnumerable<(PartKind Kind, int Start, int Length)> Parts(string text)
    {
        var isComment = false;
        for (var i = 0; i < text.Length; i++)
        {
            var (character, start) = (text[i], i);
            if (character == Hole.Begin)
            {
                i = text.IndexOf(Hole.End, i);
                yield return (isComment ? PartKind.HoleInComment : PartKind.Hole, start, i + 1 - start);
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
                    yield return (PartKind.Name, start, i + 1 - start);
            }
        }
    }

    private static bool IsOfName(char c) => c is '_' or (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') || (c > '\u007f' && char.IsLetterOrDigit(c));
}
