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
        Assert.Contains("Line 2, column 2: expected one of yes, maybe, no, but got 'YES'", Refusal("1,no\n2,YES", options), StringComparison.Ordinal);
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
    [InlineData("1, \"a\" \n", "a")]
    [InlineData("1,\" a \"\n", " a ")]
    [InlineData("1,  a b \r\n", "a b")]
    [InlineData("1,\"a\r\nb\"\r\n", "a\r\nb")]
    [InlineData("1,\"\"\"\"\n", "\"")]
    [InlineData("  \n1,a\n", "a")]
    [InlineData("1,\"a,b\"", "a,b")]
    public void Spaces_count_within_quotes_alone(string text, string expected)
    {
        Assert.Equal([expected], Read(text, new CsvOptions { TextLabels = true }).ClassNames.ToArray());
    }

    [Theory]
    [InlineData("1,a\n2,b\"c\n", "Line 2", "a quote in a field that does not begin with one")]
    [InlineData("1,a\n\n2,\"b\"c\n", "Line 3", "more after the quote that ends a field")]
    [InlineData("1,a\n2,\"b\" \"c\"\n", "Line 2", "more after the quote that ends a field")]
    [InlineData("\"1\n2\",\"x\r\ny", "Line 1", "the text ends within quotes")]
    public void Quotes_that_may_mean_anything_are_refused(string text, string place, string fault)
    {
        var message = Refusal(text, new CsvOptions { TextLabels = true });

        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_where_text_comes_in_small_parts()
    {
        var row = new string('1', 4093);
        // Line ends of two characters that the blocks of the reader divide.
        var text = $"{row[..4000]},2\r\n{string.Concat(Enumerable.Repeat("1,2\r\n\r\n", 3000))}1,\"\r\n\r\n\",\r\n";

        Assert.Contains("Line 6002: expected 2 columns", Refusal(text.Replace(row[..4000], "1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2\n3,x\n", "Line 2, column 2: expected a finite number, but got 'x'")]
    [InlineData("1,2\n\n\n3,\n", "Line 4, column 2: expected a finite number, but got ''")]
    [InlineData("\"1\n\",2\n3,NaN\n", "Line 3, column 2: expected a finite number, but got 'NaN'")]
    [InlineData("1,1e99", "but got '1e99'")]
    [InlineData("1,\"1,5\"", "but got '1,5'")]
    [InlineData("1,0x10", "but got '0x10'")]
    [InlineData("1,2\n3", "Line 2: expected 2 columns as in the first row, but got 1")]
    [InlineData("1,2\n3,4,5", "Line 2: expected 2 columns as in the first row, but got 3")]
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
        Assert.Contains("Line 4, column 1 'a'", Refusal("skip\nme\na,b\nx,1", new CsvOptions { SkipLines = 2, HasHeader = true }), StringComparison.Ordinal);
        Assert.Contains("at least 3 lines", Refusal("skip\nme", new CsvOptions { SkipLines = 3 }), StringComparison.Ordinal);
        Assert.Contains("a header", Refusal("skip\n", new CsvOptions { SkipLines = 1, HasHeader = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_is_told()
    {
        Assert.Contains("'c'; the 2 columns are a, b", Refusal("a,b\n1,2", new CsvOptions { HasHeader = true, Targets = ["c"] }), StringComparison.Ordinal);
        Assert.Contains("have no names", Refusal("1,2", new CsvOptions { Targets = ["c"] }), StringComparison.Ordinal);
        Assert.Contains("expected a column at index 2, counted from 0; the 2 columns", Refusal("1,2", new CsvOptions { Inputs = [2] }), StringComparison.Ordinal);
        Assert.Contains("column at index ^3;", Refusal("1,2", new CsvOptions { Inputs = [^3] }), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("1,2\n3,4\n", "Line 1: expected the names of the columns, since HasHeader is true, but got numbers: 1, 2. Set HasHeader = false")]
    [InlineData("5.1,3.5,setosa\n4.9,3,setosa\n", "but got numbers: 5.1, 3.5, setosa", true)]
    [InlineData("0,0,0\n0,1,1\n", "but got numbers: 0, 0, 0")]
    [InlineData("5.1,,0\n4.9,3,1\n", "but got numbers: 5.1, , 0")]
    [InlineData("5.1,NA,0\n4.9,3,1\n", "but got numbers: 5.1, NA, 0")]
    [InlineData("NaN,?,0\n4.9,3,1\n", "but got numbers: NaN, ?, 0")]
    public void A_header_of_numbers_is_refused(string text, string message, bool labels = false)
    {
        Assert.Contains(message, Refusal(text, new CsvOptions { HasHeader = true, TextLabels = labels }), StringComparison.Ordinal);
        // Columns that are called by numbers are told by asking for one of them.
        Assert.Equal(1, Read(text, new CsvOptions { HasHeader = true, Inputs = [text[..text.IndexOf(',', StringComparison.Ordinal)]], TextLabels = labels }).Data.Count);
    }

    [Theory]
    [InlineData("width,height\n1,2\n", "but got 'width'. If the first row has the columns' names, set HasHeader = true.")]
    [InlineData("1;2\n3;4\n", "the row has 1 column. There is ';' in it: if that is between two columns, set Delimiter = ';'.")]
    [InlineData("1\t2\n", "set Delimiter = '\\t'")]
    [InlineData("1,5;2,5\n", "but got '5;2'. There is ';' in it")]
    [InlineData("1,\"2,5\"\n", "Numbers have a decimal point here, not a comma.")]
    [InlineData("1,2,cat\n", "but got 'cat'. If the target is the name of a class, set TextLabels = true.")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0\0\0\n", "It is a zip archive")]
    [InlineData("<!DOCTYPE html>\n<p>Not found</p>\n", "It is a web page or XML")]
    [InlineData("[{\"a\": 1}]", "It is JSON text")]
    public void A_message_names_the_option_that_a_file_asks_for(string text, string message)
    {
        Assert.Contains(message, Refusal(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_UTF16_is_named()
    {
        using var stream = new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1,2\n")]);

        Assert.Contains("It is text in UTF-16", Assert.Throws<DataFormatException>(() => CsvData.Read(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_moved_and_scaled_as_doubles()
    {
        const string text = "time,y\n1700000000,1\n1700000001,2\n1700000003,3\n";
        var moved = Read(text, new CsvOptions { HasHeader = true, Inputs = [new CsvColumn("time") { Offset = 1.7e9, Scale = 0.5 }], Warnings = TextWriter.Null });

        Assert.Equal([0f, 0.5f, 1.5f], moved.Data.Inputs.ToArray());
        Assert.Throws<ArgumentException>(() => Read(text, new CsvOptions { Inputs = [new CsvColumn(0) { Scale = 0 }] }));
        Assert.Throws<ArgumentException>(() => Read(text, new CsvOptions { Inputs = [new CsvColumn(0) { Offset = double.NaN }] }));
    }

    [Theory]
    [InlineData("time,y\n1700000000,1\n1700000001,2\n1700000003,3\n", "CSV, column 1 'time': its numbers from 1700000000 to 1700000003 become one and the same float, since floats are 128 apart there. ", "new CsvColumn(\"time\") { Offset = 1700000000 }")]
    [InlineData("time,y\n1700000000,1\n1700000200,2\n1700000300,3\n", "different floats", "Offset = 1700000000")]
    [InlineData("a,y\n1.00000001,1\n1.00000002,2\n", "one and the same float", "Offset = 1.00000001")]
    [InlineData("time,y\n0,1\n1700000000,1\n1700000001,2\n1700000002,3\n", "column 1 'time': of 3 changes from row to row 2 are lost, since floats are 128 apart at 1700000002.", "Offset of new CsvColumn(\"time\")")]
    [InlineData("id,y\n1700000000000000001,1\n1700000000000000002,2\n", "column 1 'id': all 2 numbers are 1.7E+18, where doubles are 256 apart.", "keep only the digits there that distinguish them")]
    public void A_column_that_float32_cannot_tell_apart_is_warned_of(string text, string message, string advice)
    {
        using var warnings = new StringWriter();
        Read(text, new CsvOptions { HasHeader = true, Warnings = warnings });

        Assert.Contains(message, warnings.ToString(), StringComparison.Ordinal);
        Assert.Contains(advice, warnings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("0.1,0.7\n0.2,0.9\n")]
    [InlineData("0.1,1700000000\n0.1,1700000000\n")]
    [InlineData("16777216,0\n16777218,0\n")]
    [InlineData("0,1\n20.000000001,1\n20.000000002,1\n20.000000003,1\n")]
    [InlineData("1700000000,1\n1700000001,2\n0,3\n1900000000,3\n0,3\n1800000000,3\n")]
    public void Of_other_columns_nothing_is_said(string text)
    {
        using var warnings = new StringWriter();
        Read(text, new CsvOptions { Warnings = warnings });

        Assert.Equal("", warnings.ToString());
    }

    [Theory]
    [InlineData("1.00000005960464477539062500001", 1.00000012f)]
    [InlineData("1.000000059604644775390625", 1f)]
    [InlineData("1.00000005960464477539062499999", 1f)]
    public void A_number_is_the_nearest_float_and_rounded_once(string text, float expected)
    {
        Assert.Equal(expected, Read($"{text},0\n").Data.Inputs[0]);
    }

    [Fact]
    public void Long_lines_to_skip_many_columns_and_many_classes_are_refused()
    {
        var options = new CsvOptions { SkipLines = 1, MaxRowLength = 4096, MaxColumns = 100, MaxClasses = 3 };
        var packed = IdxFileTests.Gzip([.. Enumerable.Repeat((byte)'x', 50_000_000), (byte)'\n']);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("MaxRowLength", Assert.Throws<DataFormatException>(() => CsvData.Read(new MemoryStream(packed), options)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        Assert.Contains("MaxColumns", Refusal("\n" + new string(',', 100) + "\n", options), StringComparison.Ordinal);
        Assert.Contains("MaxClasses", Refusal("\n1,a\n1,b\n1,c\n1,d\n", options with { TextLabels = true }), StringComparison.Ordinal);
        Assert.Equal(98, Read("\n" + string.Join(',', Enumerable.Repeat("1", 99)), options).Data.InputLength);
    }

    [Fact]
    public void What_compressed_text_becomes_is_limited()
    {
        var packed = IdxFileTests.Gzip(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 100))));

        Assert.Equal(100, CsvData.Read(new MemoryStream(packed), new CsvOptions { MaxDecompressedLength = 400 }).Data.Count);
        Assert.Contains("Raise MaxDecompressedLength if the file can be trusted.", Assert.Throws<DataFormatException>(
            () => CsvData.Read(new MemoryStream(packed), new CsvOptions { MaxDecompressedLength = 399 })).Message, StringComparison.Ordinal);
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
