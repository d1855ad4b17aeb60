namespace StaticNet.Generator.Kernels;

/// <summary>Where one vector of a recurrent cell's step finds its operands, and where its results go.</summary>
internal interface ICellMemory
{
    /// <summary>The hidden state of the step before.</summary>
    string HiddenBefore { get; }

    /// <summary>The cell state of the step before.</summary>
    string CellBefore { get; }

    /// <summary>The candidate's sum over the input, where the products with the hidden state are apart.</summary>
    string CandidateSum { get; }

    /// <summary>The sum of a gate.</summary>
    string Sum(int gate);

    /// <summary>Keeps a gate, where the gradient reads it.</summary>
    void StoreGate(int gate, string value);

    /// <summary>Keeps the candidate's product with the hidden state, where the gradient reads it.</summary>
    void StoreProduct(string value);

    /// <summary>Stores the cell state.</summary>
    void StoreCell(string value);

    /// <summary>Stores the hidden state.</summary>
    void StoreHidden(string value);
}
