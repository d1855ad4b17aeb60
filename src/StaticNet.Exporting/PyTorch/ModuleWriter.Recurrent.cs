using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;
using static StaticNet.Exporting.PyTorch.PythonText;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.PyTorch;

/// <content>Recurrent layers.</content>
internal sealed partial class ModuleWriter
{
    private static readonly string[] OneWay = [""], BothWays = ["", "_reverse"];

    private ModuleValue Recur(ModuleValue input, RecurrentLayer layer)
    {
        Check(layer);
        var (isBoth, isReverse) = (layer.Direction == Words.SequenceDirection.Bidirectional, layer.Direction == Words.SequenceDirection.Reverse);
        var (hasBias, isRectified) = (layer.Bias || layer.RecurrentBias, layer.Activation == Words.Activation.ReLU);
        var kind = layer.Cell switch
        {
            CellKind.Lstm => "LSTM",
            CellKind.Gru => "GRU",
            _ => "RNN",
        };
        Make($"nn.{kind}({Number(input.Type.Last)}, {Number(layer.Units)}, batch_first=True{(isRectified ? ", nonlinearity=\"relu\"" : "")}{BiasArgument(hasBias)}{(layer.Projection == 0 ? "" : $", proj_size={Number(layer.Projection)}")}{(isBoth ? ", bidirectional=True" : "")})");
        var directions = isBoth ? BothWays : OneWay;
        foreach (var ending in layer.WeightNorm ? directions : [])
        {
            Made.Add($"nn.utils.weight_norm({Module}, \"weight_ih_l0{ending}\")");
            Made.Add($"nn.utils.weight_norm({Module}, \"weight_hh_l0{ending}\")");
        }

        if (hasBias && layer.Bias != layer.RecurrentBias)
            LeaveOut($"bias_{(layer.Bias ? "hh" : "ih")}_l0", directions);
        var states = layer.LearnsState ? InitialStates(layer, input, directions) : "";
        Computed.Add($"{Variable}, _ = {Module}({input.Text}{(isReverse ? ".flip(1)" : "")}{states})");
        var outputs = input with { Text = Variable, Type = _layer.Output };
        if (layer.ReturnsSequences)
            return isReverse ? Set(outputs, $"{Variable}.flip(1)") : outputs;
        // Backwards, the state after all steps is that at the first one.
        return Set(outputs with { Steps = 1, HasStepAxis = false }, isBoth
            ? $"torch.cat([{Variable}[:, -1, :{Number(layer.HiddenUnits)}], {Variable}[:, 0, {Number(layer.HiddenUnits)}:]], 1)"
            : $"{Variable}[:, -1]");
    }

    private void Check(RecurrentLayer layer)
    {
        if (layer.HasPeepholes)
            throw Lacking("has no peepholes");
        if (!layer.ResetsAfter)
            throw Lacking("resets the state of a GRU after the product");
        if (layer.Dropout > 0)
            throw Lacking("drops no state from step to step");
        var isUsual = layer.Cell == CellKind.Simple
            ? layer.Activation is Words.Activation.Tanh or Words.Activation.ReLU
            : layer is { Activation: Words.Activation.Tanh, Gate: Words.Activation.Sigmoid };
        if (!isUsual)
            throw Lacking($"has cells with tanh and sigmoid only{(layer.Cell == CellKind.Simple ? ", or ReLU" : "")}");
    }

    /// <summary>PyTorch's modules have both biases or none: the one that the layer does not have stays zero.</summary>
    private void LeaveOut(string bias, string[] directions)
    {
        foreach (var ending in directions)
        {
            Made.Add($"{Module}.{bias}{ending}.requires_grad_(False)");
            Started.Add($"nn.init.zeros_({Module}.{bias}{ending})");
            Renamed.Add(($"{string.Join('.', names.Path(_layer.Name))}.{bias}{ending}", null));
        }
    }

    /// <summary>The learned states before the first step, the same for every sample: [directions, batch, units].</summary>
    private string InitialStates(RecurrentLayer layer, ModuleValue input, string[] directions)
    {
        foreach (var state in _parameters[_layer.Name].Where(parameter => parameter.Name[..2] is "h0" or "c0"))
            MakeParameter(state);
        string State(string name) => $"torch.stack([{string.Join(", ", directions.Select(ending => $"{Module}.{name}{ending}"))}]).unsqueeze(1).repeat(1, len({input.Text}), 1)";
        return layer.Cell == CellKind.Lstm ? $", ({State("h0")}, {State("c0")})" : $", {State("h0")}";
    }
}
