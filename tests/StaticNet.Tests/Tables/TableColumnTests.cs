using StaticNet.Data;
using static StaticNet.Tests.Tables.Texts;

namespace StaticNet.Tests.Tables;

public class TableColumnTests
{
    // Of 1, 3, 3, 5 and 8: mean 4, median 3, deviation √5.6, range 7.
    private const string Figures = "n\n1\n3\n\"\"\n3\nNA\n5\n8\n";

    [Theory]
    [InlineData(MissingValue.Mean, 4)]
    [InlineData(MissingValue.Median, 3)]
    [InlineData(MissingValue.MostFrequent, 3)]
    [InlineData(MissingValue.Constant, -2)]
    [InlineData(MissingValue.KeepNaN, double.NaN)]
    public void Gaps_of_numbers_are_filled(MissingValue policy, double expected)
    {
        var column = new NumberColumn("n") { Missing = policy, Fill = policy == MissingValue.Constant ? -2 : null, Scaling = ColumnScaling.None };

        Assert.Equal([1, 3, (float)expected, 3, (float)expected, 5, 8], Numbers(column, Figures).Select(row => row[0]));
    }

    [Fact]
    public void An_even_count_has_its_median_in_the_middle()
    {
        Assert.Equal(2.5f, Numbers(new NumberColumn("n") { Missing = MissingValue.Median, Scaling = ColumnScaling.None }, "n\n4\n1\n2\n3\n?\n")[4][0]);
    }

    [Fact]
    public void An_indicator_says_where_gaps_were()
    {
        var column = new NumberColumn("n") { Missing = MissingValue.Mean, Indicator = true, Scaling = ColumnScaling.None };

        Assert.Equal([[1, 0], [3, 0], [4, 1], [3, 0], [4, 1], [5, 0], [8, 0]], Numbers(column, Figures));
    }

    [Fact]
    public void Numbers_are_scaled_by_the_training_part_alone()
    {
        var standard = Numbers(new NumberColumn("n") { Missing = MissingValue.Mean }, Figures, "n\n4\n14\nna\n");
        var range = Numbers(new NumberColumn("n") { Missing = MissingValue.Constant, Fill = 15, Scaling = ColumnScaling.MinMax }, Figures, "n\n1\n8\n\"\"\n");

        Assert.Equal([0, (float)(10 / Math.Sqrt(5.6)), 0], standard.Select(row => row[0]));
        Assert.Equal([0f, 1, 2], range.Select(row => row[0]));
        Assert.Equal([0f, 0], Numbers(new NumberColumn("n"), "n\n7\n7\n").Select(row => row[0]));
    }

    [Fact]
    public void Large_numbers_that_differ_little_keep_their_difference()
    {
        // Mean 1,700,000,002, deviation √2: as floats they would be one and the same.
        var numbers = Numbers(new NumberColumn("n"), "n\n1700000000\n1700000001\n1700000002\n1700000003\n1700000004\n");

        Assert.Equal([(float)-Math.Sqrt(2), (float)-Math.Sqrt(0.5), 0, (float)Math.Sqrt(0.5), (float)Math.Sqrt(2)], numbers.Select(row => row[0]));
        Assert.Equal([0f, 1], Numbers(new NumberColumn("n") { Scaling = ColumnScaling.MinMax }, "n\n-8e307\n8e307\n").Select(row => row[0]));
    }

    [Fact]
    public void Decimal_commas_are_read_where_they_are_described()
    {
        var table = "n;k\n1,5;a\n-2,25e1;b\n";
        var schema = TableSchema.Fit(Read(table, new TableOptions { Delimiter = ';' }), [new NumberColumn("n") { DecimalComma = true, Scaling = ColumnScaling.None }], []);

        Assert.Equal([1.5f, -22.5f], schema.ToDataSet(Read(table, new TableOptions { Delimiter = ';' })).Inputs.ToArray());
        Assert.Equal("Line 2, column 1 'n': expected a finite number with a decimal comma, but got '1.5'. Leave DecimalComma out if numbers have a decimal point.", Refusal(() => schema.ToDataSet(Read("n,k\n1.5,a"))));
        Assert.EndsWith("but got '1,5'. Set DecimalComma = true if the column's numbers have one.", Refusal(() => TableSchema.Fit(Read("n\n\"1,5\""), [new NumberColumn("n")], [])), StringComparison.Ordinal);
        Assert.Contains("but got '1.000,5'", Refusal(() => schema.ToDataSet(Read("n\n\"1.000,5\""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n1\nx\n", "Line 3, column 1 'n': expected a finite number, but got 'x'.")]
    [InlineData("a,n\n1,2\n1,1e999\n", "Line 3, column 2 'n': expected a finite number, but got '1e999'.")]
    [InlineData("a,n\n1,2\n1,\n", "Line 3, column 2 'n': expected a value, but the field is empty. Missing of the column says what to do with gaps.")]
    [InlineData("a,n\n1,2\n1,na\n", "Line 3, column 2 'n': expected a value, but got 'na', which means that there is none. Missing of the column")]
    [InlineData("a,n\n1,Infinity\n", "but got 'Infinity'")]
    public void Numbers_that_are_none_are_refused_with_their_place(string text, string message)
    {
        Assert.Contains(message, Refusal(() => TableSchema.Fit(Read(text), [new NumberColumn("n")], []).ToDataSet(Read(text))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingValue.Mean, "n\n1.7e308\n1.7e308\n\"\"\n", 0f)]
    [InlineData(MissingValue.Mean, "n\n-1.7e308\n1.7e308\n\"\"\n", 0f)]
    [InlineData(MissingValue.Median, "n\n-1.7e308\n1.7e308\n\"\"\n", 0f)]
    public void Numbers_at_the_limits_of_doubles_have_a_mean_and_a_median(MissingValue policy, string text, float filled)
    {
        var numbers = Numbers(new NumberColumn("n") { Missing = policy }, text);

        Assert.All(numbers, row => Assert.True(float.IsFinite(row[0])));
        Assert.Equal(filled, numbers[2][0], 1e-6f);
    }

    [Fact]
    public void Categories_become_one_number_each_in_the_order_of_their_names()
    {
        Assert.Equal([[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]], Numbers(new CategoryColumn("c"), "c\nb\nB\nä\nb\n"));
        Assert.Equal([[0, 1], [1, 0]], Numbers(new CategoryColumn("c") { Categories = ["small", "large"] }, "c\nlarge\nsmall\n"));
        Assert.Equal([[2f], [0], [1]], Numbers(new CategoryColumn("c") { Categories = ["small", "middle", "large"], Encoding = CategoryEncoding.Index }, "c\nlarge\nsmall\nmiddle\n"));
    }

    [Fact]
    public void An_unknown_category_is_refused_unless_something_else_is_said()
    {
        const string training = "x,c\n1,a\n2,b\n3,b\n4,rare\n";
        const string table = "x,c\n1,b\n1,new\n";

        Assert.Equal(
            "Line 3, column 2 'c': expected one of a, b, rare, but got 'new'. Unknown of the column says what to do with other categories.",
            Refusal(() => Numbers(new CategoryColumn("c"), training, table)));
        Assert.Equal([[0, 1, 0], [0, 0, 0]], Numbers(new CategoryColumn("c") { Unknown = UnknownCategory.Zeros }, training, table));
        Assert.Equal([[0, 1, 0], [0, 1, 0]], Numbers(new CategoryColumn("c") { Unknown = UnknownCategory.MostFrequent }, training, table));
        // Those that occur once are the others: a number that training has seen.
        Assert.Equal([[1, 0], [0, 1]], Numbers(new CategoryColumn("c") { Unknown = UnknownCategory.Other, MinCount = 2 }, training, table));
        // Where there were none, the number is untrained, and stays 0.
        Assert.Equal([[0, 1, 0, 0], [0, 0, 0, 0]], Numbers(new CategoryColumn("c") { Unknown = UnknownCategory.Other }, training, table));
        Assert.Equal([[1f], [1]], Numbers(new CategoryColumn("c") { Unknown = UnknownCategory.MostFrequent, Encoding = CategoryEncoding.Index }, training, table));
        Assert.StartsWith("Line 5, column 2 'c': expected one of a, b, but got 'rare'.", Refusal(() => Numbers(new CategoryColumn("c") { Categories = ["a", "b"] }, training)), StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_of_categories_are_what_the_column_says()
    {
        const string training = "c\na\nb\nb\nNA\n";

        Assert.Contains("Line 5, column 1 'c': expected a value", Refusal(() => Numbers(new CategoryColumn("c"), training)), StringComparison.Ordinal);
        Assert.Equal([0, 1], Numbers(new CategoryColumn("c") { Missing = MissingValue.MostFrequent }, training)[3]);
        Assert.Equal([1, 0], Numbers(new CategoryColumn("c") { Missing = MissingValue.Constant, Fill = "a" }, training)[3]);
        Assert.Equal([0, 0], Numbers(new CategoryColumn("c") { Missing = MissingValue.Zeros }, training)[3]);
        Assert.Equal([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]], Numbers(new CategoryColumn("c") { Missing = MissingValue.OwnCategory }, training));
        Assert.Equal([0, 0, 0], Numbers(new CategoryColumn("c") { Missing = MissingValue.OwnCategory }, "c\na\nb\n", "c\n?\n")[0]);
        Assert.Equal([0, 0, 1], Numbers(new CategoryColumn("c") { Missing = MissingValue.Zeros, Indicator = true }, training)[3]);
        // A category of that name, where something else stands for gaps.
        Assert.Equal([1, 0, 0], Numbers(new CategoryColumn("c"), training, training, new TableSchemaOptions { MissingText = ["-"] })[3]);
    }

    [Fact]
    public void Dates_become_days_and_cycles()
    {
        // A Thursday and the day a week later; 2024 has 366 days.
        const string dates = "d\n2024-02-01\n2024-02-08\n";

        Assert.Equal([[0], [7]], Numbers(new DateColumn("d") { Scaling = ColumnScaling.None }, dates));
        Assert.Equal([[-1], [1]], Numbers(new DateColumn("d"), dates));
        Assert.Equal([[0.5f, 2024]], Numbers(new DateColumn("d") { Scaling = ColumnScaling.None, Parts = DateParts.Days | DateParts.Year }, dates, "d\n2024-02-01T12:00\n"));
        Assert.Equal(Cycle(31 / 366.0), Numbers(new DateColumn("d") { Parts = DateParts.DayOfYear }, dates)[0]);
        Assert.Equal(Cycle(4 / 7.0), Numbers(new DateColumn("d") { Parts = DateParts.DayOfWeek }, dates)[1]);
        Assert.Equal(Cycle(0.75), Numbers(new DateColumn("d") { Parts = DateParts.TimeOfDay }, dates, "d\n2024-02-01 18:00:00\n")[0]);
        // In UTC.
        Assert.Equal(Cycle(0.75), Numbers(new DateColumn("d") { Parts = DateParts.TimeOfDay }, dates, "d\n2024-02-01T20:00:00+02:00\n")[0]);
    }

    [Fact]
    public void Dates_are_written_as_the_column_says()
    {
        Assert.Equal([[0], [29]], Numbers(new DateColumn("d") { Format = "d.M.yyyy", Scaling = ColumnScaling.None }, "d\n1.2.2024\n01.03.2024\n"));
        Assert.Equal(
            "Line 3, column 1 'd': expected a date such as 2026-11-27 or 2026-11-27T16:03:36, but got '1.2.2024'. Format of the column says how others are written.",
            Refusal(() => Numbers(new DateColumn("d"), "d\n2024-02-01\n1.2.2024\n")));
        Assert.Contains("expected a date as d.M.yyyy, but got '2024-02-30'.", Refusal(() => Numbers(new DateColumn("d") { Format = "d.M.yyyy" }, "d\n2024-02-30\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_of_dates_are_filled()
    {
        const string dates = "d\n2024-01-01\n2024-01-02\n2024-01-09\n\"\"\n";
        float Gap(MissingValue policy, DateTime? fill = null) => Numbers(new DateColumn("d") { Missing = policy, Fill = fill, Scaling = ColumnScaling.None }, dates)[3][0];

        Assert.Equal(3, Gap(MissingValue.Mean));
        Assert.Equal(1, Gap(MissingValue.Median));
        Assert.Equal(0, Gap(MissingValue.MostFrequent));
        Assert.Equal(31, Gap(MissingValue.Constant, new DateTime(2024, 2, 1)));
        Assert.Equal(float.NaN, Gap(MissingValue.KeepNaN));
    }

    [Fact]
    public void Descriptions_that_contradict_themselves_are_refused()
    {
        TableColumn[] columns =
        [
            new NumberColumn(""),
            new NumberColumn("n") { Missing = MissingValue.Constant },
            new NumberColumn("n") { Fill = 1 },
            new NumberColumn("n") { Missing = MissingValue.Constant, Fill = double.NaN },
            new NumberColumn("n") { Missing = MissingValue.OwnCategory },
            new NumberColumn("n") { Indicator = true },
            new NumberColumn("n") { Scaling = (ColumnScaling)9 },
            new CategoryColumn("n") { Missing = MissingValue.Mean },
            new CategoryColumn("n") { Encoding = CategoryEncoding.Index, Unknown = UnknownCategory.Zeros },
            new CategoryColumn("n") { Encoding = CategoryEncoding.Index, Missing = MissingValue.OwnCategory },
            new CategoryColumn("n") { Categories = ["a", "a"] },
            new CategoryColumn("n") { Categories = [] },
            new CategoryColumn("n") { MinCount = 2 },
            new CategoryColumn("n") { MinCount = 0 },
            new CategoryColumn("n") { Missing = MissingValue.Constant, Fill = "none of them" },
            new DateColumn("n") { Parts = DateParts.None },
            new DateColumn("n") { Format = "%" },
            new DateColumn("n") { Missing = MissingValue.Constant },
        ];

        foreach (var column in columns)
            Assert.Throws<ArgumentException>(() => TableSchema.Fit(Read("n\n1\n1\n"), [column], []));
    }

    private static float[] Cycle(double share) => [(float)Math.Sin(2 * Math.PI * share), (float)Math.Cos(2 * Math.PI * share)];
}
