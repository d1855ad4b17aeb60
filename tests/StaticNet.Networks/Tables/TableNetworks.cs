namespace StaticNet.Networks.Tables;

/// <summary>Three classes from the five numbers of a table's columns.</summary>
[Network]
[Input(5)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(3)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 8)]
public sealed partial class TableClasses;

/// <summary>The same without training code.</summary>
[InferenceOf(typeof(TableClasses))]
public sealed partial class TableClassesModel;

/// <summary>Two numbers from one.</summary>
[Network]
[Input(1)]
[Dense(2)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 4)]
public sealed partial class TableNumbers;

/// <summary>The same without training code.</summary>
[InferenceOf(typeof(TableNumbers))]
public sealed partial class TableNumbersModel;

/// <summary>One of two classes from one number.</summary>
[Network]
[Input(1)]
[Dense(1)]
[BinaryCrossEntropyWithLogitsLoss]
[Training(BatchSize = 4)]
public sealed partial class TableYesNo;

/// <summary>One of two sides from one number, without a probability.</summary>
[Network]
[Input(1)]
[Dense(1)]
[HingeLoss]
[Training(BatchSize = 4)]
public sealed partial class TableSides;

/// <summary>A number and a class from one number, by two losses.</summary>
[Network]
[Input(1)]
[Dense(4, Activation = Activation.Tanh, Name = "hidden")]
[Dense(1, From = "hidden", Name = "size")]
[Dense(3, From = "hidden", Name = "kind")]
[Output(From = "size")]
[Output(From = "kind")]
[SoftmaxCrossEntropyLoss(From = "kind")]
[MeanSquaredErrorLoss(From = "size")]
[Training(BatchSize = 4)]
public sealed partial class TableMixed;
