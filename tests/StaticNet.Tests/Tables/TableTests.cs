using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Data;
using StaticNet.Tests.Serialization;
using static StaticNet.Tests.Tables.Texts;

namespace StaticNet.Tests.Tables;

public class TableTests
{
    private const string Animals = "name,legs\nant, 6 \n\n\"cat, black\",4\nsnake,\n";

    [Fact]
    public void A_table_is_read_with_its_names_and_lines()
    {
        var table = Read(Animals);

        Assert.Equal(["name", "legs"], table.Columns.ToArray());
        Assert.Equal(3, table.Count);
        Assert.Equal("cat, black", table[1]["name"]);
        Assert.Equal("6", table[0][1]);
        Assert.Equal("", table[2]["legs"]);
        Assert.Equal([2L, 4, 5], table.Select(row => row.Line));
    }

    [Fact]
    public void Delimiters_marks_and_compression_are_read()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFFskip\nGröße;kind\r\n1,5;a\r\n");
        var options = new TableOptions { Delimiter = ';', SkipLines = 1 };

        Assert.Equal("1,5", Table.Read(new MemoryStream(bytes), options)[0]["Größe"]);
        Assert.Equal("1,5", Table.Read(new MemoryStream(IdxFileTests.Gzip(bytes)), options)[0]["Größe"]);
        Assert.Equal("2", Read("1,2", new TableOptions { ColumnNames = ["a", "b"] })[0]["b"]);
    }

    [Theory]
    [InlineData("", "Expected a header with the names of the columns; the text ends before.")]
    [InlineData("a,b\n1", "Line 2: expected 2 columns as in the header, but got 1.")]
    [InlineData("a,b\n\n1,2,3", "Line 3: expected 2 columns as in the header, but got 3.")]
    [InlineData("a,b,a\n1,2,3", "Line 1: expected different names of columns; columns 1 and 3 are both 'a'.")]
    [InlineData("a,,c\n1,2,3", "Line 1: expected a name for each column; column 2 has none.")]
    [InlineData("1,2.5\n1,2", "Line 1: expected the names of the columns, but got numbers: 1, 2.5. Give ColumnNames where a file has no header.")]
    [InlineData("a;b\n1,5;2", "Line 2: expected 1 columns as in the header, but got 2. There is ';' in the only name: if that is between two columns, set Delimiter = ';'.")]
    [InlineData("a\tb\n1,5\t2", "set Delimiter = '\\t'.")]
    [InlineData("a,\" \",c\n1,2,3", "Line 1: expected a name for each column; column 2 has none.")]
    [InlineData("a,b\n1,\"2", "Line 2: expected well-formed CSV")]
    [InlineData("PK\u0003\u0004\u0014\0,\0\0\0\0\n1\n", "It is a zip archive")]
    public void A_text_that_is_no_table_is_refused_with_its_place(string text, string message)
    {
        Assert.Contains(message, Refusal(() => Read(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, "n\n1\nx\n");
        try
        {
            var table = Table.Load(path);
            Assert.Equal(
                $"{path}: line 3, column 1 'n': expected a finite number, but got 'x'. If it means a gap, add it to MissingText; if the column holds text, describe it with CategoryColumn.",
                Refusal(() => TableSchema.Fit(table, [new NumberColumn("n")], [])));
            File.WriteAllText(path, "n\n1\n2,3\n");
            Assert.StartsWith($"{path}: Line 3: expected 1 columns", Refusal(() => Table.Load(path)), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => Table.Load(path));
    }

    [Fact]
    public void Rows_and_columns_are_left_out_and_lines_stay()
    {
        var table = Read(Animals);

        Assert.Equal(["ant", "cat, black"], table.WithoutMissing("legs").Select(row => row["name"]));
        Assert.Equal([4L], table.Where(row => row["name"].StartsWith('c')).Select(row => row.Line));
        Assert.Equal(["legs"], table.WithoutColumns("name").Columns.ToArray());
        Assert.Equal("4", table.WithoutColumns("name")[1][0]);
        Assert.Equal(["snake", "ant"], table.Subset([2, 0]).Select(row => row["name"]));
        Assert.Contains("the 2 columns are name, legs", Assert.Throws<ArgumentException>(() => table.WithoutColumns("wings")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table.WithoutColumns("name", "legs"));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Subset([3]));
    }

    [Fact]
    public void Rows_without_a_value_in_any_column_are_left_out_by_the_texts_that_a_schema_takes_for_none()
    {
        var table = Read("a,b\n1,-\n,2\n3,NA\n4,4\n");
        var options = new TableSchemaOptions { MissingText = ["-"] };

        Assert.Equal(["1", "4"], table.WithoutMissing().Select(row => row["a"]));
        Assert.Equal(["", "3", "4"], table.WithoutMissing(options).Select(row => row["a"]));
        Assert.Equal(["", "3", "4"], table.WithoutMissing(options, "b").Select(row => row["a"]));
        Assert.Equal(4, table.WithoutMissing(options, "a").Count);
        Assert.Throws<ArgumentException>(() => table.WithoutMissing(options, "c"));
        Assert.Throws<ArgumentException>(() => table.WithoutMissing(new TableSchemaOptions { MissingText = default }));
    }

    [Fact]
    public void Spaces_do_not_count_in_quotes_either()
    {
        var table = Read("\" sex \",n\n\"Male \",\" 1\"\n\" Female\",2\n");
        var schema = TableSchema.Fit(table, [new CategoryColumn("sex")], []);
        var input = new float[2];

        Assert.Equal(["sex", "n"], table.Columns.ToArray());
        Assert.Equal(["Male", "1"], new[] { table[0]["sex"], table[0]["n"] });
        schema.Encode([("sex", "Male ")], input);
        Assert.Equal([0f, 1], input);
    }

    [Theory]
    [InlineData("a;b\n1;2\n", ';', "';'")]
    [InlineData("a\tb\n1\t2\n", '\t', "'\\t'")]
    [InlineData("a|b\n1|2\n", '|', "'|'")]
    public void A_column_that_another_delimiter_would_divide_has_advice(string text, char delimiter, string shown)
    {
        var table = Read(text);
        var schema = TableSchema.Fit(Read(text, new TableOptions { Delimiter = delimiter }), [new NumberColumn("a")], [], new TableSchemaOptions { AllowExtraColumns = true });
        var advice = $" There is {shown} in the only name: if that is between two columns, set Delimiter = {shown}.";

        Assert.Contains(advice, Assert.Throws<ArgumentException>(() => TableSchema.Fit(table, [new NumberColumn("a")], [])).Message, StringComparison.Ordinal);
        Assert.EndsWith(advice, Refusal(() => schema.ToDataSet(table)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_no_table_is_refused()
    {
        Assert.Contains("default(TableRow)", Assert.Throws<InvalidOperationException>(() => default(TableRow).Line).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => default(TableRow)["a"]);
        Assert.Throws<InvalidOperationException>(() => default(TableRow)[0]);
        Assert.Equal("", default(TableRow).ToString());
    }

    [Fact]
    public void A_split_has_each_row_once_and_classes_in_its_shares()
    {
        var table = Table.Of(["id", "kind"], [.. Enumerable.Range(0, 40).Select(row => new[] { $"{row}", row % 4 == 0 ? "rare" : "usual" })]);
        var (first, second) = table.Split(0.5, seed: 1, stratifiedBy: "kind");

        Assert.Equal(Enumerable.Range(0, 40).Select(row => $"{row}"), first.Concat(second).Select(row => row["id"]).OrderBy(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(5, first.Count(row => row["kind"] == "rare"));
        Assert.Equal(20, first.Count);
        Assert.Equal(first.Select(row => row["id"]), table.Split(0.5, seed: 1, stratifiedBy: "kind").First.Select(row => row["id"]));
        Assert.Equal(10, table.Split(0.25, seed: 2).First.Count);
        Assert.All(table.Folds(5, seed: 1, stratifiedBy: "kind"), fold => Assert.Equal((32, 8, 2), (fold.Training.Count, fold.Validation.Count, fold.Validation.Count(row => row["kind"] == "rare"))));
    }

    [Fact]
    public void Tables_of_texts_in_memory_are_checked()
    {
        Assert.Equal("", Table.Of(["a"], [[null]])[0]["a"]);
        Assert.Throws<ArgumentException>(() => Table.Of(["a", "a"], []));
        Assert.Throws<ArgumentException>(() => Table.Of(["a"], [["1"], ["1", "2"]]));
        Assert.Throws<ArgumentException>(() => Read("a\n1", new TableOptions { Delimiter = '"' }));
    }

    [Fact]
    public void Damaged_tables_give_a_result_or_the_exception()
    {
        byte[][] files = ["a,b\n1,x\n\"2\",\"y \"\"z\"\"\"\r\n"u8.ToArray(), IdxFileTests.Gzip("a;b\n1;2\n"u8.ToArray())];

        Mutations.Run<DataFormatException>(files, 10_000, 3_000_000, file => Table.Read(new MemoryStream(file), new TableOptions { MaxRowLength = 4096 }));
    }
}
