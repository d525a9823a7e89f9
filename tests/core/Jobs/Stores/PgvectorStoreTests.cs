namespace Gptx.Tests.Jobs.Stores;

/// <summary>The same with pgvector's type.</summary>
public class PgvectorStoreTests : PostgresStoreTests
{
    public PgvectorStoreTests(PostgresServer server)
        : base(server)
    {
        server.Require();
        Assert.SkipUnless(server.HasVectors, "the server has no pgvector among its extensions");
    }

    private protected override bool WithVectors => true;

    [Fact]
    public void Vectors_have_the_type_of_pgvector_and_its_operators()
    {
        using var folder = new JobFolder();
        Run(new LetterTask(), Options(folder, folder.Lines(50, seed: 18), "t"));
        Assert.Equal("vector(2)", Scalar(folder, "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'vector'"));
        Assert.Equal("0", Scalar(folder, "SELECT min(round(CAST(a.vector <=> a.vector AS numeric), 6))::int FROM t a"));
    }
}
