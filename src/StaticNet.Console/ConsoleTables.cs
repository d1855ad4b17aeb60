using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Console;

/// <summary>Tables for the console, for <c>AnsiConsole.Write</c>.</summary>
public static class ConsoleTables
{
    /// <summary>The layers of a network, with shapes, parameters and multiply-adds.</summary>
    /// <param name="description">The network.</param>
    /// <returns>The table.</returns>
    public static Table Network(NetworkDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var table = Make(description.Name, "layer", "kind", "output").AddColumns(Right("parameters"), Right("multiply-adds"));
        table.ShowFooters = true;
        foreach (var input in description.Inputs)
            table.AddRow(Cells(input.Name, description.Steps == 1 ? "Input" : $"Input, {Number(description.Steps)} steps", Shape(input.Shape), "", ""));
        foreach (var layer in description.Layers)
            table.AddRow(Cells(layer.Name, layer.Kind, Shape(layer.OutputShape), Number(layer.Parameters), Number(layer.MultiplyAdds)));
        table.Columns[0].Footer = new Text("total");
        table.Columns[3].Footer = new Text(Number(description.ParameterCount));
        table.Columns[4].Footer = new Text(Number(description.MultiplyAdds));
        table.Caption = new TableTitle($"weights {Number(description.WeightBytes)} bytes, workspace {Number(description.WorkspaceBytes)} bytes");
        return table;
    }

    /// <summary>The loss and the metrics of an evaluation.</summary>
    /// <param name="evaluation">What was measured.</param>
    /// <returns>The table, with one row per figure.</returns>
    public static Table Figures(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var table = Make("evaluation", "figure").AddColumns(Right("value"));
        foreach (var (name, value) in evaluation)
            table.AddRow(Cells(name.Replace('_', ' '), value.ToString("G6", CultureInfo.InvariantCulture)));
        return table;
    }

    /// <summary>A confusion matrix: a row for each true class, a column for each predicted one.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="classNames">A name for each class; null for its number.</param>
    /// <returns>The table; correct decisions are green, wrong ones red, and zeros grey.</returns>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static Table Confusion(ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null)
    {
        var names = Names(matrix, classNames);
        var table = Make("confusion matrix", "true \\ predicted");
        foreach (var name in names)
            table.AddColumn(Right(name));
        for (var actual = 0; actual < matrix.ClassCount; actual++)
        {
            var row = new List<IRenderable> { new Text(names[actual]) };
            for (var predicted = 0; predicted < matrix.ClassCount; predicted++)
            {
                var count = matrix[actual, predicted];
                var color = count == 0 ? Color.Grey : actual == predicted ? Color.Green : Color.Red;
                row.Add(new Text(Number(count), new Style(color)));
            }

            table.AddRow(row);
        }

        return table;
    }

    /// <summary>Precision, recall, F1 and number of samples of each class, their macro averages and the accuracy.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="classNames">A name for each class; null for its number.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static Table Classification(ConfusionMatrix matrix, IReadOnlyList<string>? classNames = null)
    {
        var names = Names(matrix, classNames);
        var table = Make("classification", "class").AddColumns(Right("precision"), Right("recall"), Right("F1"), Right("samples"));
        for (var index = 0; index < matrix.ClassCount; index++)
        {
            table.AddRow(Cells(
                names[index], Share(matrix.Precision(index)), Share(matrix.Recall(index)), Share(matrix.F1(index)), Number(matrix.Support(index))));
        }

        table.AddEmptyRow();
        table.AddRow(Cells("macro average", Share(matrix.MacroPrecision), Share(matrix.MacroRecall), Share(matrix.MacroF1), Number(matrix.Total)));
        table.AddRow(Cells("accuracy", "", "", Share(matrix.Accuracy), Number(matrix.Total)));
        return table;
    }

    private static Table Make(string title, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)) };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        return table;
    }

    private static TableColumn Right(string name) => new TableColumn(new Text(name)).RightAligned();

    private static IEnumerable<IRenderable> Cells(params string[] texts) => texts.Select(text => new Text(text));

    private static IReadOnlyList<string> Names(ConfusionMatrix matrix, IReadOnlyList<string>? names)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (names is not null && names.Count != matrix.ClassCount)
            throw new ArgumentException($"Expected {matrix.ClassCount} names, one for each class, but got {names.Count}.", nameof(names));
        return names ?? [.. Enumerable.Range(0, matrix.ClassCount).Select(index => Number(index))];
    }

    private static string Shape(IEnumerable<int> sizes) => string.Join("×", sizes);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
