using System.Globalization;
using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Serialization;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

public class CsvDataTests
{
    [Fact]
    public void Iris_is_read()
    {
        var iris = CsvData.Load(Golden("iris.csv"), new CsvOptions { SkipLines = 1 });

        Assert.Equal(150, iris.Data.Count);
        Assert.Equal(4, iris.Data.InputLength);
        Assert.Equal([5.1f, 3.5f, 1.4f, 0.2f], iris.Data.Input(0).ToArray());
        Assert.Equal([5.9f, 3f, 5.1f, 1.8f], iris.Data.Input(149).ToArray());
        Assert.Equal([50, 50, 50], iris.Data.Targets.ToArray().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count()));
        Assert.Empty(iris.ClassNames);
        Assert.Empty(iris.InputNames);
    }

    [Fact]
    public void Compressed_digits_are_read()
    {
        var digits = CsvData.Load(Golden("digits.csv.gz")).Data;

        Assert.Equal(1797, digits.Count);
        Assert.Equal(64, digits.InputLength);
        Assert.Equal(0f, digits.Inputs.ToArray().Min());
        Assert.Equal(16f, digits.Inputs.ToArray().Max());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), digits.Targets.ToArray().Distinct().Order());
    }

    [Fact]
    public void Columns_are_chosen_by_name_place_and_from_the_end()
    {
        var csv = Read("id;\"height; cm\";weight;age\n1;180;75.5;30\n\n2; 1.6e2 ;\"60\";-2\n", new CsvOptions
        {
            Delimiter = ';',
            HasHeader = true,
            Inputs = [^1, "height; cm"],
            Targets = ["weight", 0],
        });

        Assert.Equal([30f, 180, -2, 160], csv.Data.Inputs.ToArray());
        Assert.Equal([75.5f, 1, 60, 2], csv.Data.Targets.ToArray());
        Assert.Equal(["age", "height; cm"], csv.InputNames.ToArray());
        Assert.Equal(["weight", "id"], csv.TargetNames.ToArray());
    }

    [Fact]
    public void Inputs_default_to_everything_else_and_targets_may_be_none()
    {
        Assert.Equal([2f, 3], Read("1,2,3", new CsvOptions { Targets = [0] }).Data.Inputs.ToArray());
        var none = Read("1,2,3", new CsvOptions { Targets = [] }).Data;
        Assert.Equal(3, none.InputLength);
        Assert.Equal(0, none.TargetLength);
    }

    [Fact]
    public void Text_labels_become_classes_in_the_order_of_their_names()
    {
        var csv = Read("1,größe\n2,\"b, \"\"c\"\"\"\n3,größe\n4,B\n", new CsvOptions { TextLabels = true });

        Assert.Equal(["B", "b, \"c\"", "größe"], csv.ClassNames.ToArray());
        Assert.Equal([2f, 1, 2, 0], csv.Data.Targets.ToArray());
    }

    [Fact]
    public void Text_labels_become_the_classes_that_are_given()
    {
        var options = new CsvOptions { ClassNames = ["yes", "maybe", "no"] };

        Assert.Equal([2f, 0], Read("1,no\n2,yes", options).Data.Targets.ToArray());
        Assert.Equal(["yes", "maybe", "no"], Read("1,no", options).ClassNames.ToArray());
        Assert.Contains("Line 2, column 1: expected one of yes, maybe, no; 'YES' came", Refusal("1,no\n2,YES", options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFx,y\r\n1,2\r\n", 1)]
    [InlineData("x,y\r1,2\r3,4", 2)]
    [InlineData("x,y\n", 0)]
    [InlineData("x,y", 0)]
    [InlineData("x,y\n1,\"2\n\"", 1)]
    public void Line_ends_and_marks_of_any_kind_are_read(string text, int rows)
    {
        var csv = Read(text, new CsvOptions { HasHeader = true });

        Assert.Equal(["x"], csv.InputNames.ToArray());
        Assert.Equal(rows, csv.Data.Count);
    }

    [Theory]
    [InlineData("1,2\n3,x\n", "Line 2, column 1: expected a finite number; 'x' came")]
    [InlineData("1,2\n\n\n3,\n", "Line 4, column 1: expected a finite number; '' came")]
    [InlineData("\"1\n\",2\n3,NaN\n", "Line 3, column 1: expected a finite number; 'NaN' came")]
    [InlineData("1,1e99", "'1e99' came")]
    [InlineData("1,\"1,5\"", "'1,5' came")]
    [InlineData("1,0x10", "'0x10' came")]
    [InlineData("1,2\n3", "Line 2: expected 2 columns as in the first row; 1 came")]
    [InlineData("1,2\n3,4,5", "Line 2: expected 2 columns as in the first row; 3 came")]
    [InlineData("1", "at least one input column")]
    [InlineData("", "at least one row")]
    [InlineData("\n\n", "at least one row")]
    [InlineData("1,\"2", "Line 1: expected well-formed CSV")]
    [InlineData("1,2\n1,\"2\"x", "Line 2: expected well-formed CSV")]
    public void Errors_name_the_place_and_what_came(string text, string message)
    {
        Assert.Contains(message, Refusal(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_from_the_start_of_the_file()
    {
        Assert.Contains("Line 4, column 0 'a'", Refusal("skip\nme\na,b\nx,1", new CsvOptions { SkipLines = 2, HasHeader = true }), StringComparison.Ordinal);
        Assert.Contains("at least 3 lines", Refusal("skip\nme", new CsvOptions { SkipLines = 3 }), StringComparison.Ordinal);
        Assert.Contains("a header", Refusal("skip\n", new CsvOptions { SkipLines = 1, HasHeader = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_is_told()
    {
        Assert.Contains("'c'; the 2 columns are a, b", Refusal("a,b\n1,2", new CsvOptions { HasHeader = true, Targets = ["c"] }), StringComparison.Ordinal);
        Assert.Contains("have no names", Refusal("1,2", new CsvOptions { Targets = ["c"] }), StringComparison.Ordinal);
        Assert.Contains("column 2;", Refusal("1,2", new CsvOptions { Inputs = [2] }), StringComparison.Ordinal);
        Assert.Contains("column ^3;", Refusal("1,2", new CsvOptions { Inputs = [^3] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused()
    {
        foreach (var options in new[]
        {
            new CsvOptions { Delimiter = '"' },
            new CsvOptions { Delimiter = '\n' },
            new CsvOptions { Delimiter = 'ä' },
            new CsvOptions { SkipLines = -1 },
            new CsvOptions { MaxRowLength = 1 },
            new CsvOptions { Targets = null! },
            new CsvOptions { TextLabels = true, Targets = [0, 1] },
            new CsvOptions { ClassNames = ["a", "a"] },
        })
        {
            Assert.Throws<ArgumentException>(() => Read("1,2", options));
        }
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        using var stream = new MemoryStream([.. "1,a\n2,"u8, 0xE4, .. "\n"u8]);

        Assert.Throws<DataFormatException>(() => CsvData.Read(stream, new CsvOptions { TextLabels = true }));
    }

    [Fact]
    public void An_unclosed_quote_does_not_swallow_a_large_file()
    {
        var text = "1,\"" + new string('x', 10_000_000);
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataFormatException>(() => CsvData.Read(stream, new CsvOptions { MaxRowLength = 4096 }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void A_culture_with_other_numbers_changes_nothing()
    {
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        hostile.NumberFormat.NegativeSign = "~";
        hostile.TextInfo.ListSeparator = ";";
        var former = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = hostile;
        try
        {
            Assert.Equal([-1.5f, 2], Read("-1.5,2,3").Data.Inputs.ToArray());
            Assert.Throws<DataFormatException>(() => Read("~1.5,2,3"));
            using var stream = new MemoryStream();
            NpyFile.Write(stream, [1, 1], [-1.5f]);
            stream.Position = 0;
            Assert.Equal([1, 1], NpyFile.Read(stream).Shape.ToArray());
            Assert.Contains("~2", $"{-2}", StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    [Fact]
    public void Damaged_files_give_a_result_or_the_exception()
    {
        var options = new CsvOptions { HasHeader = true, TextLabels = true, MaxRowLength = 4096 };
        byte[][] files =
        [
            "a,b,class\n1,2.5,x\n-3,\"4\",\"y \"\"z\"\"\"\r\n5,6,x\n"u8.ToArray(),
            "height;weight,k\n1e5,q\n2,r\n"u8.ToArray(),
        ];
        byte[][] packed = [.. files.Select(IdxFileTests.Gzip)];

        Mutations.Run<DataFormatException>(files, 20_000, 3_000_000, file => CsvData.Read(new MemoryStream(file), options));
        Mutations.Run<DataFormatException>(files[..1], 5_000, 3_000_000, file => CsvData.Read(new OneWayStream(file, 1000), options));
        Mutations.Run<DataFormatException>(packed, 5_000, 3_000_000, file => CsvData.Read(new MemoryStream(file), options));
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Files", name);

    private static CsvData Read(string text, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return CsvData.Read(stream, options);
    }

    private static string Refusal(string text, CsvOptions? options = null) =>
        Assert.Throws<DataFormatException>(() => Read(text, options)).Message;
}
