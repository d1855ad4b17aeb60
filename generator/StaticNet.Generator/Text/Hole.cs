namespace StaticNet.Generator.Text;

/// <summary>
/// A name that is given when all that is around it has been written. Until then the text has a hole in its place, which says what name is
/// wanted. So nothing that is called after a layer can be called like a local, whichever locals there are.
/// </summary>
internal static class Hole
{
    /// <summary>Characters for private use: no identifier of C# has one.</summary>
    public const char Begin = '\uE000', Ending = '\uE001', End = '\uE002';

    /// <summary>The hole of a name; the same wanted name has the same hole.</summary>
    public static string Of(string wanted) => $"{Begin}{wanted}{End}";

    /// <summary>The hole of a name that is another's with an ending: one of its own, even where another name is wanted like both together.</summary>
    public static string Of(string hole, string ending) => $"{hole.TrimEnd(End)}{Ending}{ending}{End}";

    /// <summary>The name that a hole wants.</summary>
    public static string Wanted(string hole) => string.Concat(hole.Where(character => character is not (Begin or Ending or End)));
}
