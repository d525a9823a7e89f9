using Gptx.Activations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tests.Architectures;
using Gptx.Tests.Inference;
using Gptx.Tests.Prediction;

namespace Gptx.Tests.Interpretation;

/// <summary>What is put into a model arrives as it was said, and what cannot be is refused by name.</summary>
public class InterventionTests
{
    private static readonly ActivationSelection Resid = new(ActivationName.ResidPre(1), ActivationName.Z(0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Interventions_at_one_place_are_done_in_their_order()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var width = model.Shape.Width;
        float[] ones = [.. Enumerable.Repeat(1f, width)];
        var name = ActivationName.ResidPre(1);
        Intervention[] all = [Intervention.Set(name, ones), Intervention.Add(name, ones), Intervention.Scale(name, 3), Intervention.Add(name, ones) with { Positions = [2] }];
        using var values = model.Run([checkpoint.Rows(4)[0]], Resid, all, Cancellation);
        Assert.All(values.Row(name, 0).Values.ToArray().Index(), value => Assert.Equal(value.Index / width == 2 ? 7 : 6, value.Item, 1e-5));
    }

    [Fact]
    public void A_head_a_position_and_a_row_are_changed_alone()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(5, 3);
        var vector = new float[model.Shape.HeadWidth];
        vector.AsSpan().Fill(0.25f);
        using var plain = model.Run(rows, Resid, Cancellation);
        using var changed = model.Run(rows, Resid, [Intervention.Set(ActivationName.Z(0), vector) with { Head = 1, Row = 1, Positions = [2] }], Cancellation);
        for (var row = 0; row < 2; row++)
        {
            var (before, after) = (plain.Row(ActivationName.Z(0), row), changed.Row(ActivationName.Z(0), row));
            for (var position = 0; position < rows[row].Length; position++)
            {
                for (var head = 0; head < model.Shape.Heads; head++)
                {
                    var expected = (row, position, head) == (1, 2, 1) ? vector : before[position][head].Values.ToArray();
                    Assert.All(expected.Zip(after[position][head].Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
                }
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var width = model.Shape.Width;
        Refuses("ActivationNotFound", Intervention.Scale("blocks.9.resid_pre", 1));
        Refuses("InterventionInvalid", Intervention.Scale(ActivationName.Logits, 1));
        Refuses("InterventionInvalid", Intervention.Scale(ActivationName.Pattern(0), 1));
        Refuses("InterventionInvalid", Intervention.Scale("blocks.*.resid_pre", 1));
        Refuses("WidthMismatch", Intervention.Add(ActivationName.ResidPre(0), new float[width + 1]));
        Refuses("WidthMismatch", Intervention.Add(ActivationName.ResidPre(0), new float[2 * width]));
        Refuses("HeadOutOfRange", Intervention.Add(ActivationName.ResidPre(0), new float[width]) with { Head = 0 });
        Refuses("HeadOutOfRange", Intervention.Add(ActivationName.Z(0), new float[model.Shape.HeadWidth]) with { Head = model.Shape.Heads });
        Refuses("PositionOutOfRange", Intervention.Add(ActivationName.ResidPre(0), new float[width]) with { Positions = [5] });
        Refuses("InterventionInvalid", Intervention.Add(ActivationName.ResidPre(0), new float[width]) with { Row = 1 });
        Refuses("VectorNotFinite", Intervention.Scale(ActivationName.ResidPre(0), float.NaN));
        var atSome = Assert.Throws<GptxException>(() => model.CreateCache(1, 5, [Intervention.Scale(ActivationName.ResidPre(0), 2) with { Positions = [1] }]));
        Assert.Equal("InterventionInvalid", atSome.ErrorId);

        void Refuses(string errorId, Intervention intervention) =>
            Assert.Equal(errorId, Assert.Throws<GptxException>(() => model.Run([checkpoint.Rows(5)[0]], Resid, [intervention], Cancellation)).ErrorId);
    }

    [Fact]
    public void Models_whose_residual_stream_is_no_sum_are_refused_by_name()
    {
        var config = DecoderRecipes.Config("opt").ToDictionary(StringComparer.Ordinal);
        config["do_layer_norm_before"] = false;
        using var checkpoint = new RandomCheckpoint(config);
        using var model = checkpoint.Load();
        var text = TokenSequence.FromIds(model, checkpoint.Rows(model.Shape.VocabularySize, 4)[0]);
        Assert.Equal("AttributionNotSupported", Assert.Throws<GptxException>(() => LogitAttributor.Of(model, text, cancellation: Cancellation)).ErrorId);
        Assert.All(LogitLens.Of(model, text, cancellation: Cancellation), reading => Assert.False(reading.NormApplied));
    }

    [Fact]
    public void Encoders_are_refused_by_name_where_a_next_token_is_needed_and_measured_where_not()
    {
        using var model = LanguageModel.Load(TinyEncoder.FolderOf("BertForMaskedLM"));
        var text = TokenSequence.FromIds(model, [1, 2, 3, 4]);
        Action[] needNext =
        [
            () => LogitLens.Of(model, text, cancellation: Cancellation), () => LogitAttributor.Of(model, text, cancellation: Cancellation), () => Occlusion.Of(model, text, cancellation: Cancellation),
            () => ActivationPatch.Measure(model, text, text, cancellation: Cancellation),
            () => _ = Ablation.Measure(model, [text], Ablation.Sites(model), AblationMethod.Zero, cancellation: Cancellation).Count(),
        ];
        Assert.All(needNext, run => Assert.Equal("TaskNotSupported", Assert.Throws<GptxException>(run).ErrorId));
        Assert.Equal(model.Shape.Blocks * model.Shape.Heads, HeadMeasure.Of(model, text, cancellation: Cancellation).Count);
        Assert.NotEmpty(WeightMeasure.Of(model, cancellation: Cancellation));
    }

    [Fact]
    public void Texts_of_two_lengths_cannot_be_patched()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var error = Assert.Throws<GptxException>(() => ActivationPatch.Measure(
            model, TokenSequence.FromIds(model, [1, 2, 3]), TokenSequence.FromIds(model, [1, 2]), cancellation: Cancellation));
        Assert.Equal(("LengthsDiffer", GptxErrorKind.InvalidInput), (error.ErrorId, error.Kind));
    }
}
