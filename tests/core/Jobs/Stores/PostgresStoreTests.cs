using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Gptx.Rows;

namespace Gptx.Tests.Jobs.Stores;

public class PostgresStoreTests(PostgresServer server) : StoreTests, IClassFixture<PostgresServer>
{
    [Fact]
    public void Psql_reads_the_same_bits()
    {
        using var folder = new JobFolder();
        Run(new LetterTask(), folder.Options(folder.Lines(100, seed: 19)));
        Run(new LetterTask(), Options(folder, folder.Lines(100, seed: 19), "t"));
        var read = server.Psql(
            server.Database(folder.Path(""), WithVectors),
            """
            SELECT concat_ws(' ', "rowId", text, sum, encode(float8send(mean), 'hex'), (SELECT string_agg(encode(float4send(x), 'hex'), ',' ORDER BY i) FROM unnest(CAST(vector AS real[])) WITH ORDINALITY AS v(x, i)))
            FROM t ORDER BY "rowSource", "rowOffset"
            """);
        var wanted = folder.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Select(line => string.Join(
            ' ',
            line.GetProperty("rowId"),
            line.GetProperty("text"),
            line.GetProperty("sum"),
            BitConverter.DoubleToInt64Bits(line.GetProperty("mean").GetDouble()).ToString("x16", CultureInfo.InvariantCulture),
            Bits([.. line.GetProperty("vector").EnumerateArray().Select(number => number.GetSingle())])));
        Assert.Equal(wanted, read.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_server_that_goes_away_for_a_while_is_waited_for()
    {
        server.Require();
        using var whole = new JobFolder();
        Run(new LetterTask(), whole.Options(whole.Lines(300, seed: 16)));

        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(300, seed: 16), "t");
        Run(new CallingTask(new LetterTask(), () =>
        {
            server.Stop();
            server.Start();
        }), options);
        Assert.Equal(Lines(whole.Read("out.jsonl")), Rows(folder, "t"));
    }

    [Fact]
    public void A_server_that_stays_away_stops_the_job_which_goes_on_later()
    {
        server.Require();
        using var whole = new JobFolder();
        Run(new LetterTask(), whole.Options(whole.Lines(300, seed: 17)));

        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(300, seed: 17), "t") with { Resume = true };
        try
        {
            var error = Refused(() => Run(new CallingTask(new LetterTask(), server.Stop), options with { StorePatience = TimeSpan.FromSeconds(1) }));
            Assert.Equal((GptxErrorKind.OutputNotWritable, "StoreNotReachable"), (error.Kind, error.ErrorId));
            Assert.Equal("StoreNotReachable", Refused(() => Run(new LetterTask(), options)).ErrorId);
        }
        finally
        {
            server.Start();
        }

        Run(new LetterTask(), options);
        Assert.Equal(Lines(whole.Read("out.jsonl")), Rows(folder, "t"));
    }

    [Fact]
    public void What_the_server_cannot_hold_is_a_row_error()
    {
        using var folder = new JobFolder();
        var source = folder.Input("rows.jsonl", "{\"text\":\"a\",\"note\":\"b\\u0000c\",\"id\":1}\n{\"text\":\"d\",\"note\":\"e\",\"id\":2}\n{\"text\":\"f\",\"note\":\"g\",\"id\":\"" + new string('x', 5000) + "\"}\n");
        var summary = Run(new LetterTask(), Options(folder, source, "t") with { Fields = new RowFields("text", "id", ["note"]) });
        Assert.Equal((3, 2), (summary.Rows, summary.Failed));
        Assert.Equal("e", Scalar(folder, "SELECT note FROM t"));
        Assert.Equal(2, folder.Read("errors.jsonl").Split("RowNotStorable").Length - 1);
    }

    [Fact]
    public void A_password_comes_from_a_file_and_is_never_shown()
    {
        using var folder = new JobFolder();
        Execute(folder, $"DROP ROLE IF EXISTS {PostgresServer.WithPassword}", $"CREATE ROLE {PostgresServer.WithPassword} LOGIN SUPERUSER PASSWORD 'geheim'");
        var options = Options(folder, folder.Lines(5, seed: 1), "t");
        options = options with { Output = options.Output.Replace("gptx@", $"{PostgresServer.WithPassword}@", StringComparison.Ordinal) };
        Assert.Equal("StoreNotReachable", Refused(() => Run(new LetterTask(), options)).ErrorId);
        try
        {
            Environment.SetEnvironmentVariable("PGPASSFILE", folder.Path("passwords"));
            File.WriteAllText(folder.Path("passwords"), "*:*:*:*:falsch");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder.Path("passwords"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            Assert.DoesNotContain("falsch", Refused(() => Run(new LetterTask(), options)).ToString(), StringComparison.Ordinal);
            File.WriteAllText(folder.Path("passwords"), "*:*:*:*:geheim");
            Assert.Equal(5, Run(new LetterTask(), options).Rows);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PGPASSFILE", null);
        }
    }

    private protected virtual bool WithVectors => false;

    private protected override string Address(JobFolder folder, string table)
    {
        var database = server.Database(folder.Path(""), WithVectors);
        return $"postgresql://gptx@127.0.0.1:{server.Port}/{database}#{Uri.EscapeDataString(table)}";
    }

    private protected override DbConnection Open(JobFolder folder) => server.Open(server.Database(folder.Path(""), WithVectors));

    private protected override string VectorText(DbDataReader reader, int column) => Bits(reader.GetFieldValue<float[]>(column));

    private protected override string VectorColumn => "CAST(vector AS real[])";

    private protected override List<string> Tables(JobFolder folder) => Query(folder, "SELECT CAST(relname AS text) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", row => row.GetString(0));
}
