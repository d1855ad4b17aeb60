using StaticNet.Generator.Layers;

namespace StaticNet.Exporting.PyTorch;

/// <summary>
/// What layers are called in Python: as they are in C#, except that a name which Python or PyTorch's modules have already gets an underscore
/// after it, as <c>forward_</c>. Files of weights keep the names of the layers.
/// </summary>
internal sealed class ModuleNames
{
    /// <summary>Python's keywords, and what a forward pass refers to.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
        "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
        "self", "torch", "nn", "F", "math",
    };

    /// <summary>The public members of PyTorch's <c>Module</c> and <c>ModuleDict</c>, and that of ours.</summary>
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "T_destination", "add_module", "apply", "bfloat16", "buffers", "call_super_init", "children", "clear", "compile", "cpu", "cuda", "double", "dump_patches", "eval",
        "extra_repr", "float", "forward", "get_buffer", "get_extra_state", "get_parameter", "get_submodule", "half", "initialise", "ipu", "items", "keys", "load_state_dict",
        "modules", "mtia", "named_buffers", "named_children", "named_modules", "named_parameters", "parameters", "pop", "register_backward_hook", "register_buffer",
        "register_forward_hook", "register_forward_pre_hook", "register_full_backward_hook", "register_full_backward_pre_hook", "register_load_state_dict_post_hook",
        "register_load_state_dict_pre_hook", "register_module", "register_parameter", "register_state_dict_post_hook", "register_state_dict_pre_hook", "requires_grad_",
        "set_extra_state", "set_submodule", "share_memory", "state_dict", "to", "to_empty", "train", "training", "type", "update", "values", "xpu", "zero_grad",
    };

    /// <summary>What the file itself defines, and what its functions call.</summary>
    private static readonly HashSet<string> Globals = new(StringComparer.Ordinal)
    {
        "BATCH", "MODEL", "NAMES", "UNUSED", "ValueError", "argparse", "bytearray", "float", "int", "isinstance", "json", "len", "list", "load", "loss", "main", "names", "open", "os",
        "print", "range", "read", "run", "save", "str", "train", "tuple", "write",
    };

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _paths = new(StringComparer.Ordinal);

    /// <summary>Finds names for all layers and inputs of a graph.</summary>
    public ModuleNames(NetworkGraph graph)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in graph.Inputs.Select(input => input.Name).Concat(graph.Nodes.Select(node => node.Name)))
        {
            var variable = name.Replace('.', '_');
            while (Words.Contains(variable) || !taken.Add(variable))
                variable += "_";
            _variables.Add(name, variable);
        }

        // The names that keep to the rule come first: what is renamed makes way for them.
        var parts = graph.Nodes.SelectMany(node => Prefixes(node.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
            _paths.Add(node.Name, [.. Prefixes(node.Name).Select(prefix => Member(prefix, parts))]);
    }

    /// <summary>What the class is called.</summary>
    public static string Class(string name) => Words.Contains(name) || Globals.Contains(name) ? name + "_" : name;

    /// <summary>The variable of a layer's value, or of an input.</summary>
    public string Variable(string name) => _variables[name];

    /// <summary>The attribute of a layer, each part of which is within the one before it.</summary>
    public IReadOnlyList<string> Path(string layer) => _paths[layer];

    /// <summary>The name itself and those of the blocks around it, the outermost first.</summary>
    private static IEnumerable<string> Prefixes(string name)
    {
        for (var end = name.IndexOf('.', StringComparison.Ordinal); end >= 0; end = name.IndexOf('.', end + 1))
            yield return name[..end];
        yield return name;
    }

    /// <summary>The last part of a name; if it is reserved, with as many underscores after it as make it unlike its neighbours.</summary>
    private static string Member(string name, HashSet<string> all)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        if (!Words.Contains(last) && !Members.Contains(last) && last[0] != '_')
            return last;
        var before = name[..^last.Length];
        do
            last += "_";
        while (all.Contains(before + last));
        return last;
    }
}
