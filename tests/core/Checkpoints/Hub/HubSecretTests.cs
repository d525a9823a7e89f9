using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>The token goes into one header, to the hub, and shows itself nowhere else.</summary>
public sealed class HubSecretTests : IDisposable
{
    private const string Secret = "hf_AbCdEfSecret";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new FakeHub().WithModel("org/model");
    private readonly List<string> _said = [];

    private HubSettings Settings => _hub.Settings(_folder["hub"]) with { Token = () => HubToken.From(Secret) };

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_opens_what_is_gated()
    {
        _hub.Gated["org/model"] = Secret;
        await Pull();
        Assert.All(_hub.Requests, request => Assert.Equal(request.Host == _hub.StoreHost ? null : $"Bearer {Secret}", request.Authorization));
        AssertNowhere();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task It_does_not_go_along_with_a_redirect_to_another_host(int status)
    {
        using var thief = new LoopbackServer(_ => FakeHub.Text(200, "{\"sha\": \"c0ffee0000000000000000000000000000000001\"}"));
        _hub.Lie = (request, honest) => request.Path.Contains("/revision/", StringComparison.Ordinal) ? FakeHub.Text(status, "", ("Location", thief.Address + "/x")) : honest;
        await Pull();
        Assert.NotEmpty(thief.Requests);
        Assert.All(thief.Requests, request => Assert.DoesNotContain(Secret, string.Join(' ', request.Headers.Values) + request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_does_not_go_to_the_same_name_at_another_port_nor_come_back_from_there()
    {
        using var thief = new LoopbackServer(request => FakeHub.Text(302, "", ("Location", $"{_hub.Address}{request.Path}")));
        var sent = 0;
        _hub.Lie = (request, honest) => request.Path.Contains("/tree/", StringComparison.Ordinal) && sent++ == 0 ? FakeHub.Text(302, "", ("Location", $"{thief.Address}{request.Path}")) : honest;
        await Pull();
        Assert.All(thief.Requests, request => Assert.Null(request.Authorization));
    }

    [Theory]
    [InlineData(401, "Invalid credentials in Authorization header", "HubTokenRefused")]
    [InlineData(403, "the token hf_AbCdEfSecret may not", "HubAccessDenied")]
    [InlineData(500, "hf_AbCdEfSecret", "HubUnavailable")]
    [InlineData(418, "hf_AbCdEfSecret", "HubAnswerWrong")]
    public async Task It_is_in_no_message_even_where_the_server_says_it(int status, string words, string errorId)
    {
        _hub.Lie = (_, _) => FakeHub.Text(status, "", ("X-Error-Message", words));
        var error = await Assert.ThrowsAsync<GptxException>(Pull);
        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        AssertNowhere();
    }

    [Fact]
    public void It_does_not_print_itself()
    {
        Assert.Equal("***", $"{HubToken.From(Secret)}");
        Assert.DoesNotContain(Secret, $"{Settings}", StringComparison.Ordinal);
        var error = Refusal.Expect("HubTokenInvalid", () => HubToken.From("hf_with\nline"));
        Assert.DoesNotContain("hf_with", error.Message, StringComparison.Ordinal);
        Assert.Null(HubToken.From(" \n"));
    }

    private async Task Pull()
    {
        using var client = new HubClient(Settings, _said.Add);
        var model = HubModelName.Parse("org/model");
        var plan = await client.PlanAsync(model, ModelPart.Model, TestContext.Current.CancellationToken);
        await client.PullAsync(model, plan, null, TestContext.Current.CancellationToken);
    }

    private void AssertNowhere()
    {
        Assert.All(_said, message => Assert.DoesNotContain(Secret, message, StringComparison.Ordinal));
        Assert.All(_hub.Requests, request => Assert.DoesNotContain(Secret, request.Path, StringComparison.Ordinal));
        var hex = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(Secret));
        Assert.All(CacheFolder.Contents(_folder.Path), file => Assert.DoesNotContain(hex, file.Value, StringComparison.Ordinal));
    }
}
