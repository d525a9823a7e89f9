using Gptx.Tests.Prediction;

namespace Gptx.Tests.Tool;

/// <summary>Commands of encoders, and what the others say of one.</summary>
public class EncoderCommandTests
{
    [Theory]
    [InlineData("generate")]
    [InlineData("next")]
    [InlineData("score")]
    [InlineData("classify")]
    [InlineData("tag")]
    public void What_a_model_was_not_made_for_it_refuses_by_name(string command) =>
        CommandRun.Of(command, "the cat sat", "--model", TinyEncoder.FolderOf("BertForMaskedLM")).Refused(2, "fills masks (fill)");

    [Fact]
    public void A_decoder_fills_no_blanks() => CommandRun.Of("fill", "the [MASK] sat").Refused(2, "says what comes next (generate, next, score)");

    [Fact]
    public void A_text_without_a_blank_is_told_how_to_write_one() =>
        Assert.Contains("[MASK]", CommandRun.Of("fill", "the cat", "--model", TinyEncoder.FolderOf("BertForMaskedLM")).Error, StringComparison.Ordinal);

    [Fact]
    public void An_answer_needs_one_context() =>
        CommandRun.Of("answer", "where ?", "--model", TinyEncoder.FolderOf("BertForQuestionAnswering")).Refused(2, "--context TEXT or by --context-file FILE");

    [Theory]
    [InlineData("hidden")]
    [InlineData("attention")]
    [InlineData("embed")]
    public void What_is_inside_can_be_had_of_any(string command) =>
        Assert.NotEmpty(CommandRun.Of(command, "the cat sat", "--model", TinyEncoder.FolderOf("BertForTokenClassification"), "--jsonl").Succeeded().Lines);
}
