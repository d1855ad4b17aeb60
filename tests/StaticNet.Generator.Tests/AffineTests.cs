using StaticNet.Generator.Text;

namespace StaticNet.Generator.Tests;

/// <summary>Places fold what can be computed when code is written.</summary>
public class AffineTests
{
    private static readonly Affine Row = "row", Column = "column", Lane = "lane";

    [Fact]
    public void Numbers_are_folded_wherever_they_stand()
    {
        Assert.Equal("24", ((Affine)8 + 16).ToString());
        Assert.Equal("2304", ((Affine)16 * 144).ToString());
        Assert.Equal("lane + 24", (Lane + 8 + 16).ToString());
        Assert.Equal("(column * 32) + 24", ((((Column * 2) + 1) * 16) + 8).ToString());
        Assert.Equal("(((row * 14) + column) * 16) + 40", ((((Row * 14) + Column + 2) * 16) + 8).ToString());
        Assert.Equal("(row * 2) - 1", ((Row * 2) + -1).ToString());
    }

    [Fact]
    public void What_is_nothing_is_left_out()
    {
        Assert.Equal("row", (Row + 0).ToString());
        Assert.Equal("row", (Row * 1).ToString());
        Assert.Equal("0", (Row * 0).ToString());
        Assert.Equal("lane", (((Affine)"0" * 36) + Lane + "").ToString());
        Assert.Equal("column", (Row + Column + (Row * -1)).ToString());
        Assert.Equal("0", default(Affine).ToString());
    }

    [Fact]
    public void A_variable_is_counted_once() => Assert.Equal("(row * 5) + lane", (Row + Lane + (Row * 4)).ToString());

    [Fact]
    public void Several_variables_are_multiplied_together() => Assert.Equal("((row * 9) + column) * 16", (((Row * 9) + Column) * 16).ToString());

    [Fact]
    public void Parentheses_stand_where_they_must()
    {
        Assert.Equal("row * 160", (Row * 10 * 16).ToString());
        Assert.Equal("row * 160", ((Affine)"row * 10" * 16).ToString());
        Assert.Equal("row * 12", ((Affine)"row * 10" + "row * 2").ToString());
        Assert.Equal("(tile % 4 * 4) + lane", ("tile % 4 * 4" + Lane).ToString());
        Assert.Equal("(row * 160) + lane", ((Row * 10 * 16) + Lane).ToString());
        Assert.Equal("(top - tap) * 8", ((Affine)"top - tap" * 8).ToString());
        Assert.Equal("(top - tap) + lane", ("top - tap" + Lane).ToString());
        Assert.Equal("top + tap + lane", ("top + tap" + Lane).ToString());
        Assert.Equal("Math.Min(row + 1, rows - 1) * 8", ((Affine)"Math.Min(row + 1, rows - 1)" * 8).ToString());
    }

    [Fact]
    public void A_number_and_a_quotient_are_told_from_variables()
    {
        Assert.True(Arithmetic.IsNumber("12", out var number) && number == 12);
        Assert.False(Arithmetic.IsNumber(Row + 1, out _));
        Assert.Equal("3", Arithmetic.Quotient(7, 2).ToString());
        Assert.Equal("(row + 1) / 2", Arithmetic.Quotient(Row + 1, 2).ToString());
    }

    [Fact]
    public void A_place_that_overflows_is_refused() => Assert.Throws<OverflowException>(() => (Row + int.MaxValue) * 2);
}
