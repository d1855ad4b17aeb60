using System.Text;
using StaticNet.Data;

namespace StaticNet.Tests.Tables;

internal static class Texts
{
    /// <summary>The table of a text.</summary>
    public static Table Read(string text, TableOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Table.Read(stream, options);
    }

    /// <summary>The numbers that one column becomes for each row of a table, fitted on another.</summary>
    public static float[][] Numbers(TableColumn column, string training, string table, TableSchemaOptions? options = null)
    {
        var schema = TableSchema.Fit(Read(training), [column], [], options);
        var data = schema.ToDataSet(Read(table));
        // What is stored does the same.
        var stored = TableSchema.FromJson(schema.ToJson());
        Assert.Equal(schema.Describe(), stored.Describe());
        Assert.Equal(data.Inputs.ToArray(), stored.ToDataSet(Read(table)).Inputs.ToArray());
        return [.. Enumerable.Range(0, data.Count).Select(row => data.Input(row).ToArray())];
    }

    /// <summary>The same for the rows that it was fitted on.</summary>
    public static float[][] Numbers(TableColumn column, string training) => Numbers(column, training, training);

    /// <summary>What a refusal says.</summary>
    public static string Refusal(Func<object?> action) => Assert.Throws<DataFormatException>(() => action()).Message;
}
