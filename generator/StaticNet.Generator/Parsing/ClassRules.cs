using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Parsing;

/// <summary>Which classes can be networks: the generator must be able to write the other part of the class.</summary>
internal static class ClassRules
{
    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation, Faults faults)
    {
        CheckPartial(type, syntax, faults);
        if (WhyNot(type, compilation) is var (expected, actual))
            faults.Report(syntax.Identifier.GetLocation(), Rules.Unservable, type.Name, expected, actual);
        CheckConstructors(type, faults);
        CheckNamespaces(type, syntax, compilation, faults);
    }

    /// <summary>Generated code names types in full from the outermost namespace on, where a type would be taken before a namespace.</summary>
    private static void CheckNamespaces(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Compilation compilation, Faults faults)
    {
        foreach (var name in Types.All.Select(type => type.Namespace.Split('.')[0]).Distinct())
        {
            if (compilation.GlobalNamespace.GetTypeMembers(name).Any(member => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, compilation.Assembly)))
                faults.Report(syntax.Identifier.GetLocation(), Rules.HiddenNamespace, name, type.Name);
        }
    }

    private static void CheckPartial(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Faults faults)
    {
        foreach (var declaration in syntax.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                faults.Report(declaration.Identifier.GetLocation(), Rules.NotPartial, declaration.Identifier.ValueText, declaration == syntax ? "it" : type.Name);
        }
    }

    /// <summary>What a network must be and this class is not.</summary>
    private static (string Expected, string Actual)? WhyNot(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.IsStatic || type.IsAbstract)
            return ("a class with instances", type.IsStatic ? "this one is static" : "this one is abstract");
        if (type.IsRecord)
            return ("an ordinary class", "this one is a record");
        if (TargetTypes.Containers(type).Append(type).FirstOrDefault(part => part.IsFileLocal) is { } local)
            return ("a class that other files can declare too", $"{local.Name} is file-local");
        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent)
        {
            if (BaseTypes(type).FirstOrDefault(IsNetwork) is { } network)
                return ("not derived from another", $"{network.Name} is one");
            if (!parent.InstanceConstructors.Any(constructor => constructor.Parameters.All(p => p.IsOptional || p.IsParams) && compilation.IsSymbolAccessibleWithin(constructor, type)))
                return ("derived from a class that can be constructed without arguments", $"{parent.Name} cannot");
        }

        var required = BaseTypes(type).Prepend(type).SelectMany(part => part.GetMembers()).FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
        return required is null ? null : ("constructed from a seed alone", $"{required.Name} is required");
    }

    private static void CheckConstructors(INamedTypeSymbol type, Faults faults)
    {
        foreach (var constructor in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared))
        {
            var syntax = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ConstructorDeclarationSyntax;
            var problem = syntax is null ? "not be a primary one"
                : IsGenerated(constructor) ? "have other parameters"
                : syntax.Initializer?.IsKind(SyntaxKind.ThisConstructorInitializer) != true ? "start with : this(seed), which creates the parameters"
                : null;
            if (problem is not null)
                faults.Report(constructor.Locations[0], Rules.Constructor, type.Name, problem);
        }
    }

    /// <summary>Whether the generator writes a constructor with the same parameters.</summary>
    private static bool IsGenerated(IMethodSymbol constructor) => constructor.Parameters.Length == 1 && constructor.Parameters[0].Type is var type
        && (type.SpecialType == SpecialType.System_UInt64
            || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional && optional.TypeArguments[0].SpecialType == SpecialType.System_UInt64)
            || type is INamedTypeSymbol { Name: "NetworkWeights", ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } });

    private static bool IsNetwork(INamedTypeSymbol type) => new Declaration(type) is { Network: not null } or { Twin: not null };

    /// <summary>The classes that a class derives from, but for object.</summary>
    public static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is { SpecialType: not SpecialType.System_Object }; parent = parent.BaseType)
            yield return parent;
    }
}
