using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>How to declare the other part of a class, and what to call its files.</summary>
internal static class TargetTypes
{
    public static TargetType Of(INamedTypeSymbol type, SemanticModel model, int position) => new(
        string.Join(".", Namespaces(type).Select(part => Escaped(part.Name))),
        Containers(type).Select(container => $"partial {Keyword(container)} {Escaped(container.Name)}{TypeParameters(container)}").ToEquatableArray(),
        Escaped(type.Name),
        TypeParameters(type),
        HintName(type),
        HiddenTypes(type, model, position),
        type.DeclaringSyntaxReferences.Any(HasSummary),
        IsToBeMarkedNotCompliant(type));

    /// <summary>The types around a type, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type) =>
        type.ContainingType is { } container ? Containers(container).Append(container) : [];

    /// <summary>
    /// The types that generated code names and whose short names mean something else at the class: a member, a type parameter, a type or
    /// namespace of a namespace around it, or what a using brings.
    /// </summary>
    private static EquatableArray<string> HiddenTypes(INamedTypeSymbol type, SemanticModel model, int position)
    {
        // A declaration without a body has no place from which its members could be looked up.
        var scopes = Containers(type).Append(type).Cast<INamespaceOrTypeSymbol?>().Prepend(null).ToArray();
        var parameters = scopes.OfType<INamedTypeSymbol>().SelectMany(scope => scope.TypeParameters).Select(parameter => parameter.Name).ToArray();
        return Types.All.Where(named => named.LookedUp.Any(name => parameters.Contains(name) || scopes.Any(scope => HasOther(scope, name, named))))
            .Select(named => named.FullName).ToEquatableArray();

        bool HasOther(INamespaceOrTypeSymbol? scope, string name, TypeName named) =>
            model.LookupSymbols(position, scope, name).Any(symbol => symbol is not INamedTypeSymbol found || FullName(found) != named.FullName);
    }

    /// <summary>Whether a declaration has a summary; without documentation in the build it is a comment like others.</summary>
    private static bool HasSummary(SyntaxReference declaration) =>
        declaration.GetSyntax().GetLeadingTrivia().ToFullString() is var comments && (comments.Contains("<summary") || comments.Contains("<inheritdoc"));

    /// <summary>
    /// Whether other assemblies see the class, and its own promises to keep to the Common Language Specification: a network does not,
    /// for its seed is unsigned and its attributes take arrays. What the user has marked is left alone.
    /// </summary>
    private static bool IsToBeMarkedNotCompliant(INamedTypeSymbol type) =>
        type.ContainingAssembly.GetAttributes().Any(attribute => IsCompliance(attribute) && attribute.ConstructorArguments.Any(argument => argument.Value is true))
        && Containers(type).Append(type).All(part => part.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal && !part.GetAttributes().Any(IsCompliance));

    private static bool IsCompliance(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "CLSCompliantAttribute", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static string FullName(INamedTypeSymbol type) =>
        type.ContainingType is null ? string.Join(".", Namespaces(type).Select(part => part.Name).Append(type.Name)) : "";

    private static IEnumerable<INamespaceSymbol> Namespaces(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? Namespaces(space).Append(space) : [];

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    private static string TypeParameters(INamedTypeSymbol type) =>
        type.Arity == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Escaped(parameter.Name)))}>";

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>
    /// <c>Company.Outer{T}+Network</c>: unique, because it is the type's full name. Hint names ignore case, as some file systems
    /// do; where only case tells two names apart, a hash of the exact name follows.
    /// </summary>
    private static string HintName(INamedTypeSymbol type)
    {
        var types = string.Join("+", Containers(type).Append(type).Select(part => part.Name + (part.Arity == 0 ? "" : $"{{{string.Join(",", part.TypeParameters.Select(parameter => parameter.Name))}}}")));
        var name = string.Concat(Namespaces(type).Select(part => part.Name + ".")) + types;
        var ambiguous = Namespaces(type).Concat<ISymbol>(Containers(type)).Append(type).Any(HasLookAlike);
        return Encoded(ambiguous ? $"{name}-{Hash(name)}" : name);
    }

    /// <summary>Whether the symbol has a neighbour whose name differs in case only, or one of another sort with its name.</summary>
    private static bool HasLookAlike(ISymbol symbol)
    {
        var neighbours = symbol.ContainingType?.GetTypeMembers() ?? symbol.ContainingNamespace.GetMembers().AsEnumerable<ISymbol>();
        return neighbours.Any(other => string.Equals(other.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)
            && (other.Name != symbol.Name || other.Kind != symbol.Kind));
    }

    /// <summary>Letters beyond those that hint names allow, as their code in parentheses.</summary>
    private static string Encoded(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter) || "_.,-+{}".Contains(letter))
                text.Append(letter);
            else
                text.Append('(').Append(((int)letter).ToString("X4", CultureInfo.InvariantCulture)).Append(')');
        }

        return text.ToString();
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private static string Hash(string name)
    {
        var hash = name.Aggregate(14695981039346656037UL, (hash, letter) => unchecked((hash ^ letter) * 1099511628211UL));
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
