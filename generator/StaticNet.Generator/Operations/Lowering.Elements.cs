using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <content>Functions of elements.</content>
internal sealed partial class Lowering
{
    /// <summary>x·a + b with a coefficient and a bias a channel.</summary>
    public LogicalValue ScaleAndShift(LogicalValue input, Parameter coefficient, Parameter bias)
    {
        var layer = _layer;
        return Each(input, value => new ScaleAndShift(layer, value, coefficient, bias));
    }

    public LogicalValue Activate(LogicalValue input, Activation kind, float alpha) => Apply(input, ActivationFunctions.Of(kind, alpha), kind);

    /// <summary>A function of each element.</summary>
    public LogicalValue Apply(LogicalValue input, ElementFunction function, Activation? activation = null)
    {
        var layer = _layer;
        return Add(new PlainOperation(layer, [input], input.Type, LayoutUse.Any, (layout, inputs) =>
            layout.Add(new Elementwise(layer, function, [inputs[0]]) { Activation = activation }))
        {
            Planes = PlaneUse.PassesOn,
        });
    }

    public LogicalValue PReLU(LogicalValue input, Parameter slope)
    {
        var layer = _layer;
        return Each(input, value => new PReLU(layer, value, slope));
    }

    public LogicalValue Softmax(LogicalValue input, bool logarithm)
    {
        var layer = _layer;
        return Add([input], input.Type, LayoutUse.ChannelsFirst, (layout, inputs) => layout.Add(new Softmax(layer, inputs[0], logarithm)));
    }

    public LogicalValue MaxOfPieces(LogicalValue input, int pieces)
    {
        var layer = _layer;
        return Add([input], input.Type.WithLast(input.Type.Last / pieces), LayoutUse.ChannelsFirst, (layout, inputs) => layout.Add(new MaxOfPieces(layer, inputs[0], pieces)));
    }

    public LogicalValue Dropout(LogicalValue input, double rate, bool isSpatial)
    {
        var (layer, stream) = (_layer, _streams++);
        return Each(input, value => new Dropout(layer, value, rate, isSpatial, stream));
    }

    public LogicalValue Noise(LogicalValue input, float deviation)
    {
        var (layer, stream) = (_layer, _streams++);
        return Each(input, value => new Noise(layer, value, deviation, stream));
    }

    /// <summary>A fixed tensor: what only joins take.</summary>
    public LogicalValue Constant(TensorType type, float value, EquatableArray<float> values) => new(type)
    {
        Constant = Add(new Parameter(_layer, "value", ParameterKind.Constant, type.Shape, Initialization.Constant(value), trainable: false) { Values = values }),
    };

    /// <summary>A function of the elements of several values of one shape and of constants: what it makes of the first two goes on with the next.</summary>
    public LogicalValue Join(JoinKind kind, IReadOnlyList<LogicalValue> inputs)
    {
        var (layer, (function, verb)) = (_layer, ElementFunctions.Joins[kind]);
        var type = inputs.First(input => input.Constant is null).Type;
        // A constant of the whole shape is in the logical order.
        var isLogical = type.Rank > 1 && inputs.Any(input => input.Constant is not null && input.Type.Length == type.Length && input.Type.Length > 1);
        return Add(new PlainOperation(layer, inputs, type, isLogical ? LayoutUse.ChannelsFirst : LayoutUse.Any, (layout, values) =>
        {
            var next = 0;
            var operands = inputs.Select(input => (Value: input.Constant is null ? values[next++] : null, input.Constant)).ToArray();
            return operands.Skip(1).Aggregate(operands[0], (left, right) => (layout.Add(Joined(left, right)), null)).Value!;
        })
        {
            Planes = PlaneUse.None,
        });

        Elementwise Joined((Value? Value, Parameter? Constant) left, (Value? Value, Parameter? Constant) right) => (left, right) switch
        {
            ({ Value: { } value }, { Constant: { } constant }) => new Elementwise(layer, function, [value], [LaneOf(constant, value)], verb),
            ({ Constant: { } constant }, { Value: { } value }) => new Elementwise(layer, function.Renumbered(operand => 1 - operand), [value], [LaneOf(constant, value)], verb),
            _ => new Elementwise(layer, function, [left.Value!, right.Value!], verb: verb),
        };
    }

    /// <summary>The value that many steps earlier, and for the steps before there are so many an initial one.</summary>
    public LogicalValue Delay(LogicalValue input, int steps, float initialValue)
    {
        var layer = _layer;
        return Each(input, value => new Delay(layer, value, steps) { InitialValue = initialValue });
    }

    /// <summary>The last step of a sequence, or the first one.</summary>
    public LogicalValue SelectStep(LogicalValue input, bool isFirst)
    {
        var layer = _layer;
        return Each(input, value => new StepSelection(layer, value, isFirst));
    }

    /// <summary>The hidden states of a recurrent layer.</summary>
    /// <param name="input">What each step takes.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="ofInput">The weight and the bias of the input, and where the weight is normalised what products with it are multiplied by.</param>
    /// <param name="ofStates">The weights of the states.</param>
    /// <param name="isReverse">Whether it goes from the last step to the first.</param>
    /// <param name="unrolling">Whether the code of the product with the input is straight-line, where it has code of its own.</param>
    /// <param name="dropout">The probability that a unit of the hidden state is dropped before the weights.</param>
    public LogicalValue Recur(LogicalValue input, RecurrentCell cell, (Parameter Weight, Parameter? Bias, WeightNormScale? Scale) ofInput, RecurrentWeights ofStates, bool isReverse, Unrolling unrolling, double dropout)
    {
        var layer = _layer;
        var mask = dropout == 0 ? null : new RecurrentMask(layer, cell.HiddenUnits, dropout, _streams++, isReverse);
        return Add([input], TensorType.Of(cell.HiddenUnits), LayoutUse.Flattened, (layout, inputs) =>
        {
            var (rows, channels) = layout.Flattened(inputs[0]);
            ofInput.Weight.Interleave = channels;
            var isJoined = input.Type.Last <= RecurrentCell.MostJoinedInputs && ofInput.Scale is null;
            var projection = new Contraction(layer, rows, ofInput.Weight, ofInput.Scale is null ? ofInput.Bias : null, unrolling, isJoined ? null : layout.Rounded(ofInput.Weight)) { IsJoined = isJoined };
            var sums = layout.Add(projection);
            if (ofInput.Scale is not null)
                sums = layout.Add(new WeightNormalization(layer, sums, ofInput.Scale, ofInput.Bias));
            if (mask is not null)
                layout.Add(mask);
            return layout.Add(new Recurrence(layer, projection, sums, cell, ofStates, isReverse, mask));
        });
    }

    private static LaneOperand LaneOf(Parameter constant, Value value) =>
        new(constant) { IsFull = value.Type.Rank > 1 && constant.Count == value.Type.Length && constant.Count > 1 };
}
