namespace StaticNet.Generator.Operations;

/// <summary>
/// A function of single elements as a small tree. The operators build it and simplify on the way: constants fold, and a product with
/// something added is one <see cref="MultiplyAdd"/>. Equal trees are equal by value.
/// </summary>
internal abstract record Expression
{
    public static readonly Expression Zero = 0f;

    public static readonly Expression One = 1f;

    /// <summary>The parts, in the order in which they are written.</summary>
    public abstract IReadOnlyList<Expression> Parts { get; }

    /// <summary>The same node over other parts.</summary>
    public abstract Expression With(IReadOnlyList<Expression> parts);

    public static implicit operator Expression(float value) => new Constant(value);

    public static Expression operator -(Expression x) => x switch
    {
        Constant c => -c.Value,
        Binary { Kind: BinaryKind.Product, A: Constant c } product => -c.Value * product.B,
        Negation negation => negation.X,
        _ => new Negation(x),
    };

    public static Expression operator +(Expression a, Expression b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value + y.Value,
        (Constant { Value: 0 }, _) => b,
        (_, Constant { Value: 0 }) => a,
        (Binary { Kind: BinaryKind.Product } product, _) => new MultiplyAdd(product.A, product.B, b),
        (_, Binary { Kind: BinaryKind.Product } product) => new MultiplyAdd(product.A, product.B, a),
        (_, Negation negation) => a - negation.X,
        _ => new Binary(BinaryKind.Sum, a, b),
    };

    public static Expression operator -(Expression a, Expression b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value - y.Value,
        (Constant { Value: 0 }, _) => -b,
        (_, Constant { Value: 0 }) => a,
        (_, Binary { Kind: BinaryKind.Product } product) => new MultiplyAdd(-product.A, product.B, a),
        (Binary { Kind: BinaryKind.Product } product, _) => new MultiplyAdd(product.A, product.B, -b),
        (_, Negation negation) => a + negation.X,
        _ => new Binary(BinaryKind.Difference, a, b),
    };

    public static Expression operator *(Expression a, Expression b) => (a, b) switch
    {
        (Constant x, Constant y) => x.Value * y.Value,
        (Constant { Value: 0 }, _) or (_, Constant { Value: 0 }) => Zero,
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (_, Constant { Value: -1 }) => -a,
        (Constant { Value: -1 }, _) => -b,
        // Where one side is zero nothing is multiplied there, so that infinity times zero cannot come of it.
        (_, Select { Otherwise: Constant { Value: 0 } } s) => new Select(s.Kind, s.Left, s.Right, a * s.Then, Zero),
        (_, Select { Then: Constant { Value: 0 } } s) => new Select(s.Kind, s.Left, s.Right, Zero, a * s.Otherwise),
        (Select { Otherwise: Constant { Value: 0 } } s, _) => new Select(s.Kind, s.Left, s.Right, s.Then * b, Zero),
        (Select { Then: Constant { Value: 0 } } s, _) => new Select(s.Kind, s.Left, s.Right, Zero, s.Otherwise * b),
        (_, Binary { Kind: BinaryKind.Quotient, A: Constant { Value: 1 } } inverse) => a / inverse.B,
        (_, Negation negation) => -(a * negation.X),
        _ => new Binary(BinaryKind.Product, a, b),
    };

    public static Expression operator /(Expression a, Expression b) => (a, b) switch
    {
        (Constant x, Constant y) when y.Value != 0 => x.Value / y.Value,
        (Constant { Value: 0 }, _) => Zero,
        (_, Constant { Value: 1 }) => a,
        (Negation negation, _) => -(negation.X / b),
        _ => new Binary(BinaryKind.Quotient, a, b),
    };
}

/// <summary>What the function takes, by its place among the operands.</summary>
internal sealed record Operand(int Index) : Expression
{
    public override IReadOnlyList<Expression> Parts => [];

    public override Expression With(IReadOnlyList<Expression> parts) => this;
}

internal sealed record Constant(float Value) : Expression
{
    public override IReadOnlyList<Expression> Parts => [];

    public override Expression With(IReadOnlyList<Expression> parts) => this;
}

internal sealed record Negation(Expression X) : Expression
{
    public override IReadOnlyList<Expression> Parts => [X];

    public override Expression With(IReadOnlyList<Expression> parts) => -parts[0];
}

/// <summary>A function of one element from the table <see cref="ElementaryFunctions"/>.</summary>
internal sealed record Application(ElementaryFunction Function, Expression X) : Expression
{
    public override IReadOnlyList<Expression> Parts => Function.NamesTwice ? [X, X] : [X];

    public override Expression With(IReadOnlyList<Expression> parts) => new Application(Function, parts[0]);
}

internal sealed record Binary(BinaryKind Kind, Expression A, Expression B) : Expression
{
    public override IReadOnlyList<Expression> Parts => [A, B];

    public override Expression With(IReadOnlyList<Expression> parts) => Kind switch
    {
        BinaryKind.Sum => parts[0] + parts[1],
        BinaryKind.Difference => parts[0] - parts[1],
        BinaryKind.Product => parts[0] * parts[1],
        BinaryKind.Quotient => parts[0] / parts[1],
        _ => new Binary(Kind, parts[0], parts[1]),
    };
}

/// <summary>a·b + c, in one instruction where the processor has it.</summary>
internal sealed record MultiplyAdd(Expression A, Expression B, Expression C) : Expression
{
    public override IReadOnlyList<Expression> Parts => [A, B, C];

    public override Expression With(IReadOnlyList<Expression> parts) => (parts[0] * parts[1]) + parts[2];
}

/// <summary>One of two, by a comparison; a comparison with NaN is false.</summary>
internal sealed record Select(ComparisonKind Kind, Expression Left, Expression Right, Expression Then, Expression Otherwise) : Expression
{
    public override IReadOnlyList<Expression> Parts => [Left, Right, Then, Otherwise];

    public override Expression With(IReadOnlyList<Expression> parts) => Of(Kind, parts[0], parts[1], parts[2], parts[3]);

    /// <summary>The node, or, where both sides are the same, that.</summary>
    public static Expression Of(ComparisonKind kind, Expression left, Expression right, Expression then, Expression otherwise) =>
        then.Equals(otherwise) ? then : new Select(kind, left, right, then, otherwise);
}
