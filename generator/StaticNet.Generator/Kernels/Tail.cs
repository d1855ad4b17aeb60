using StaticNet.Generator.Operations;
using StaticNet.Generator.Planning;
using StaticNet.Generator.Text;

namespace StaticNet.Generator.Kernels;

/// <summary>
/// The element functions after a group's head, and the stores of what others read: written on a register, or as a loop
/// over rows that are still in L1.
/// </summary>
internal sealed class Tail(Group group, Arranged arranged)
{
    /// <summary>What the names of vectors end with in loops over elements.</summary>
    private const string LanesEnding = "Lanes";

    private readonly Group _group = group;
    private readonly Arranged _arranged = arranged;

    /// <summary>
    /// Whether the functions are short enough to be written for every register of a tile; long ones follow in a loop.
    /// </summary>
    public bool IsLight => _group.Tail.All(operation => !operation.Function.IsHeavy);

    /// <summary>The values that are read besides the head's own.</summary>
    public IEnumerable<Value> Operands => _group.Tail.SelectMany(operation => operation.Inputs.Select(input => (operation, input)))
        .Where(pair => _group.Operations.All(own => own.Output != pair.input))
        .Select(pair => _arranged.Operand(pair.operation, pair.input)).Distinct();

    /// <summary>The arguments of the memory that is read and written.</summary>
    public IEnumerable<KernelArgument> Arguments => Operands.Concat(_group.Stored).Distinct()
        .Select(value => KernelArgument.Of(value, Names.Argument(value.Name)));

    /// <summary>The parameters that the functions take, as arguments.</summary>
    public IEnumerable<KernelArgument> Parameters => _group.Operations.OfType<Elementwise>().SelectMany(operation => operation.LaneOperands)
        .Select(operand => operand.Parameter).OfType<Parameter>().Distinct().Select(KernelArgument.Of);

    /// <summary>Names the functions: <c>ReLU</c>.</summary>
    public string Title => string.Join(", ", _group.Tail.Select(operation => operation.Function.Name));

    /// <summary>Applies the functions to a register and stores what others read.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="register">The name of the register, which changes.</param>
    /// <param name="address">Makes the reference and offset of a value's memory at the register's place.</param>
    /// <param name="lanes">Makes the expression of a vector by channel at the register's place.</param>
    public void WriteOnRegister(CodeWriter writer, VectorSyntax v, string register, Func<Value, string> address, Func<LaneOperand, string> lanes)
    {
        var current = _group.Head.Output;
        var kept = new Dictionary<Value, string>();
        var operandNames = new LocalNames(writer, number => $"{register}Operand{number}");
        var partNames = new LocalNames(writer, number => $"{register}Part{number}");
        Finish(0);
        for (var index = 0; index < _group.Tail.Count; index++)
        {
            var operation = _group.Tail[index];
            var loaded = new Dictionary<Value, string>();
            var operands = new List<string>();
            foreach (var input in operation.ElementInputs)
            {
                if (input == current)
                    operands.Add(register);
                else if (kept.TryGetValue(input, out var name) || loaded.TryGetValue(input, out name))
                    operands.Add(name);
                else
                    operands.Add(loaded[input] = Named(operation, operands.Count, $"{v.Type}.LoadUnsafe({address(_arranged.Operand(operation, input))})", operation.ElementInputs.Count(other => other == input)));
            }

            foreach (var operand in operation.LaneOperands)
                operands.Add(Named(operation, operands.Count, lanes(operand), 1));
            writer.Line($"{register} = {operation.Function.Write(v, operands, partNames.Declare)};");
            current = operation.Output;
            Finish(index + 1);
        }

        // An operand that the expression names twice gets a name of its own, so that it is loaded once.
        string Named(Elementwise operation, int operand, string load, int places) =>
            places > 1 || operation.Function.UsesTwice(operand) ? operandNames.Declare(load) : load;

        // Stores what others read, and keeps what a function after the next one takes: the register changes.
        void Finish(int next)
        {
            if (_group.Stored.Contains(current))
                writer.Line(v.Store(register, address(current)));
            if (!_group.Tail.Skip(next + 1).Any(later => later.Inputs.Contains(current)))
                return;
            kept.Add(current, $"{register}Kept{(kept.Count == 0 ? "" : Literal.Of(kept.Count + 1))}");
            writer.Line($"var {kept[current]} = {register};");
        }
    }

    /// <summary>A vector by channel at a lane, or the one number for all.</summary>
    public string LanesAt(LaneOperand operand, VectorSyntax v, string lane)
    {
        if (operand.Vectors is { } vectors)
        {
            var row = operand.Row * _arranged.LayoutOf(vectors).Stride;
            return v.Load(Names.Argument(_arranged.Resolve(vectors).Name), Arithmetic.Sum(lane, row));
        }

        var name = Names.Argument(operand.Parameter!.CodeName);
        return operand.IsUniform ? v.Broadcast(name) : v.Load(name, lane);
    }

    /// <summary>Stores a register as the head's raw result, for the loop that follows.</summary>
    public void WriteStore(CodeWriter writer, VectorSyntax v, string register, Func<Value, string> address) =>
        writer.Line(v.Store(register, address(Raw)));

    /// <summary>The memory that takes the head's raw result until the loop: its own if others read it, else the result's.</summary>
    private Value Raw => _group.Stored.Contains(_group.Head.Output) ? _group.Head.Output : _group.Stored[0];

    /// <summary>Writes the body of a loop over elements: loads, functions, stores at <paramref name="index"/>.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="index">The place of the vector.</param>
    /// <param name="lanes">Makes the expression of a vector by channel at the place.</param>
    /// <param name="mask">The lanes that hold elements, in the others of which the head's result is zero; null: all are taken as they are.</param>
    public void WriteOnElements(CodeWriter writer, VectorSyntax v, string index, Func<LaneOperand, string> lanes, string? mask = null)
    {
        var names = new Dictionary<Value, string>();
        string NameOf(Value value) => names.TryGetValue(value, out var name) ? name : names[value] = Hole.Of(Names.Argument(value.Name), LanesEnding);
        void Load(Value value, Value from)
        {
            if (!names.ContainsKey(value))
                writer.Line($"var {NameOf(value)} = {v.Load(Names.Argument(from.Name), index)};");
        }

        if (_group.Head is not Elementwise)
            Load(_group.Head.Output, Raw);
        foreach (var operation in _group.Operations.OfType<Elementwise>())
        {
            var operands = new List<string>();
            foreach (var input in operation.ElementInputs)
            {
                var value = _group.Operations.Any(own => own.Output == input) ? input : _arranged.Operand(operation, input);
                Load(value, value);
                operands.Add(NameOf(value));
            }

            var own = NameOf(operation.Output);
            var locals = new LocalNames(writer, number => Hole.Of(Names.Argument(operation.Output.Name), $"Part{number}{LanesEnding}"));
            foreach (var operand in operation.LaneOperands)
                operands.Add(operation.Function.UsesTwice(operands.Count) ? locals.Declare(lanes(operand)) : lanes(operand));
            var result = operation.Function.Write(v, operands, locals.Declare);
            writer.Line($"var {own} = {(mask is null || operation != _group.Head ? result : $"{mask} & ({result})")};");
            if (_group.Stored.Contains(operation.Output))
                writer.Line(v.Store(NameOf(operation.Output), Names.Argument(operation.Output.Name), index));
        }
    }
}
