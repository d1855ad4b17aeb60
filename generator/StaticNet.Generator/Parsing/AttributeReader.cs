using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>Turns an attribute into plain arguments.</summary>
internal static class AttributeReader
{
    private const string Ending = "Attribute";

    /// <summary>The name of one of StaticNet's attribute classes, or null for any other.</summary>
    public static string? NameOf(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingType: null, Arity: 0, ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } } type
            ? type.Name
            : null;

    /// <summary>Whether it is a layer or a loss by its base class, but none that there is code for.</summary>
    public static bool IsUnserved(AttributeData attribute) =>
        attribute.AttributeClass is { TypeKind: not TypeKind.Error } type
        && (NameOf(attribute) is not { } name || !(name == Declaration.BlockName || LayerCatalog.Layers.ContainsKey(name) || LossCatalog.Losses.ContainsKey(name)))
        && (IsA(type, "LayerAttribute") || IsA(type, "LossAttribute"));

    /// <summary>Whether a class derives from one of StaticNet's.</summary>
    public static bool IsA(INamedTypeSymbol type, string name) => ClassRules.BaseTypes(type)
        .Any(parent => parent is { Arity: 0, ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } } && parent.Name == name);

    /// <summary>The name without its ending, as it stands in the source.</summary>
    public static string TitleOf(AttributeData attribute)
    {
        var name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith(Ending, StringComparison.Ordinal) ? name.Substring(0, name.Length - Ending.Length) : name;
    }

    /// <summary>The arguments, or null if the attribute does not compile.</summary>
    public static AttributeArguments? Read(AttributeData attribute)
    {
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
            return null;

        var constants = constructor.Parameters.Select((parameter, index) => new KeyValuePair<string, TypedConstant>(parameter.Name, attribute.ConstructorArguments[index]));
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var constant in constants.Concat(attribute.NamedArguments))
        {
            if (HasError(constant.Value))
                return null;
            values[constant.Key] = Plain(constant.Value);
        }

        return new AttributeArguments(TitleOf(attribute), values);
    }

    /// <summary>The class in the first argument of an attribute such as <c>[Block(typeof(X))]</c>.</summary>
    /// <returns>The type as declared; null for null; an error type where the code does not compile.</returns>
    public static ITypeSymbol? TypeArgument(AttributeData attribute) =>
        attribute.ConstructorArguments.Select(argument => argument.Kind == TypedConstantKind.Type ? argument.Value as ITypeSymbol : null).FirstOrDefault()?.OriginalDefinition;

    private static bool HasError(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Error => true,
        TypedConstantKind.Array => !constant.IsNull && constant.Values.Any(HasError),
        TypedConstantKind.Type => constant.Value is IErrorTypeSymbol,
        _ => false,
    };

    private static object? Plain(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array => constant.IsNull ? null : constant.Values.Select(Plain).ToArray(),
        TypedConstantKind.Type => null,
        _ => constant.Value,
    };
}
