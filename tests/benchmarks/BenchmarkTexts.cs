using System.Diagnostics;
using System.Text;
using Gptx.Inference;

namespace Gptx.Benchmarks;

/// <summary>English, Chinese and code for the benchmark of tokenizers, each some megabytes in documents of about ten thousand characters.</summary>
public static class BenchmarkTexts
{
    private const int DocumentLength = 10_000;
    private const int EnglishLength = 4_000_000;
    private const int ChineseLength = 1_000_000;

    // The commonest characters of Chinese, in the order of how common they are.
    private const string Common =
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏";

    /// <summary>The texts by name, and where each is from.</summary>
    public static IEnumerable<(string Name, string[] Documents)> All()
    {
        yield return ("English", Documents(English()));
        yield return ("Chinese", Documents(Chinese()));
        yield return ("code", Documents(Code()));
    }

    /// <summary>The size of texts in UTF-8.</summary>
    public static long Bytes(IEnumerable<string> documents) => documents.Sum(document => (long)Encoding.UTF8.GetByteCount(document));

    // Prose from the corpus of the project; where that or xz is not there, the model's card over and over.
    private static string English()
    {
        var corpus = Path.Combine(Root(), "..", "shared", "corpus", "english.txt.xz");
        corpus = Environment.GetEnvironmentVariable("GPTX_CORPUS") ?? corpus;
        if (!File.Exists(corpus))
        {
            Console.Error.WriteLine($"no English corpus at {corpus} (GPTX_CORPUS names another): the model's card is used instead");
            var card = File.ReadAllText(Path.Combine(ModelLocation.EmbeddedFolder, "README.md"));
            return string.Concat(Enumerable.Repeat(card, EnglishLength / card.Length));
        }

        using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", corpus]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = new char[EnglishLength];
        var skipped = new char[20_000_000];
        xz.StandardOutput.ReadBlock(skipped);
        var length = xz.StandardOutput.ReadBlock(text);
        xz.Kill();
        return new string(text, 0, length);
    }

    // Words of one or two common characters, few of them often and many of them rarely (Zipf), in clauses of 3 to 12 words.
    private static string Chinese()
    {
        var random = new Random(7);
        var words = Enumerable.Range(0, 6000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Common[Rank(random, Common.Length)]))).ToArray();
        var text = new StringBuilder();
        while (text.Length < ChineseLength)
        {
            for (var left = random.Next(3, 13); left > 0; left--)
            {
                text.Append(words[Rank(random, words.Length)]);
            }

            text.Append("，，，。。？！"[random.Next(7)]);
            if (random.Next(30) == 0)
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    // A rank r with a chance of about 1 / r.
    private static int Rank(Random random, int count) => (int)Math.Pow(count, random.NextDouble()) - 1;

    private static string Code()
    {
        var files = Directory.EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root(), file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return string.Concat(files.Select(file => File.ReadAllText(Path.Combine(Root(), file))));
    }

    private static string[] Documents(string text)
    {
        var documents = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', Math.Min(text.Length, start + DocumentLength)) + 1;
            end = end == 0 ? text.Length : end;
            documents.Add(text[start..end]);
            start = end;
        }

        return [.. documents];
    }

    /// <summary>The folder of the repository.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Analysis.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the benchmark must lie inside the repository");
        }

        return folder;
    }
}
