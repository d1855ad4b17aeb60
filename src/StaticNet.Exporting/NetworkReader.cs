using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting;

/// <summary>
/// Reads the networks that C# declares, and their inference twins, from the sources of a project or from a built assembly, which is read and
/// not run. It is the generator that reads the attributes and finds the shapes, so that an export and the generated code cannot disagree.
/// </summary>
public static class NetworkReader
{
    /// <summary>What a project's SDK lets every file use.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The framework and StaticNet, as this program has them.</summary>
    internal static IEnumerable<MetadataReference> OwnReferences => References([]);

    /// <summary>The full names of the networks in a source.</summary>
    /// <param name="path">
    /// A source file, whose networks may use blocks from all sources of its folder; a project file or a folder, whose sources are all <c>.cs</c>
    /// files below it but those in <c>bin</c> and <c>obj</c>; or an assembly (<c>.dll</c>), with those that it refers to next to it.
    /// </param>
    /// <returns>The names in the order in which the compiler finds the classes.</returns>
    /// <exception cref="ExportException">The path is a file of another kind.</exception>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The program may not read the path, or something below it.</exception>
    public static ImmutableArray<string> Names(string path) => [.. Find(path).Select(type => type.ToDisplayString())];

    /// <summary>Reads a network.</summary>
    /// <param name="path">A source file, a project file, a folder or an assembly, as for <see cref="Names"/>.</param>
    /// <param name="name">
    /// The class's name, with or without its namespace: that of one class in full goes before the short names of others. Null if there is only
    /// one network, its inference twins apart.
    /// </param>
    /// <returns>The network.</returns>
    /// <exception cref="ExportException">There is no such network, there are several, or its declaration has faults; all are listed.</exception>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The program may not read the path, or something below it.</exception>
    public static DeclaredNetwork Read(string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var all = Find(path);
        var found = name is null ? WithoutTwins(all) : all.Where(type => type.ToDisplayString() == name).ToArray();
        if (found.Length == 0)
            found = [.. all.Where(type => type.Name == name)];
        var known = all.Count == 0 ? "It has no class with [Network]." : $"It has {string.Join(", ", all.Select(type => type.ToDisplayString()))}.";
        return found switch
        {
            [var type] => Resolve(type),
            [] => throw new ExportException(name is null ? $"Expected a network in {path}. {known}" : $"Expected a network {name} in {path}. {known}"),
            _ => throw new ExportException($"Expected the name of one of several networks in {path}. {known}"),
        };
    }

    /// <summary>Reads all networks of a source.</summary>
    /// <param name="path">A source file, a project file, a folder or an assembly, as for <see cref="Names"/>.</param>
    /// <returns>The networks in the order of <see cref="Names"/>.</returns>
    /// <exception cref="ExportException">A declaration has faults; those of all networks are listed.</exception>
    /// <exception cref="IOException">The path does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The program may not read the path, or something below it.</exception>
    public static ImmutableArray<DeclaredNetwork> ReadAll(string path)
    {
        var (networks, problems) = (ImmutableArray.CreateBuilder<DeclaredNetwork>(), new List<string>());
        foreach (var type in Find(path))
        {
            try
            {
                networks.Add(Resolve(type));
            }
            catch (ExportException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems.Count == 0 ? networks.ToImmutable() : throw new ExportException([.. problems.Distinct()]);
    }

    /// <summary>Reads the declaration of a network's class from the assembly that it is in.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <returns>The network.</returns>
    /// <exception cref="ExportException">The assembly is not a file, as in programs that are published as one file or compiled ahead of time.</exception>
    public static DeclaredNetwork Of<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var type = typeof(TNetwork);
        return type.Assembly.Location is { Length: > 0 } path && type.FullName is { } name
            ? Read(path, name.Replace('+', '.'))
            : throw new ExportException($"Expected the assembly of {type.Name} as a file; a program of one file has none. Export from the sources, with the command staticnet export.");
    }

    /// <summary>The networks that are meant without a name: inference twins only where there is nothing else.</summary>
    private static INamedTypeSymbol[] WithoutTwins(List<INamedTypeSymbol> all)
    {
        var networks = all.Where(type => new Declaration(type).Network is not null).ToArray();
        return networks.Length > 0 ? networks : [.. all];
    }

    private static List<INamedTypeSymbol> Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return OfAssembly(Path.GetFullPath(path));
        if (Directory.Exists(path))
            return OfSources(path, null);
        if (!File.Exists(path))
            throw new FileNotFoundException($"Expected a .cs file, a .csproj file, a folder or a .dll file, but {path} does not exist.", path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) ? OfSources(folder, null)
            : path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? OfSources(folder, Path.GetFullPath(path))
            : throw new ExportException($"Expected a .cs file, a .csproj file, a folder or a .dll file, but got {path}.");
    }

    /// <summary>The networks of a folder's sources; of one file of it where that is given.</summary>
    private static List<INamedTypeSymbol> OfSources(string folder, string? only)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetFullPath(file)))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings));
        var compilation = CSharpCompilation.Create("Networks", trees, References([]), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return [.. Networks(compilation.Assembly.GlobalNamespace).Where(type => only is null || type.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree.FilePath == only))];
    }

    private static List<INamedTypeSymbol> OfAssembly(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"Expected an assembly, but {path} does not exist.", path);
        var reference = MetadataReference.CreateFromFile(path);
        var compilation = CSharpCompilation.Create(
            "Networks",
            references: [reference, .. References(Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll").Where(file => file != path), Path.GetFileName(path))],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.All));
        return compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly ? [.. Networks(assembly.GlobalNamespace)] : [];
    }

    /// <summary>Assemblies next to the one that is read, and then those of this program: the framework and StaticNet.</summary>
    private static IEnumerable<MetadataReference> References(IEnumerable<string> first, params string[] except) => first
        .Concat((AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
        .Where(file => !except.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase))
        .Select(file => MetadataReference.CreateFromFile(file));

    private static IEnumerable<INamedTypeSymbol> Networks(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member =>
        (member is INamedTypeSymbol type && new Declaration(type) is { Network: not null } or { Twin: not null } ? [type] : Enumerable.Empty<INamedTypeSymbol>()).Concat(Networks(member)));

    private static DeclaredNetwork Resolve(INamedTypeSymbol type)
    {
        var (own, faults) = (new Declaration(type), new Faults());
        var declaration = own.Network is null ? NetworkOf(own) : own;
        declaration.CheckTogether(declaration.Network!, faults, LocationOf);
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        var target = new TargetType(space, default, type.Name, "", type.Name);
        var (spec, graph, isUnclear) = ResolvedDeclaration.Of(declaration, target, isTwin: declaration != own, faults, LocationOf, CancellationToken.None);
        MemberRules.CheckName(type, type.Locations[0], spec, faults);
        if (graph is not null && faults.CanEmit && !isUnclear)
            return new DeclaredNetwork(spec, graph, ClassName(type));
        var found = faults.ToImmutable().Where(fault => fault.Severity == DiagnosticSeverity.Error).Select(Text).ToArray();
        throw new ExportException(found.Length > 0 ? found : [$"The declaration of {type.ToDisplayString()} does not compile; build the project to see why."]);
    }

    private static string ClassName(INamedTypeSymbol type) =>
        type.ContainingType is { } container ? $"{ClassName(container)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";

    /// <summary>The network of an inference twin.</summary>
    private static Declaration NetworkOf(Declaration twin) =>
        AttributeReader.TypeArgument(twin.Twin!) is INamedTypeSymbol type && new Declaration(type) is { Network: not null } network ? network
            : throw new ExportException($"The network of {twin.Type.ToDisplayString()}, an inference twin, does not compile; build the project to see why.");

    private static Location LocationOf(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None;

    private static string Text(Diagnostic fault) => fault.Location.GetLineSpan() is { Path.Length: > 0 } span
        ? $"{span.Path}({span.StartLinePosition.Line + 1}): {fault.Id}: {fault.GetMessage()}"
        : $"{fault.Id}: {fault.GetMessage()}";
}
