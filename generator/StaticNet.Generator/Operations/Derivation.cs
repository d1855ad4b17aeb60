namespace StaticNet.Generator.Operations;

/// <summary>What follows from a tree: its derivative, its cost, its value.</summary>
internal static class Derivation
{
    /// <summary>Stands in a derivative for the gradient of the output.</summary>
    public static readonly Operand Gradient = new(-2);

    /// <summary>Stands in a derivative for the function's own output.</summary>
    public static readonly Operand Output = new(GradientRule.Output);

    /// <summary>The derivative by an operand, over the same operands.</summary>
    public static Expression By(int operand, Expression tree)
    {
        Expression D(Expression part) => By(operand, part);
        return tree switch
        {
            Operand other => other.Index == operand ? Expression.One : Expression.Zero,
            Constant => Expression.Zero,
            Negation negation => -D(negation.X),
            Application application => D(application.X) is Constant { Value: 0 }
                ? Expression.Zero
                : (application.Function.Derivative ?? throw new InvalidOperationException("Code for second derivatives is not written."))(application.X) * D(application.X),
            MultiplyAdd sum => D(sum.A * sum.B) + D(sum.C),
            Select select => Select.Of(select.Kind, select.Left, select.Right, D(select.Then), D(select.Otherwise)),
            Binary { Kind: BinaryKind.Sum } sum => D(sum.A) + D(sum.B),
            Binary { Kind: BinaryKind.Difference } difference => D(difference.A) - D(difference.B),
            Binary { Kind: BinaryKind.Product } product => product.A.Equals(product.B) ? 2f * product.A * D(product.A) : (D(product.A) * product.B) + (product.A * D(product.B)),
            Binary { Kind: BinaryKind.Quotient } quotient => (D(quotient.A) / quotient.B) - (quotient * D(quotient.B) / quotient.B),
            // At a lower bound the bound's, as the derivative of ReLU is 0 at 0, at an upper one the element's, as in ELU's min(x, 0); of two
            // equal ones half of each.
            Binary { Kind: BinaryKind.AtLeast } bound => Select.Of(ComparisonKind.Greater, bound.A, bound.B, D(bound.A), D(bound.B)),
            Binary { Kind: BinaryKind.AtMost } bound => Select.Of(ComparisonKind.LessOrEqual, bound.A, bound.B, D(bound.A), D(bound.B)),
            Binary { Kind: BinaryKind.Maximum } larger => OfTwo(ComparisonKind.Greater, ComparisonKind.Less, larger),
            Binary { Kind: BinaryKind.Minimum } smaller => OfTwo(ComparisonKind.Less, ComparisonKind.Greater, smaller),
            _ => throw new InvalidOperationException($"{tree.GetType().Name} has no derivative."),
        };

        Expression OfTwo(ComparisonKind first, ComparisonKind second, Binary pair) => Select.Of(
            first, pair.A, pair.B, D(pair.A), Select.Of(second, pair.A, pair.B, D(pair.B), 0.5f * (D(pair.A) + D(pair.B))));
    }

    /// <summary>The tree with each occurrence of a part replaced.</summary>
    public static Expression Replace(Expression tree, Expression part, Expression by) =>
        tree.Equals(part) ? by : tree.Parts.Count == 0 ? tree : tree.With(tree.Parts.Select(inner => Replace(inner, part, by)).ToArray());

    /// <summary>The tree with its operands numbered otherwise.</summary>
    public static Expression Renumber(Expression tree, Func<int, int> number) => tree switch
    {
        Operand operand => new Operand(number(operand.Index)),
        _ when tree.Parts.Count == 0 => tree,
        _ => tree.With(tree.Parts.Select(part => Renumber(part, number)).ToArray()),
    };

    /// <summary>How often each distinct part occurs, the parts of a part that occurs several times counted once.</summary>
    public static Dictionary<Expression, int> Uses(Expression tree)
    {
        var uses = new Dictionary<Expression, int>();
        Count(tree);
        return uses;

        void Count(Expression part)
        {
            uses.TryGetValue(part, out var count);
            uses[part] = count + 1;
            if (count > 0)
                return;
            foreach (var inner in part.Parts)
                Count(inner);
        }
    }

    /// <summary>About how many instructions the tree is, common parts counted once.</summary>
    public static int Cost(Expression tree) => Uses(tree).Keys.Sum(part => part switch
    {
        Operand or Constant => 0,
        Application application => application.Function.Cost,
        Binary { Kind: BinaryKind.Quotient } or Select => 2,
        _ => 1,
    });

    /// <summary>The value over numbers.</summary>
    public static double Evaluate(Expression tree, Func<int, double> operand)
    {
        double Of(Expression part) => Evaluate(part, operand);
        return tree switch
        {
            Operand own => operand(own.Index),
            Constant constant => constant.Value,
            Negation negation => -Of(negation.X),
            Application application => application.Function.Value(Of(application.X)),
            MultiplyAdd sum => (Of(sum.A) * Of(sum.B)) + Of(sum.C),
            Select select => Compare(select.Kind, Of(select.Left), Of(select.Right)) ? Of(select.Then) : Of(select.Otherwise),
            Binary pair => OfPair(pair.Kind, Of(pair.A), Of(pair.B)),
            _ => throw new InvalidOperationException($"{tree.GetType().Name} has no value."),
        };
    }

    private static double OfPair(BinaryKind kind, double a, double b) => kind switch
    {
        BinaryKind.Sum => a + b,
        BinaryKind.Difference => a - b,
        BinaryKind.Product => a * b,
        BinaryKind.Quotient => a / b,
        BinaryKind.AtLeast or BinaryKind.Maximum => Math.Max(a, b),
        _ => Math.Min(a, b),
    };

    private static bool Compare(ComparisonKind kind, double left, double right) => kind switch
    {
        ComparisonKind.Greater => left > right,
        ComparisonKind.GreaterOrEqual => left >= right,
        ComparisonKind.Less => left < right,
        _ => left <= right,
    };
}
