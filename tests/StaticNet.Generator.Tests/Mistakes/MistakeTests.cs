using System.Globalization;

namespace StaticNet.Generator.Tests.Mistakes;

/// <summary>
/// Makes every mistake of docs/mistakes.md for real and compares what StaticNet says with what the page has. The page's messages are
/// written anew with the baselines: STATICNET_UPDATE_BASELINES=1. Programs run in a folder of their own with the console's output
/// redirected, so that nothing else may run beside them.
/// </summary>
[Collection(Alone.Name)]
public sealed class MistakeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-mistakes-").FullName;

    public static TheoryData<int, string> All
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, mistake) in new MistakePage().Mistakes.Index())
            {
                // Which frameworks are served is NuGet's to say: PackageTests compares it.
                if (!mistake.Code.Contains("TargetFramework", StringComparison.Ordinal))
                    data.Add(index, mistake.Title);
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(All))]
    public void StaticNet_says_what_the_page_has(int index, string title)
    {
        var page = new MistakePage();
        var mistake = page.Mistakes[index];
        Assert.Equal(title, mistake.Title);
        MistakeFiles.Write(_folder);

        var message = new MistakeProgram(page.Networks, mistake, _folder).WhatIsSaid();
        if (BaselineTests.Update)
            page.Renew(mistake, message);
        else
            Assert.Equal(message, mistake.Message);
    }

    [Fact]
    public void Every_snippet_has_an_answer_and_every_heading_its_number()
    {
        var page = new MistakePage();
        var titles = page.Mistakes.Select(mistake => mistake.Title).Distinct().ToArray();

        Assert.Equal(0, page.Unanswered);
        Assert.InRange(titles.Length, 20, 99);
        Assert.All(titles.Index(), entry => Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{entry.Index + 1}. "), entry.Item, StringComparison.Ordinal));
    }
}

/// <summary>The tests that run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
