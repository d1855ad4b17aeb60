using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;
using static StaticNet.Exporting.PyTorch.PythonText;
using Words = StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting.PyTorch;

/// <content>Modules and their parameters.</content>
internal sealed partial class ModuleWriter
{
    private const string SlopeName = "slope";

    /// <summary>Makes a module of PyTorch and calls it.</summary>
    private ModuleValue Call(ModuleValue input, string module, bool isNormalised = false)
    {
        Make(module);
        if (isNormalised)
            Made.Add($"nn.utils.weight_norm({Module})");
        return Set(input, $"{Module}({input.Text})");
    }

    private void Make(string module)
    {
        var path = names.Path(_layer.Name);
        for (var depth = 1; depth < path.Count; depth++)
        {
            if (_blocks.Add(string.Join('.', path.Take(depth))))
                Made.Add($"{Place([.. path.Take(depth)])} = nn.ModuleDict()");
        }

        Made.Add($"{Module} = {module}");
    }

    /// <summary>Makes a module that only holds the layer's parameters.</summary>
    private void MakeHolder()
    {
        Make("nn.Module()");
        foreach (var parameter in _parameters[_layer.Name].Where(parameter => parameter.Name != SlopeName))
            MakeParameter(parameter);
    }

    private ModuleValue MakeConstant()
    {
        MakeHolder();
        return new ModuleValue($"{Module}.value", _layer.Output, 1, HasStepAxis: false);
    }

    /// <summary>Makes the slope of a PReLU.</summary>
    private string MakeSlope()
    {
        if (_layer.Layer is ActivationLayer)
            MakeHolder();
        MakeParameter(_parameters[_layer.Name].Single(parameter => parameter.Name == SlopeName));
        return $"{Module}.{SlopeName}";
    }

    private void MakeParameter(Parameter parameter) => Made.Add(parameter.IsLearned
        ? $"{Module}.{parameter.Name} = nn.Parameter(torch.empty{Tuple(parameter.Shape)})"
        : $"{Module}.register_buffer(\"{parameter.Name}\", torch.empty{Tuple(parameter.Shape)})");

    private static string BiasArgument(bool bias) => bias ? "" : ", bias=False";

    /// <summary>Initialises the layer's parameters as StaticNet does, freezes what is frozen, and notes what files of weights call otherwise.</summary>
    private void Start()
    {
        var path = string.Join('.', names.Path(_layer.Name));
        foreach (var parameter in _parameters[_layer.Name])
        {
            var (name, target) = (NameOf(parameter), $"{Module}.{NameOf(parameter)}");
            if ($"{path}.{name}" != parameter.FullName)
                Renamed.Add(($"{path}.{name}", parameter.FullName));
            // Statistics start in PyTorch's own modules as here.
            if (parameter.Role is not (Words.ParameterKind.Statistic or Words.ParameterKind.Magnitude))
                Started.Add(StartOf(parameter, target));
            if (parameter.Connections.Table.Count > 0)
                Started.Add($"{target}.mul_({Module}.connections)");
            if (parameter is { IsLearned: true, Trainable: false })
                Made.Add($"{target}.requires_grad_(False)");
        }

        // Directions have the weights that the layer starts with, and magnitudes their norms.
        foreach (var parameter in _parameters[_layer.Name].Where(parameter => parameter.Role == Words.ParameterKind.Magnitude))
        {
            var magnitude = $"{Module}.{NameOf(parameter)}";
            Started.Add($"{magnitude}.copy_({magnitude[..^1]}v.flatten(1).norm(dim=1).view_as({magnitude}))");
        }
    }

    /// <summary>The name in PyTorch, whose recurrent modules number their layers.</summary>
    private string NameOf(Parameter parameter) => _layer.Layer is RecurrentLayer
        ? parameter.Name.Replace("_ih", "_ih_l0", StringComparison.Ordinal).Replace("_hh", "_hh_l0", StringComparison.Ordinal).Replace("_hr", "_hr_l0", StringComparison.Ordinal)
        : parameter.Name;

    private string StartOf(Parameter parameter, string target)
    {
        if (parameter.Values.Count == 0)
            return StartOf(parameter.Initialization, target);
        var values = $"torch.tensor({List(parameter.Values)})";
        // A number for each gate, or for each element.
        return parameter.Values.Count == parameter.Gates && parameter.Gates > 1
            ? $"{target}.view({Number(parameter.Gates)}, -1).copy_({values}.view(-1, 1))"
            : $"{target}.copy_({values}.view_as({target}))";
    }

    private string StartOf(Initialization start, string target)
    {
        return start.Kind switch
        {
            Words.Initializer.Zeros => $"nn.init.zeros_({target})",
            Words.Initializer.Constant => $"nn.init.constant_({target}, {Number(Or(0))})",
            Words.Initializer.Uniform => $"nn.init.uniform_({target}, {Number(-Or(0.05f))}, {Number(Or(0.05f))})",
            Words.Initializer.Normal => $"nn.init.normal_({target}, std={Number(Or(0.01f))})",
            // √(6 / ((1 + a²) · fan-in)) with a² = 5.
            Words.Initializer.FanIn => $"nn.init.kaiming_uniform_({target}, a=math.sqrt(5))",
            Words.Initializer.GlorotUniform => $"nn.init.xavier_uniform_({target})",
            Words.Initializer.GlorotNormal => $"nn.init.xavier_normal_({target})",
            Words.Initializer.HeUniform => $"nn.init.kaiming_uniform_({target}, nonlinearity=\"relu\")",
            Words.Initializer.HeNormal => $"nn.init.kaiming_normal_({target}, nonlinearity=\"relu\")",
            Words.Initializer.LeCunUniform => $"nn.init.kaiming_uniform_({target}, nonlinearity=\"linear\")",
            Words.Initializer.LeCunNormal => $"nn.init.kaiming_normal_({target}, nonlinearity=\"linear\")",
            Words.Initializer.Orthogonal => $"nn.init.orthogonal_({target}, gain={Number(Or(1))})",
            _ => throw Lacking($"has no initialiser like {start.Kind}"),
        };

        float Or(float usual) => float.IsNaN(start.Value) ? usual : start.Value;
    }
}
