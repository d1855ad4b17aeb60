using System.Globalization;

namespace StaticNet.Onnx.Elements;

/// <summary>A function of one element: what several element-wise operators of a model compute together.</summary>
internal abstract record Expression
{
    /// <summary>The element itself.</summary>
    public static readonly Expression X = new Element();

    /// <summary>How tightly the text binds: 0 a choice, 1 a sum, 2 a product, 3 an atom.</summary>
    protected abstract int Precedence { get; }

    public static Expression Number(float value) => new Constant(value);

    /// <summary>The value for an element.</summary>
    public abstract double At(double x);

    /// <summary>The expression as the argument of <c>[Activation]</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The factor and the offset if the expression is no more than these.</summary>
    public virtual (float Factor, float Offset)? Affine => null;

    /// <summary>The number of functions and operators.</summary>
    public abstract int Size { get; }

    protected string Within(int precedence) => Precedence < precedence ? $"({Text})" : Text;

    private sealed record Element : Expression
    {
        protected override int Precedence => 3;

        public override string Text => "x";

        public override (float Factor, float Offset)? Affine => (1, 0);

        public override int Size => 0;

        public override double At(double x) => x;
    }

    private sealed record Constant(float Value) : Expression
    {
        protected override int Precedence => Value < 0 ? 0 : 3;

        public override string Text => Value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

        public override (float Factor, float Offset)? Affine => (0, Value);

        public override int Size => 0;

        public override double At(double x) => Value;
    }

    /// <summary>A function by its name in expressions.</summary>
    internal sealed record Call(string Name, Expression Argument) : Expression
    {
        protected override int Precedence => 3;

        public override string Text => $"{Name}({Argument.Text})";

        public override int Size => Argument.Size + 1;

        public override double At(double x) => Functions.Of(Name)(Argument.At(x));
    }

    /// <summary>A power with a constant exponent.</summary>
    internal sealed record Power(Expression Argument, float Exponent) : Expression
    {
        protected override int Precedence => 3;

        public override string Text => $"pow({Argument.Text}, {Number(Exponent).Text})";

        public override int Size => Argument.Size + 1;

        public override double At(double x) => Math.Pow(Argument.At(x), Exponent);
    }

    /// <summary>Bounds, either of which may be infinite.</summary>
    internal sealed record Bounded(Expression Argument, float Low, float High) : Expression
    {
        protected override int Precedence => 3;

        public override string Text => float.IsNegativeInfinity(Low) ? $"min({Argument.Text}, {Number(High).Text})"
            : float.IsPositiveInfinity(High) ? $"max({Argument.Text}, {Number(Low).Text})"
            : $"clip({Argument.Text}, {Number(Low).Text}, {Number(High).Text})";

        public override int Size => Argument.Size + 1;

        public override double At(double x) => Math.Min(Math.Max(Argument.At(x), Low), High);
    }

    /// <summary>A sum, difference, product or quotient, or the smaller or larger of two.</summary>
    internal sealed record Pair(string Operator, Expression Left, Expression Right) : Expression
    {
        protected override int Precedence => Operator switch { "+" or "-" => 1, "*" or "/" => 2, _ => 3 };

        public override string Text => Precedence == 3
            ? $"{Operator}({Left.Text}, {Right.Text})"
            : $"{Left.Within(Precedence)} {Operator} {Right.Within(Precedence + 1)}";

        public override int Size => Left.Size + Right.Size + 1;

        public override (float Factor, float Offset)? Affine => (Operator, Left.Affine, Right.Affine) switch
        {
            ("+", { } a, { } b) => (a.Factor + b.Factor, a.Offset + b.Offset),
            ("-", { } a, { } b) => (a.Factor - b.Factor, a.Offset - b.Offset),
            ("*", { } a, { Factor: 0 } b) => (a.Factor * b.Offset, a.Offset * b.Offset),
            ("*", { Factor: 0 } a, { } b) => (a.Offset * b.Factor, a.Offset * b.Offset),
            ("/", { } a, { Factor: 0 } b) => (a.Factor / b.Offset, a.Offset / b.Offset),
            _ => null,
        };

        public override double At(double x) => (Operator, Left.At(x), Right.At(x)) switch
        {
            ("+", var a, var b) => a + b,
            ("-", var a, var b) => a - b,
            ("*", var a, var b) => a * b,
            ("/", var a, var b) => a / b,
            ("min", var a, var b) => Math.Min(a, b),
            (_, var a, var b) => Math.Max(a, b),
        };
    }

    /// <summary>One of two expressions, by the sign of a third: <c>a &gt; 0 ? yes : no</c>.</summary>
    internal sealed record Choice(string Comparison, Expression Left, Expression Right, Expression Yes, Expression No) : Expression
    {
        protected override int Precedence => 0;

        public override string Text => $"{Left.Within(1)} {Comparison} {Right.Within(1)} ? {Yes.Within(1)} : {No.Within(1)}";

        public override int Size => Left.Size + Right.Size + Yes.Size + No.Size + 1;

        public override double At(double x)
        {
            var (a, b) = (Left.At(x), Right.At(x));
            var isTrue = Comparison switch { "<" => a < b, "<=" => a <= b, ">" => a > b, _ => a >= b };
            return isTrue ? Yes.At(x) : No.At(x);
        }
    }
}
