using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;

namespace StaticNet.CodeFixes;

/// <summary>The attributes of a class as they are written.</summary>
internal static class Attributes
{
    /// <summary>All attributes of a class in their order.</summary>
    public static IEnumerable<AttributeSyntax> Of(TypeDeclarationSyntax type) => type.AttributeLists.SelectMany(list => list.Attributes);

    /// <summary>An attribute's name without namespace and ending.</summary>
    public static string NameOf(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    /// <summary>The text of a named argument; null if it is not there.</summary>
    public static ExpressionSyntax? Named(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;

    /// <summary>The positional arguments.</summary>
    public static IEnumerable<ExpressionSyntax> Positional(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null).Select(argument => argument.Expression) ?? [];

    /// <summary>The last part of the activation that a layer names: <c>Softmax</c>; empty without one.</summary>
    public static string ActivationOf(AttributeSyntax attribute)
    {
        var expression = NameOf(attribute) == "Activation" ? Positional(attribute).FirstOrDefault() : Named(attribute, "Activation");
        return expression is MemberAccessExpressionSyntax member ? member.Name.Identifier.ValueText : "";
    }

    /// <summary>Whether an attribute is a layer, as far as its name tells.</summary>
    public static bool IsLayer(AttributeSyntax attribute) => NameOf(attribute) + "Attribute" is var name && (name == Declaration.BlockName || LayerCatalog.Layers.ContainsKey(name));

    /// <summary>The text of a literal; null for another expression.</summary>
    public static string? TextOf(ExpressionSyntax? expression) =>
        expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal ? literal.Token.ValueText : null;
}
