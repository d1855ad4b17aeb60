using StaticNet.Generator.Text;

namespace StaticNet.Generator.Emit;

/// <summary>
/// Writes members of the user's class and marks them: tools are to see that they are generated, and the coverage of the user's tests
/// is not about them. The class itself cannot be marked, for its other part is the user's.
/// </summary>
internal static class Members
{
    /// <summary>The attributes of a member with code.</summary>
    private static readonly string Marks =
        $"[{Types.GeneratedCode}(\"StaticNet\", {Literal.Of(typeof(Members).Assembly.GetName().Version.ToString(3))}), {Types.ExcludeFromCodeCoverage}]";

    /// <summary>Writes a member's only or first line.</summary>
    public static CodeWriter Member(this CodeWriter writer, string line) => writer.Line(Marks).Line(line);

    /// <summary>Writes a member with a body in braces.</summary>
    public static CodeWriter Member(this CodeWriter writer, string head, Action body) => writer.Line(Marks).Named(() => writer.Block(head, body));
}
