using System.Collections;
using System.Reflection;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;
using JoinKind = StaticNet.Generator.Operations.JoinKind;

namespace StaticNet.Generator.Tests;

/// <summary>The model of the pipeline: what it says, that it is equal by value, and that it keeps no compilation alive.</summary>
public class ModelTests
{
    /// <summary>A network with a layer of every sort, a block and two losses.</summary>
    private const string Everything = """
        using StaticNet;
        [Dense(8, Name = "inner"), Add("input")] class Part;
        [Network]
        [Input(2, 4)]
        [Flatten]
        [Dense(8, Activation = Activation.PReLU, SharedSlope = true, Bias = false, Initializer = Initializer.Sparse, InitializerValue = 3)]
        [Block(typeof(Part), Name = "part", Trainable = false)]
        [Maxout(8, 3, BiasValue = 0.5f, Unrolling = Unrolling.Never)]
        [Dropout(0.25)]
        [Activation(Activation.ELU, Alpha = 2, Name = "elu")]
        [Multiply("part", "elu")]
        [Concat("elu", Axis = -1, From = "multiply1", Name = "twice")]
        [Reshape(4, -1)]
        [Dense(5, Name = "head")]
        [MeanSquaredErrorLoss(Weight = 0.5f, Reduction = Reduction.Sum)]
        [HuberLoss(From = "dense1", Delta = 2)]
        [Training(BatchSize = 16)]
        partial class Net;
        """;

    [Fact]
    public void The_model_says_what_the_attributes_say()
    {
        var kernel = new Initialization(Vocabulary.Initializer.Default);
        var part = new Block("Part", default, new([
            new LayerSpec(new Dense(8, true, new(Vocabulary.Activation.Identity), kernel, 0, true, Vocabulary.Unrolling.Auto), "inner", null),
            new LayerSpec(new ElementwiseJoin(JoinKind.Add, new(["input"])), null, null),
        ]), Trainable: false);
        var expected = new NetworkSpec(
            new TargetType("", default, "Net", "", "Net"),
            new([new InputSpec(new([2, 4]))]),
            new([
                new LayerSpec(new Flatten(), null, null),
                new LayerSpec(new Dense(8, false, new(Vocabulary.Activation.PReLU, SharedSlope: true), new(Vocabulary.Initializer.Sparse, 3), 0, true, Vocabulary.Unrolling.Auto), null, null),
                new LayerSpec(part, "part", null),
                new LayerSpec(new Maxout(8, 3, true, kernel, 0.5f, true, Vocabulary.Unrolling.Never), null, null),
                new LayerSpec(new Dropout(0.25), null, null),
                new LayerSpec(new ActivationLayer(new(Vocabulary.Activation.ELU, 2)), "elu", null),
                new LayerSpec(new ElementwiseJoin(JoinKind.Multiply, new(["part", "elu"])), null, null),
                new LayerSpec(new Concat(new(["elu"]), -1), "twice", "multiply1"),
                new LayerSpec(new Reshape(new([4, -1])), null, null),
                new LayerSpec(new Dense(5, true, new(Vocabulary.Activation.Identity), kernel, 0, true, Vocabulary.Unrolling.Auto), "head", null),
            ]),
            new([
                new LossSpec(Vocabulary.LossKind.MeanSquaredError, null, 0.5f, Sum: true),
                new LossSpec(Vocabulary.LossKind.Huber, "dense1", 1, Sum: false, Parameter: 2),
            ]),
            BatchSize: 16);

        Assert.Equal(expected, Specs.Only(Everything));
    }

    [Fact]
    public void Two_compilations_of_one_source_give_equal_models()
    {
        var first = Specs.Only(Everything);
        var second = Specs.Only(Everything);

        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData("Input(2, 4)", "Input(4, 2)")]
    [InlineData("Input(2, 4)", "Input(2, 4, Layout = Layout.ChannelsLast)")]
    [InlineData("Dense(5,", "Dense(6,")]
    [InlineData("InitializerValue = 3", "InitializerValue = 4")]
    [InlineData("Delta = 2", "Delta = 3")]
    [InlineData("BatchSize = 16", "BatchSize = 17")]
    [InlineData("Name = \"inner\"", "Name = \"inside\"")]
    [InlineData("Trainable = false", "Trainable = true")]
    [InlineData("partial class Net", "partial class Other")]
    public void Another_source_gives_another_model(string old, string changed) =>
        Assert.NotEqual(Specs.Only(Everything), Specs.Only(Everything.Replace(old, changed, StringComparison.Ordinal)));

    [Fact]
    public void The_model_holds_no_Roslyn_type()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(Specs.Only(Everything));
        Assert.Contains(seen, value => value is LossSpec);
        Assert.Contains(seen, value => value is Block);

        void Walk(object? value)
        {
            if (value is null || !seen.Add(value))
                return;
            var type = value.GetType();
            Assert.False(type.FullName!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"The model holds a {type}.");
            if (type.IsPrimitive || value is string or Type)
                return;
            if (value is IEnumerable items)
            {
                foreach (var item in items)
                    Walk(item);
            }

            for (var level = type; level is not null; level = level.BaseType)
            {
                foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    Walk(field.GetValue(value));
            }
        }
    }

    [Fact]
    public void Without_training_the_losses_are_dropped()
    {
        var model = Specs.Only("using StaticNet; [Network][Input(4)][Dense(3)][SoftmaxCrossEntropyLoss] partial class Net;");

        Assert.Empty(model.Losses);
        Assert.Null(model.BatchSize);
    }

    [Fact]
    public void A_network_and_its_twin_hold_the_axes_in_the_declared_order()
    {
        var run = GeneratorHarness.Run(GeneratorHarness.Compile("""
            using StaticNet;
            [Network][Input(3, 4, 5, Layout = Layout.ChannelsLast)][Cropping2D(1)] partial class Net;
            [InferenceOf(typeof(Net))] partial class Twin;
            [Network][Input(3, 4, 5)][Cropping2D(1)] partial class Usual;
            """));

        Assert.Equal(
            [("Net", Vocabulary.Layout.ChannelsLast), ("Twin", Vocabulary.Layout.ChannelsLast), ("Usual", Vocabulary.Layout.ChannelsFirst)],
            Specs.Of(run).Select(spec => (spec.Target.Name, spec.Layout)).Order());
    }

    [Theory]
    [InlineData(null, 128, 256, 512)]
    [InlineData("", 128, 256, 512)]
    [InlineData("128", 128)]
    [InlineData("256;512", 256, 512)]
    [InlineData(" 512, 128,128 ", 128, 512)]
    [InlineData("512;256;128", 128, 256, 512)]
    public void A_project_names_the_widths_of_vectors(string? option, params int[] expected)
    {
        var run = GeneratorHarness.Run(GeneratorHarness.Compile("using StaticNet; [Network][Input(4)][Dense(3)] partial class Net;"), option);

        Assert.Equal((VectorWidths)expected.Sum(), Assert.Single(Specs.Of(run)).VectorWidths);
    }

    [Theory]
    [InlineData("", "partial class Net;", "", "", "Net", "", "Net")]
    [InlineData("", "partial class Net<T, U> where T : struct;", "", "", "Net", "<T, U>", "Net{T,U}")]
    [InlineData("A.B", "partial class Net;", "A.B", "", "Net", "", "A.B.Net")]
    [InlineData("@class.@namespace", "partial class @event;", "@class.@namespace", "", "@event", "", "class.namespace.event")]
    [InlineData("A", "static partial class Outer<T> { partial struct Middle { partial interface IInner { ATTRIBUTES partial class Net; } } }", "A", "partial class Outer<T>;partial struct Middle;partial interface IInner", "Net", "", "A.Outer{T}+Middle+IInner+Net")]
    [InlineData("A", "partial record Outer { readonly partial record struct Inner { ATTRIBUTES partial class Net; } }", "A", "partial record Outer;partial record struct Inner", "Net", "", "A.Outer+Inner+Net")]
    [InlineData("Größe", "partial class Netz‿werk;", "Größe", "", "Netz‿werk", "", "Größe.Netz(203F)werk")]
    public void The_target_says_how_to_declare_the_other_part(string space, string declaration, string expectedSpace, string containers, string name, string parameters, string hint)
    {
        const string attributes = "[Network, Input(4), Dense(3)]";
        declaration = declaration.Contains("ATTRIBUTES", StringComparison.Ordinal) ? declaration.Replace("ATTRIBUTES", attributes, StringComparison.Ordinal) : attributes + declaration;

        var target = Specs.Only(space == "" ? "using StaticNet;" + declaration : $"using StaticNet; namespace {space} {{ {declaration} }}").Target;

        Assert.Equal(new TargetType(expectedSpace, new(containers.Split(';', StringSplitOptions.RemoveEmptyEntries)), name, parameters, hint), target);
    }

    [Fact]
    public void Hint_names_differ_where_only_case_or_arity_or_place_does()
    {
        const string net = "[StaticNet.Network, StaticNet.Input(4), StaticNet.Dense(3)] partial class";
        var run = GeneratorHarness.Run($$"""
            {{net}} Net; {{net}} net; {{net}} Net<T>; {{net}} Net<T, U>;
            namespace A { {{net}} Net; partial class B { {{net}} Net; } partial class B<T> { {{net}} Net; } partial class b { {{net}} Net; } }
            namespace a { {{net}} Net; namespace B { {{net}} Net; } }
            """);
        var hints = Specs.Of(run).Select(model => model.Target.HintName).ToArray();

        Assert.Empty(run.Diagnostics);
        Assert.Equal(10, hints.Length);
        Assert.Equal(10, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Net{T}", hints.Select(hint => hint.Split('-')[0]));
    }
}
