namespace StaticNet.Generator.Text;

/// <summary>Declares locals that are numbered: <c>part</c>, <c>part2</c>, …</summary>
/// <param name="writer">Where to declare them.</param>
/// <param name="name">How their names begin.</param>
/// <param name="ending">How they end, behind the number.</param>
internal sealed class LocalNames(CodeWriter writer, string name, string ending = "")
{
    private int _count;

    /// <summary>Writes the declaration, and gives the name.</summary>
    public string Declare(string value)
    {
        var local = $"{name}{(++_count == 1 ? "" : Literal.Of(_count))}{ending}";
        writer.Line($"var {local} = {value};");
        return local;
    }
}
