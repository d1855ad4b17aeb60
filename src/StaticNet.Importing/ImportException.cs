using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Importing;

/// <summary>A model cannot be imported. All of its problems are listed at once.</summary>
public sealed class ImportException : Exception
{
    /// <summary>Makes the exception from one problem.</summary>
    /// <param name="problem">The problem.</param>
    public ImportException(ImportProblem problem)
        : this(ImmutableArray.Create(problem))
    {
    }

    /// <summary>Makes the exception from one or more problems.</summary>
    /// <param name="problems">The problems in the order of the model; at least one.</param>
    public ImportException(ImmutableArray<ImportProblem> problems)
        : base(Text(problems)) => Problems = problems;

    /// <summary>The problems in the order of the model.</summary>
    public ImmutableArray<ImportProblem> Problems { get; }

    private static string Text(ImmutableArray<ImportProblem> problems) => problems.Length == 1
        ? problems[0].ToString()
        : string.Create(CultureInfo.InvariantCulture, $"The model has {problems.Length} problems:\n{string.Join('\n', problems)}");
}
