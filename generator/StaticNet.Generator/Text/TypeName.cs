namespace StaticNet.Generator.Text;

/// <summary>A type that generated code names.</summary>
/// <param name="FullName">Its name with the namespace.</param>
/// <param name="Short">What it is called where nothing else has that name.</param>
internal sealed record TypeName(string FullName, string Short)
{
    /// <summary>The namespace that the short name needs.</summary>
    public string Namespace => FullName.Substring(0, FullName.LastIndexOf('.'));

    /// <summary>The names under which the compiler looks for the short one: an attribute's with and without its ending.</summary>
    public IEnumerable<string> LookedUp => FullName.EndsWith("." + Short, StringComparison.Ordinal) ? [Short] : [Short, FullName.Substring(Namespace.Length + 1)];
}
