namespace StaticNet.Generator.Text;

/// <summary>Declares locals that are numbered: <c>part</c>, <c>part2</c>, …</summary>
/// <param name="writer">Where to declare them.</param>
/// <param name="name">Makes a name with a number, which is empty for the first one.</param>
internal sealed class LocalNames(CodeWriter writer, Func<string, string> name)
{
    private int _count;

    /// <summary>Writes the declaration, and returns the name.</summary>
    public string Declare(string value)
    {
        var local = name(++_count == 1 ? "" : Literal.Of(_count));
        writer.Line($"var {local} = {value};");
        return local;
    }
}
