using System.Globalization;
using System.Text;
using Spectre.Console;
using StaticNet.Importing;

namespace StaticNet.Tool;

/// <summary>Why a model cannot be imported, for people.</summary>
internal static class ProblemTable
{
    public static void Write(IAnsiConsole console, IReadOnlyList<ImportProblem> problems)
    {
        var count = problems.Count == 1 ? "a problem" : problems.Count.ToString(CultureInfo.InvariantCulture) + " problems";
        console.MarkupLineInterpolated($"[red]The model was not imported. It has {count}:[/]");
        foreach (var problem in problems)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{problem.Where}[/]: {problem.What}");
            console.MarkupLineInterpolated($"  {problem.Why}.");
            console.MarkupLineInterpolated($"  [green]{problem.Remedy}.[/]");
        }
    }

    /// <summary>The same as a page in Markdown.</summary>
    public static string Page(string file, IReadOnlyList<ImportProblem> problems, IReadOnlyList<string> notes)
    {
        var page = new StringBuilder($"# Import of {Cell(file)}\n\n");
        page.Append(problems.Count == 0 ? "The model was imported.\n" : "The model was not imported.\n\n| Where | What | Why | What to do |\n|---|---|---|---|\n");
        foreach (var problem in problems)
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(problem.Where)} | {Cell(problem.What)} | {Cell(problem.Why)} | {Cell(problem.Remedy)} |\n");
        foreach (var note in notes)
            page.Append(CultureInfo.InvariantCulture, $"\n- {Cell(note)}");
        return page.Append(notes.Count > 0 ? "\n" : "").ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
