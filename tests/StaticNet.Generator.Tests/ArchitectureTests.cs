namespace StaticNet.Generator.Tests;

/// <summary>The folders of the generator refer to one another as the table of docs/architecture.md says, and in no other way.</summary>
public class ArchitectureTests
{
    private static readonly Lazy<IReadOnlyList<FolderReference>> References = new(() => FolderReferences.In(GeneratorSource.Compilation));

    [Fact]
    public void Folders_refer_only_to_those_that_the_table_allows()
    {
        var allowed = Table().ToDictionary(row => row.Folder, row => row.Uses);

        Assert.Empty(References.Value
            .Where(reference => !allowed[reference.From].Contains(reference.To))
            .Select(reference => $"{reference.Place}: {reference.From} may not refer to {reference.To}, which declares {reference.Symbol}"));
    }

    [Fact]
    public void The_table_has_a_row_for_each_folder_and_allows_nothing_that_is_not_needed()
    {
        var used = References.Value.Select(reference => (reference.From, reference.To)).ToHashSet();
        var rows = Table();

        Assert.Equal(
            GeneratorSource.Files.Keys.Select(FolderReferences.FolderOf).Distinct().Order(StringComparer.Ordinal),
            rows.Select(row => row.Folder).Order(StringComparer.Ordinal));
        Assert.Empty(rows.SelectMany(row => row.Uses
            .Where(folder => !used.Contains((row.Folder, folder)))
            .Select(folder => $"{row.Folder} does not refer to {folder}")));
    }

    [Fact]
    public void The_table_goes_from_the_bottom_up_and_no_folder_refers_to_one_above_it()
    {
        var rows = Table();

        Assert.Empty(rows.SelectMany((row, index) => row.Uses
            .Where(folder => rows.Take(index).All(above => above.Folder != folder))
            .Select(folder => $"{row.Folder} refers to {folder}, which does not stand above it in the table")));
    }

    [Fact]
    public void A_reference_is_found_with_its_file_line_and_symbol()
    {
        var references = FolderReferences.In(GeneratorSource.Compile(new Dictionary<string, string>
        {
            ["Bottom/Size.cs"] = """
                namespace P.Bottom;
                internal sealed class Size { public int Length => 1; public static Size Of() => new(); }
                """,
            ["Bottom/Sizes.cs"] = """
                namespace P.Bottom;
                internal static class Sizes { public static int Twice(this Size size) => 2 * size.Length; }
                """,
            ["Top/Use.cs"] = """
                namespace P.Top;
                internal static class Use
                {
                    // Size in a comment is none.
                    public static int Length(P.Bottom.Size size)
                    {
                        return size.Length;
                    }
                }
                """,
            ["Top/Other.cs"] = """
                using P.Bottom;
                namespace P.Top;
                internal static class Other
                {
                    public static int Twice() => Size.Of()
                        .Twice();
                }
                """,
        }));

        Assert.Equal(
            [
                ("Top/Other.cs(5)", "Size"), ("Top/Other.cs(5)", "Size.Of()"), ("Top/Other.cs(6)", "Size.Twice()"),
                ("Top/Use.cs(5)", "Size"), ("Top/Use.cs(7)", "Size.Length"),
            ],
            references.Where(reference => reference.To == "Bottom").Select(reference => (reference.Place, reference.Symbol)).Order());
        Assert.All(references, reference => Assert.Equal("Top", reference.From));
    }

    /// <summary>The rows of the table: a folder and those that it refers to.</summary>
    private static List<(string Folder, string[] Uses)> Table()
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "docs", "architecture.md"));
        return [.. lines
            .SkipWhile(line => !line.StartsWith("| Folder |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|'))
            .Select(cells => (FolderOf(cells[1]), cells[3].Split(',').Select(FolderOf).Where(folder => folder.Length > 0).ToArray()))];
    }

    private static string FolderOf(string cell) => cell.Trim(' ', '`') is var name && name.EndsWith(".cs", StringComparison.Ordinal)
        ? FolderReferences.Root
        : name.TrimEnd('/');
}
