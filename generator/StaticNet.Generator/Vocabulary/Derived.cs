namespace StaticNet.Generator.Vocabulary;

/// <summary>What follows from the other members of a model, so that comparing those is enough: it is equal to any other.</summary>
/// <param name="value">What follows.</param>
internal readonly struct Derived<T>(T? value) : IEquatable<Derived<T>>
    where T : class
{
    public T? Value { get; } = value;

    public bool Equals(Derived<T> other) => true;

    public override bool Equals(object? obj) => obj is Derived<T>;

    public override int GetHashCode() => 0;
}
