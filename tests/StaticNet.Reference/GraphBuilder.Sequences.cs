using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <content>Recurrent layers.</content>
internal sealed partial class GraphBuilder
{
    private int? BuildSequence(LayerAttribute layer, GraphScope scope, string name, int source)
    {
        if (layer is LastStepAttribute)
            return Append(new LastStepNode(name, source, Nodes[source].Shape, isFirst: false));
        if (layer is CausalConv1DAttribute conv)
        {
            var learns = scope.Trainable && conv.Trainable;
            var channels = Nodes[source].Length;
            Parameter(name + ".weight", [conv.Filters, channels / conv.Groups, conv.Kernel], ParameterKind.Weight, learns, start: null);
            var bias = conv.Bias ? Parameter(name + ".bias", [conv.Filters], ParameterKind.Bias, learns, conv.BiasValue) : null;
            var sums = Append(new CausalConvolutionNode(name, source, channels, conv.Filters, conv.Kernel, conv.Stride, conv.Dilation, conv.Groups, bias));
            return Activate(name, sums, conv.Activation, conv.ActivationAlpha, conv.SharedSlope, learns);
        }

        if (layer is CausalConvTranspose1DAttribute transposed)
        {
            var learns = scope.Trainable && transposed.Trainable;
            var channels = Nodes[source].Length;
            Parameter(name + ".weight", [channels, transposed.Filters / transposed.Groups, transposed.Kernel], ParameterKind.Weight, learns, start: null);
            var bias = transposed.Bias ? Parameter(name + ".bias", [transposed.Filters], ParameterKind.Bias, learns, transposed.BiasValue) : null;
            var sums = Append(new CausalConvolutionNode(
                name, source, channels, transposed.Filters, transposed.Kernel, transposed.Stride, transposed.Dilation, transposed.Groups, bias, isTransposed: true));
            return Activate(name, sums, transposed.Activation, transposed.ActivationAlpha, transposed.SharedSlope, learns);
        }

        if (layer is CausalPool1DAttribute pool)
            return Append(new CausalPoolNode(name, source, Nodes[source].Shape, pool.Kernel, pool.Stride == 0 ? pool.Kernel : pool.Stride, pool is CausalMaxPool1DAttribute));

        if (layer is not RecurrentLayerAttribute recurrent)
            return null;
        var gate = new ScalarFunction((layer as GatedLayerAttribute)?.RecurrentActivation ?? Activation.Identity, double.NaN);
        var cell = new RecurrentCellRule(recurrent, new ScalarFunction(recurrent.Activation, double.NaN), gate);
        var (gates, hasRecurrentBias) = recurrent switch
        {
            GRUAttribute gru => (3, gru.RecurrentBias),
            LSTMAttribute lstm => (4, lstm.RecurrentBias),
            _ => (1, ((SimpleRNNAttribute)recurrent).RecurrentBias),
        };
        var inputs = Nodes[source].Length;
        var trains = scope.Trainable && recurrent.Trainable;
        var hiddenUnits = recurrent is LSTMAttribute { Projection: > 0 and var projection } ? projection : recurrent.Units;
        return recurrent.Direction switch
        {
            SequenceDirection.Forward => OneWay("", isReverse: false),
            SequenceDirection.Reverse => OneWay("", isReverse: true),
            _ => Both(),
        };

        int Both()
        {
            int[] ways = [OneWay("", isReverse: false), OneWay("_reverse", isReverse: true)];
            return Append(new ConcatNode(name, ways, [[hiddenUnits], [hiddenUnits]], 0));
        }

        int OneWay(string ending, bool isReverse)
        {
            var rows = gates * recurrent.Units;
            var ofInput = Weight($"{name}.weight_ih{ending}", [rows, inputs], recurrent.WeightNorm);
            var resetsBefore = recurrent is GRUAttribute { ResetAfter: false };
            var ofHidden = Weight($"{name}.weight_hh{ending}", [resetsBefore ? 2 * recurrent.Units : rows, hiddenUnits], recurrent.WeightNorm);
            if (resetsBefore)
                Parameter($"{name}.weight_hn{ending}", [recurrent.Units, recurrent.Units], ParameterKind.Weight, trains, start: null);
            // A forget gate's start is one of its own.
            if (recurrent.Bias)
                Parameter($"{name}.bias_ih{ending}", [rows], ParameterKind.Bias, trains, recurrent is LSTMAttribute { ForgetBias: not 0 } ? null : recurrent.BiasValue);
            if (hasRecurrentBias)
                Parameter($"{name}.bias_hh{ending}", [rows], ParameterKind.Bias, trains, start: 0);
            if (recurrent is LSTMAttribute { Peepholes: true })
                Parameter($"{name}.peephole{ending}", [3 * recurrent.Units], ParameterKind.Gain, trains, start: 0);
            if (recurrent is LSTMAttribute { Projection: > 0 })
                Parameter($"{name}.weight_hr{ending}", [hiddenUnits, recurrent.Units], ParameterKind.Weight, trains, start: null);
            if (recurrent.LearnedState)
                Parameter($"{name}.h0{ending}", [hiddenUnits], ParameterKind.Bias, trains, start: 0);
            if (recurrent is LSTMAttribute { LearnedState: true })
                Parameter($"{name}.c0{ending}", [recurrent.Units], ParameterKind.Bias, trains, start: 0);
            var states = Append(resetsBefore
                ? new ResetBeforeNode(name, source, inputs, cell, ending, isReverse)
                : new RecurrentNode(name, source, inputs, hiddenUnits, cell, ending, isReverse, ofInput, ofHidden));
            return recurrent.ReturnSequences ? states : Append(new LastStepNode(name, states, [hiddenUnits], isFirst: isReverse));

            LayerWeight Weight(string full, int[] shape, bool isNormalized)
            {
                if (!isNormalized)
                    return new PlainWeight(Parameter(full, shape, ParameterKind.Weight, trains, start: null), connected: null);
                var direction = new PlainWeight(Parameter(full + "_v", shape, ParameterKind.Direction, trains, start: null), connected: null);
                return new NormalizedWeight(Parameter(full + "_g", [shape[0], 1], ParameterKind.Magnitude, trains, start: null), direction, shape[0]);
            }
        }
    }
}
