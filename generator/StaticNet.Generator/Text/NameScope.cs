namespace StaticNet.Generator.Text;

/// <summary>The names of a method's arguments and locals: each is given once.</summary>
/// <param name="taken">The names that the method uses itself.</param>
internal sealed class NameScope(params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>A name of its own: the one that is wanted, or that with a number.</summary>
    public string Add(string wanted)
    {
        var name = wanted;
        for (var number = 2; !_taken.Add(name); number++)
            name = wanted + Literal.Of(number);
        return name;
    }
}
