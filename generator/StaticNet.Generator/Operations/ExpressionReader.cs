using System.Globalization;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>Reads a user's expression over x and α as a tree. Any text gives a tree or a fault.</summary>
/// <remarks>
/// expression = sum [ ("&lt;" | "&lt;=" | "&gt;" | "&gt;=") sum "?" expression ":" expression ]; sum = product { ("+" | "-") product };
/// product = factor { ("*" | "/") factor }; factor = "-" factor | number | name [ "(" expression { "," expression } ")" ] | "(" expression ")".
/// </remarks>
internal sealed class ExpressionReader
{
    /// <summary>The most parts of a tree, common ones counted each time, and the deepest nesting of brackets.</summary>
    private const int MostParts = 300, Deepest = 40;

    private static readonly Dictionary<string, Expression> Constants = new(StringComparer.Ordinal) { ["x"] = ElementFunctions.X, ["pi"] = 3.14159265f };

    private static readonly Dictionary<string, Func<Expression, Expression>> Functions = MakeFunctions();

    private readonly string _text;
    private readonly float _alpha;
    private int _place;
    private int _depth;
    private ExpressionFault? _fault;

    private ExpressionReader(string text, float alpha)
    {
        _text = text;
        _alpha = alpha;
    }

    /// <summary>The functions of one argument that an expression may call.</summary>
    public static IEnumerable<string> FunctionNames => Functions.Keys.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="alpha">What <c>alpha</c> stands for; NaN: nothing.</param>
    /// <returns>The tree, or where it is not understood.</returns>
    public static (Expression? Tree, ExpressionFault? Fault) Read(string text, float alpha)
    {
        var reader = new ExpressionReader(text, alpha);
        var tree = reader.ReadExpression();
        if (reader._fault is null && reader.Next() is { Length: > 0 } rest)
            reader.Fail($"\"{rest}\" where the expression should end");
        if (reader._fault is null && !Derivation.Uses(tree).ContainsKey(ElementFunctions.X))
            reader.Fail("no x, which is the input", 0);
        return reader._fault is null ? (tree, null) : (null, reader._fault);
    }

    private static Dictionary<string, Func<Expression, Expression>> MakeFunctions()
    {
        var functions = ElementaryFunctions.ByName.ToDictionary(pair => pair.Key, pair => (Func<Expression, Expression>)pair.Value.Of, StringComparer.Ordinal);
        foreach (var pair in ActivationFunctions.All.Where(pair => !functions.ContainsKey(NameOf(pair.Key))))
            functions.Add(NameOf(pair.Key), x => Derivation.Replace(pair.Value.Tree(pair.Value.Alpha), ElementFunctions.X, x));
        return functions;

        static string NameOf(Activation function) => function.ToString().ToLowerInvariant();
    }

    private Expression ReadExpression()
    {
        if (++_depth > Deepest)
            return Fail($"brackets deeper than {Deepest}");
        var left = ReadSum();
        if (Take("<=", ">=", "<", ">") is { } comparison)
        {
            var right = ReadSum();
            Require("?");
            var then = ReadExpression();
            Require(":");
            var otherwise = ReadExpression();
            left = Checked(Select.Of(
                comparison switch { "<" => ComparisonKind.Less, "<=" => ComparisonKind.LessOrEqual, ">" => ComparisonKind.Greater, _ => ComparisonKind.GreaterOrEqual },
                left, right, then, otherwise));
        }

        _depth--;
        return left;
    }

    private Expression ReadSum()
    {
        var sum = ReadProduct();
        while (Take("+", "-") is { } sign)
        {
            var term = ReadProduct();
            sum = Checked(sign == "+" ? sum + term : sum - term);
        }

        return sum;
    }

    private Expression ReadProduct()
    {
        var product = ReadFactor();
        while (Take("*", "/") is { } sign)
        {
            var factor = ReadFactor();
            if (sign == "/" && factor is Constant { Value: 0 })
                return Fail("a division by 0");
            product = Checked(sign == "*" ? product * factor : product / factor);
        }

        return product;
    }

    private Expression ReadFactor()
    {
        var signs = 0;
        while (Take("-") is not null)
            signs++;
        var factor = ReadPrimary();
        return signs % 2 == 0 ? factor : -factor;
    }

    private Expression ReadPrimary()
    {
        if (_fault is not null)
            return Expression.Zero;
        if (Take("(") is not null)
        {
            var inner = ReadExpression();
            Require(")");
            return inner;
        }

        var token = Next();
        var place = _place - token.Length;
        if (token.Length > 0 && (token[0] is >= '0' and <= '9' || token[0] == '.'))
        {
            return float.TryParse(token.TrimEnd('f', 'F'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && !float.IsInfinity(number)
                ? number
                : Fail($"\"{token}\", which is not a float", place);
        }

        if (token.Length == 0 || !IsOfName(token[0]))
            return Fail(token.Length == 0 ? "its end where a number, x or a function should be" : $"\"{token}\" where a number, x or a function should be", place);
        if (Take("(") is not null)
            return Checked(Call(token, place));
        if (token == "alpha")
            return float.IsNaN(_alpha) ? Fail("\"alpha\" without a value: set it with Alpha = …", place) : _alpha;
        return Constants.TryGetValue(token, out var constant) ? constant : Fail($"\"{token}\", which is neither x, alpha nor pi", place);
    }

    private Expression Call(string name, int place)
    {
        var arguments = new List<Expression> { ReadExpression() };
        while (Take(",") is not null && _fault is null)
            arguments.Add(ReadExpression());
        Require(")");
        if (_fault is not null)
            return Expression.Zero;
        switch (name, arguments.Count)
        {
            case ("min", 2):
                return ElementaryFunctions.Minimum(arguments[0], arguments[1]);
            case ("max", 2):
                return ElementaryFunctions.Maximum(arguments[0], arguments[1]);
            case ("clip", 3):
                return ElementaryFunctions.AtMost(ElementaryFunctions.AtLeast(arguments[0], arguments[1]), arguments[2]);
            case ("pow", 2):
                return arguments[1] is Constant exponent ? Powers.Of(arguments[0], exponent.Value) : Fail("pow with an exponent that is not a number", place);
            case ("min" or "max" or "pow", _):
                return Fail($"{name} with {arguments.Count} arguments instead of 2", place);
            case ("clip", _):
                return Fail($"clip with {arguments.Count} arguments instead of 3", place);
        }

        if (!Functions.TryGetValue(name, out var function))
            return Fail($"\"{name}\", which is none of min, max, clip, pow, {string.Join(", ", FunctionNames)}", place);
        return arguments.Count == 1 ? function(arguments[0]) : Fail($"{name} with {arguments.Count} arguments instead of 1", place);
    }

    /// <summary>The tree, unless it has grown too large to be differentiated and written.</summary>
    private Expression Checked(Expression tree)
    {
        var left = MostParts;
        return IsSmall(tree) ? tree : Fail("more than fits into one expression: divide it among several layers");

        bool IsSmall(Expression part) => --left >= 0 && part.Parts.All(IsSmall);
    }

    private Constant Fail(string problem, int place = -1)
    {
        _fault ??= new ExpressionFault((place < 0 ? _place : place) + 1, problem);
        _place = _text.Length;
        return new Constant(0);
    }

    private void Require(string token)
    {
        if (Take(token) is null && _fault is null)
            Fail($"{(Peek() is { Length: > 0 } found ? $"\"{found}\"" : "its end")} where \"{token}\" should be");
    }

    private string? Take(params string[] tokens)
    {
        var next = Peek();
        if (Array.IndexOf(tokens, next) < 0)
            return null;
        Next();
        return next;
    }

    private string Peek()
    {
        var place = _place;
        var token = Next();
        _place = place;
        return token;
    }

    /// <summary>The next token; empty at the end.</summary>
    private string Next()
    {
        while (_place < _text.Length && char.IsWhiteSpace(_text[_place]))
            _place++;
        var start = _place;
        if (start == _text.Length)
            return "";
        if (IsOfName(_text[start]))
        {
            var isNumber = _text[start] is >= '0' and <= '9' || _text[start] == '.';
            while (_place < _text.Length && (IsOfName(_text[_place]) || (isNumber && _text[_place] is '+' or '-' && _text[_place - 1] is 'e' or 'E')))
                _place++;
        }
        else if (_text[start] is '<' or '>' && start + 1 < _text.Length && _text[start + 1] == '=')
        {
            _place += 2;
        }
        else
        {
            _place++;
        }

        return _text.Substring(start, _place - start);
    }

    private static bool IsOfName(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.';
}
