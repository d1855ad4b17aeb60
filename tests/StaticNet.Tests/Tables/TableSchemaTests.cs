using System.Globalization;
using System.Text;
using StaticNet.Data;
using StaticNet.Tests.Serialization;
using static StaticNet.Tests.Tables.Texts;

namespace StaticNet.Tests.Tables;

public class TableSchemaTests
{
    private const string Animals =
        "id,weight,home,seen,kind\n1,10,land,2024-01-01,cat\n2,,land,2024-01-03,dog\n3,30,sea,2024-01-05,whale\n";

    [Fact]
    public void Columns_are_found_by_name_in_any_order()
    {
        var schema = Fit();

        Assert.Equal(["weight", "home", "seen"], schema.InputNames.ToArray());
        Assert.Equal((5, 1, 3), (schema.InputLength, schema.TargetLength, schema.RowCount));
        Assert.Equal(["id"], schema.IgnoredNames.ToArray());
        Assert.Equal(["cat", "dog", "whale"], schema.ClassNames().ToArray());
        var data = schema.ToDataSet(Read(Animals));
        Assert.Equal([-1f, 0, 1, 0, (float)-Math.Sqrt(1.5)], data.Input(0).ToArray());
        Assert.Equal([0f, 1, 1, 0, 0], data.Input(1).ToArray());
        Assert.Equal([0f, 1, 2], data.Targets.ToArray());
        Assert.Equal(data.Input(2).ToArray(), schema.ToDataSet(Read("kind,seen,home,weight\nwhale,2024-01-05,sea,30\n")).Inputs.ToArray());
    }

    [Fact]
    public void Rows_whose_targets_are_not_known_have_inputs_alone()
    {
        var schema = Fit();
        var data = schema.ToDataSet(Read("weight,home,seen\n10,land,2024-01-01\n"), withTargets: false);

        Assert.Equal((1, 0), (data.Count, data.TargetLength));
        Assert.Equal(schema.ToDataSet(Read(Animals)).Input(0).ToArray(), data.Inputs.ToArray());
    }

    [Fact]
    public void A_row_is_the_same_however_it_comes()
    {
        var schema = Fit();
        var expected = schema.ToDataSet(Read(Animals)).Input(1).ToArray();
        var input = new float[5];

        schema.Encode(Read(Animals)[1], input);
        Assert.Equal(expected, input);
        schema.Encode(["", "land", "2024-01-03"], input);
        Assert.Equal(expected, input);
        schema.Encode([null, " land ", "2024-01-03"], input);
        Assert.Equal(expected, input);
        schema.Encode(new Dictionary<string, string?> { ["home"] = "land", ["seen"] = "2024-01-03", ["weight"] = null, ["id"] = "7" }, input);
        Assert.Equal(expected, input);
        schema.Encode([("seen", new DateTime(2024, 1, 3)), ("home", "land"), ("weight", double.NaN), ("kind", "dog")], input);
        Assert.Equal(expected, input);
        schema.Encode([("seen", new DateOnly(2024, 1, 3)), ("home", "land"), ("weight", 20)], input);
        Assert.Equal([0f, 0, 1, 0, 0], input);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        var schema = Fit();
        var input = new float[5];

        Assert.Equal("Expected a column 'seen'; there are weight, home.", Refusal(() => schema.ToDataSet(Read("weight,home\n1,sea"))));
        Assert.Equal("Expected a column 'kind'; there are weight, home, seen.", Refusal(() => schema.ToDataSet(Read("weight,home,seen\n1,sea,2024-01-01"))));
        Assert.Equal(
            "Expected columns of the training part, weight, home, seen, kind, id; there is one more, 'color'. AllowExtraColumns of the schema's options ignores such columns.",
            Refusal(() => schema.ToDataSet(Read("weight,home,seen,color\n1,sea,2024-01-01,red"))));
        Assert.Contains("one more, 'hom'", Refusal(() => Encode(("hom", "sea"), ("weight", 1), ("seen", new DateTime(2024, 1, 1)))), StringComparison.Ordinal);
        Assert.Equal("Expected each column once; 'home' comes twice.", Refusal(() => Encode(("home", "sea"), ("weight", 1), ("home", "land"), ("seen", "2024-01-01"))));
        Assert.Equal("Column 'home': expected the name of a category as text, but got 3.", Refusal(() => Encode(("home", 3), ("weight", 1), ("seen", "2024-01-01"))));
        Assert.Equal("Column 'seen': expected a date, but got the number 3.", Refusal(() => Encode(("home", "sea"), ("weight", 1), ("seen", 3))));
        Assert.Equal("Expected 3 values, in the order weight, home, seen, but got 2.", Refusal(() => Row("1", "sea")));
        Assert.StartsWith("Column 2 'home': expected one of land, sea, but got 'sky'.", Refusal(() => Row("1", "sky", "2024-01-01")), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => schema.Encode(["1", "sea", "2024-01-01"], new float[4]));
        Assert.Equal(
            "Row 1, column 3 'kind': expected one of the classes cat, dog, whale, but got 'cow'.",
            Refusal(() => schema.ToDataSet(Table.Of(["weight", "seen", "kind", "home"], [["1", "2024-01-01", "cow", "sea"]]))));
        Assert.StartsWith("Line 2, column 4 'kind': expected a value of the target, but the field is empty.", Refusal(() => schema.ToDataSet(Read("weight,home,seen,kind\n1,sea,2024-01-01,\n"))), StringComparison.Ordinal);

        Assert.Equal("Expected each column once; 'id' comes twice.", Refusal(() => Encode(("id", 1), ("home", "sea"), ("id", 1), ("weight", 1), ("seen", "2024-01-01"))));
        Assert.Contains("that of value 2 is null", Assert.Throws<ArgumentException>(() => Encode(("home", "sea"), (null!, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("but got default(TableRow)", Assert.Throws<ArgumentException>(() => schema.Encode(default(TableRow), input)).Message, StringComparison.Ordinal);

        object? Encode(params (string, TableValue)[] row)
        {
            schema.Encode(row, input);
            return null;
        }

        object? Row(params string?[] row)
        {
            schema.Encode(row, input);
            return null;
        }
    }

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    public void A_date_stays_as_its_clock_shows_it_and_one_with_an_offset_is_moved_to_UTC(DateTimeKind kind)
    {
        var schema = TableSchema.Fit(Read("day\n2024-01-01\n"), [new DateColumn("day") { Scaling = ColumnScaling.None }], []);
        var input = new float[1];

        schema.Encode([("day", new DateTime(2024, 1, 8, 0, 0, 0, kind))], input);
        Assert.Equal(7f, input[0]);
        schema.Encode([("day", new DateTimeOffset(2024, 1, 8, 0, 0, 0, TimeSpan.FromHours(12)))], input);
        Assert.Equal(6.5f, input[0]);
        schema.Encode([("day", "2024-01-08T00:00+12:00")], input);
        Assert.Equal(6.5f, input[0]);
    }

    [Theory]
    [InlineData("", "", "the field is empty. Table.WithoutMissing leaves such rows out.")]
    [InlineData("NA", "", "got 'NA', which means that there is none. Table.WithoutMissing leaves such rows out.")]
    [InlineData("-", "-", "got '-', which means that there is none. Table.WithoutMissing leaves such rows out, given the schema's options for their MissingText.")]
    public void A_target_without_a_value_is_refused_in_the_same_words_in_a_fit_and_after(string text, string missing, string message)
    {
        var options = missing.Length == 0 ? new TableSchemaOptions() : new TableSchemaOptions { MissingText = [missing] };
        var (whole, gap) = (Read("x,n,c\n1,1,a\n2,2,b\n"), Read($"x,n,c\n1,{text},{text}\n2,2,b\n"));
        foreach (var (target, column) in new (TableTarget, int)[] { (new NumberTarget("n"), 2), (new ClassTarget("c"), 3) })
        {
            var expected = $"Line 2, column {column} '{target.Name}': expected a value of the target, but {message}";

            Assert.Equal(expected, Refusal(() => TableSchema.Fit(gap, [new NumberColumn("x")], [target], options)));
            Assert.Equal(expected, Refusal(() => TableSchema.Fit(whole, [new NumberColumn("x")], [target], options).ToDataSet(gap)));
        }
    }

    [Fact]
    public void Each_number_has_its_column()
    {
        var schema = Fit();

        Assert.Equal(["weight", "weight", "home", "home", "seen"], Enumerable.Range(0, 5).Select(schema.ColumnOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema.ColumnOf(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema.ColumnOf(-1));
    }

    [Theory]
    [InlineData("\"home\"", "\"\\ud800\"")]
    [InlineData("\"rows\"", "\"\\udc00\"")]
    public void Half_of_a_surrogate_pair_is_refused(string text, string other)
    {
        var json = Fit().ToJson();
        Assert.Contains(text, json, StringComparison.Ordinal);

        Assert.Throws<DataFormatException>(() => TableSchema.FromJson(json.Replace(text, other, StringComparison.Ordinal)));
        Assert.Throws<DataFormatException>(() => TableSchema.FromJson(json[..^1] + ",\"\\ud800abcdefghijkl\":0}"));
    }

    [Fact]
    public void Extra_columns_are_ignored_where_the_options_say_so()
    {
        var schema = TableSchema.Fit(Read("a\n1\n2\n"), [new NumberColumn("a")], [], new TableSchemaOptions { AllowExtraColumns = true });

        Assert.Equal([-1f], schema.ToDataSet(Read("x,a\ny,1\n")).Inputs.ToArray());
        Assert.Equal([-1f], TableSchema.FromJson(schema.ToJson()).ToDataSet(Read("x,a\ny,1\n")).Inputs.ToArray());
    }

    [Fact]
    public void A_fit_that_cannot_be_is_refused()
    {
        var table = Read("a,b,c\n1,x,\n2,x,\n");

        Assert.Contains("'d'", Assert.Throws<ArgumentException>(() => TableSchema.Fit(table, [new NumberColumn("d")], [])).Message, StringComparison.Ordinal);
        Assert.Contains("'a' comes 2 times", Assert.Throws<ArgumentException>(() => TableSchema.Fit(table, [new NumberColumn("a")], [new NumberTarget("a")])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TableSchema.Fit(table, [], []));
        Assert.Throws<ArgumentException>(() => TableSchema.Fit(table.Where(_ => false), [new NumberColumn("a")], []));
        Assert.Contains("none of the 2 rows has one", Refusal(() => TableSchema.Fit(table, [new NumberColumn("c") { Missing = MissingValue.Mean }], [])), StringComparison.Ordinal);
        Assert.Contains("none of the 2 rows has one", Refusal(() => TableSchema.Fit(table, [new CategoryColumn("c") { Missing = MissingValue.Zeros }], [])), StringComparison.Ordinal);
        Assert.Contains("none of the 2 rows has one", Refusal(() => TableSchema.Fit(table, [new DateColumn("c") { Missing = MissingValue.Mean }], [])), StringComparison.Ordinal);
        Assert.Equal("Column 'b': expected two classes or more; there is one, x.", Refusal(() => TableSchema.Fit(table, [new NumberColumn("a")], [new ClassTarget("b")])));
        Assert.StartsWith("Line 2, column 3 'c': expected a value of the target", Refusal(() => TableSchema.Fit(table, [new NumberColumn("a")], [new NumberTarget("c")])), StringComparison.Ordinal);
        Assert.StartsWith("Line 2, column 2 'b': expected one of the classes", Refusal(() => TableSchema.Fit(table, [new NumberColumn("a")], [new ClassTarget("b") { ClassNames = ["y", "z"] }])), StringComparison.Ordinal);
        Assert.Contains(
            "Line 3, column 1 'a': expected a category of at most 1 different ones (MaxCategories); '2' is one more.",
            Refusal(() => TableSchema.Fit(table, [new CategoryColumn("a")], [], new TableSchemaOptions { MaxCategories = 1 })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_can_be_read()
    {
        Assert.Equal(
            """
            Fitted on 3 rows. 5 input numbers of 3 columns:
              0–1  weight  number: (x − 20) / 10; missing: 20 (Mean), and a number says so (1 in the training part)
              2–3  home    category: one-hot of land, sea; unknown: refused; missing: refused
              4    seen    date: Days, (days since 2024-01-01 − 2) / 1.63299; missing: refused
            Targets:
                   kind    3 classes as an index: cat, dog, whale
            Ignored: id
            Other columns: refused. Missing is: '', 'NA', 'N/A', 'NaN', 'null', '?'
            """.ReplaceLineEndings("\n"),
            Fit().Describe());
    }

    [Fact]
    public void A_culture_with_other_numbers_changes_nothing()
    {
        var former = CultureInfo.CurrentCulture;
        var expected = Fit();
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        hostile.NumberFormat.NegativeSign = "~";
        hostile.DateTimeFormat.DateSeparator = ".";
        hostile.DateTimeFormat.TimeSeparator = "-";
        CultureInfo.CurrentCulture = hostile;
        try
        {
            var schema = Fit();
            Assert.Equal(expected.ToJson(), schema.ToJson());
            Assert.Equal(expected.Describe(), schema.Describe());
            var input = new float[5];
            schema.Encode([("seen", new DateTime(2024, 1, 3)), ("home", "land"), ("weight", 12.5)], input);
            Assert.Equal([-0.75f, 0, 1, 0, 0], input);
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    [Fact]
    public void What_is_stored_makes_the_same_numbers()
    {
        var schema = Fit();
        var stored = TableSchema.FromJson(schema.ToJson());

        Assert.Equal(schema.ToJson(), stored.ToJson());
        Assert.Equal(schema.Describe(), stored.Describe());
        Assert.Equal(schema.ToDataSet(Read(Animals)).Inputs.ToArray(), stored.ToDataSet(Read(Animals)).Inputs.ToArray());
        Assert.Equal(schema.ToDataSet(Read(Animals)).Targets.ToArray(), stored.ToDataSet(Read(Animals)).Targets.ToArray());
    }

    [Fact]
    public void Damaged_schemas_give_a_result_or_the_exception()
    {
        var numbers = TableSchema.Fit(Read("a,y,z\n1,2,p\n2,4,q\n"), [new NumberColumn("a")], [new NumberTarget("y"), new ClassTarget("z") { Encoding = ClassEncoding.Sign }]);
        byte[][] files = [Encoding.UTF8.GetBytes(Fit().ToJson()), Encoding.UTF8.GetBytes(numbers.ToJson())];

        Mutations.Run<DataFormatException>(files, 20_000, 2_000_000, file =>
        {
            var schema = TableSchema.FromJson(Encoding.UTF8.GetString(file));
            schema.Describe();
            Assert.True(schema.InputLength > 0);
        });
        Assert.Contains("version 1, but got 2", Refusal(() => TableSchema.FromJson(Fit().ToJson().Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => TableSchema.FromJson("[]"));
        Assert.Throws<DataFormatException>(() => TableSchema.FromJson("{}"));
        Assert.Throws<DataFormatException>(() => TableSchema.FromJson(""));
    }

    [Fact]
    public void Making_the_numbers_of_a_row_allocates_nothing()
    {
        var schema = Fit();
        var row = Read(Animals)[1];
        string?[] texts = ["10.5", "sea", "2024-01-09"];
        (string, TableValue)[] values = [("home", "land"), ("weight", 3), ("seen", new DateTime(2024, 1, 1))];
        var input = new float[5];

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                schema.Encode(row, input);
                schema.Encode(texts, input);
                schema.Encode(values, input);
            }
        }));
    }

    private static TableSchema Fit() => TableSchema.Fit(
        Read(Animals),
        [new NumberColumn("weight") { Missing = MissingValue.Mean, Indicator = true }, new CategoryColumn("home"), new DateColumn("seen")],
        [new ClassTarget("kind")]);
}
