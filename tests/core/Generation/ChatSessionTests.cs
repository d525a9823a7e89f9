using Gptx.Chat;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Tests.Generation;

/// <summary>A conversation that goes on: what the model reads, what it need not read twice, and what falls out of a full context.</summary>
public sealed class ChatSessionTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private const string Source = "{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}";
    private static readonly GenerationOptions Greedy = new() { Temperature = 0, MaxTokens = 8, Seed = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LanguageModel Model => embedded.Model;

    [Fact]
    public void Each_answer_is_that_to_the_whole_conversation()
    {
        using var session = Begin();
        string[] questions = ["Who is the king?", "And the queen?", "And the prince?"];
        foreach (var question in questions)
        {
            session.Messages.Add(new ChatMessage("user", question));
            var prompt = TokenSequence.FromChat(Model, Template, new ChatRequest { Messages = [.. session.Messages] }, Cancellation);
            var expected = TextGenerator.Generate(Model, [prompt], Greedy, cancellation: Cancellation)[0];
            var answered = Answer(session, Greedy);
            Assert.Equal(expected.Text, answered.Text);
            Assert.Equal(prompt.Count, session.PromptTokens);
            Assert.Equal(("assistant", expected.Text), (session.Messages[^1].Role, session.Messages[^1].Text));
        }

        Assert.Equal(6, session.Messages.Count);
    }

    [Fact]
    public void What_was_read_is_not_read_again()
    {
        using var session = Begin();
        session.Messages.Add(new ChatMessage("user", "Who is the king?"));
        var first = Answer(session, Greedy with { StopStrings = ["\n"] });
        Assert.Equal(0, session.ReusedTokens);
        var read = session.PromptTokens + first.Tokens.Count - 1;
        session.Messages.Add(new ChatMessage("user", "And the queen?"));
        var again = TokenSequence.FromChat(Model, Template, new ChatRequest { Messages = [.. session.Messages] }, Cancellation).Ids;
        Answer(session, Greedy);

        // Where the tokens of the answer are those of its text, all that was read stands at the beginning of the new prompt.
        var isPrefix = again.Take(read).SequenceEqual([.. again.Take(session.PromptTokens).Take(read - first.Tokens.Count + 1), .. first.Tokens.Select(token => token.Id).SkipLast(1)]);
        Assert.Equal(isPrefix ? read : 0, session.ReusedTokens);
        Assert.True(isPrefix, "the test's text is not cut as it was generated: take another");
    }

    [Fact]
    public void A_full_context_loses_its_oldest_turns_and_keeps_the_system_message()
    {
        using var session = Begin();
        session.Messages.Add(new ChatMessage("system", "Be brief."));
        var leftOut = 0;
        for (var turn = 0; turn < 12; turn++)
        {
            session.Messages.Add(new ChatMessage("user", string.Concat(Enumerable.Repeat("the king and the queen ", 10))));
            var answered = Answer(session, Greedy);
            Assert.True(session.PromptTokens + 8 <= Model.Shape.ContextLength);
            Assert.StartsWith("system:Be brief.\nuser:", answered.Prompt, StringComparison.Ordinal);
            Assert.True(session.LeftOut >= leftOut && session.LeftOut % 2 == 0, $"{session.LeftOut} after {leftOut}");
            leftOut = session.LeftOut;
        }

        Assert.True(leftOut > 0);
        Assert.Equal(25, session.Messages.Count);
    }

    [Fact]
    public void A_turn_that_is_too_long_alone_is_refused_and_changes_nothing()
    {
        using var session = Begin();
        session.Messages.Add(new ChatMessage("user", string.Concat(Enumerable.Repeat("the king and the queen ", 200))));
        Assert.Equal("PromptFillsContext", Assert.Throws<GptxException>(() => session.Answer(Greedy, Cancellation)).ErrorId);
        Assert.Single(session.Messages);
    }

    [Fact]
    public void An_answer_that_is_stopped_stays_as_far_as_it_came_and_the_next_is_right()
    {
        using var session = Begin();
        using var stop = new CancellationTokenSource();
        session.Messages.Add(new ChatMessage("user", "Who is the king?"));
        var count = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var step in session.Answer(Greedy, stop.Token))
            {
                if (++count == 3)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.Equal("assistant", session.Messages[^1].Role);
        Assert.NotEqual("", session.Messages[^1].Text);
        session.Messages.Add(new ChatMessage("user", "And the queen?"));
        var prompt = TokenSequence.FromChat(Model, Template, new ChatRequest { Messages = [.. session.Messages] }, Cancellation);
        Assert.Equal(TextGenerator.Generate(Model, [prompt], Greedy, cancellation: Cancellation)[0].Text, Answer(session, Greedy).Text);
    }

    [Fact]
    public void A_model_without_a_template_says_what_can_be_done()
    {
        Assert.Null(Model.ChatTemplate);
        var error = Assert.Throws<GptxException>(() => new ChatSession(Model));
        Assert.Equal("ChatTemplateMissing", error.ErrorId);
        Assert.Contains("--chat-template", error.Message, StringComparison.Ordinal);
    }

    private static ChatTemplate Template => ChatTemplate.Parse(Source);

    private ChatSession Begin() => new(Model, Template);

    private static GeneratedText Answer(ChatSession session, GenerationOptions options) => session.Answer(options, Cancellation).Last().Finished!;
}
