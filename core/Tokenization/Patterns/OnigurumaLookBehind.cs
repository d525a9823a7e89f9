namespace Gptx.Tokenization;

/// <summary>What the reference allows where the text behind is looked at.</summary>
internal static class OnigurumaLookBehind
{
    /// <summary>Whether a pattern may stand there: no look ahead and no end of the text; where the look is negative, no group that is kept.</summary>
    public static bool MayStand(PatternNode node, bool isNegative) => node switch
    {
        AnchorNode anchor => anchor.Anchor is not (PatternAnchor.TextEnd or PatternAnchor.TextEndOrNewline),
        LookNode look => look.IsBehind && (isNegative || !look.IsNegative) && MayStand(look.Part, isNegative || look.IsNegative),
        GroupNode group => !isNegative && MayStand(group.Part, isNegative),
        SequenceNode sequence => sequence.Parts.All(part => MayStand(part, isNegative)),
        AlternativesNode alternatives => alternatives.Parts.All(part => MayStand(part, isNegative)),
        RepeatNode repeat => MayStand(repeat.Part, isNegative),
        AtomicNode atomic => MayStand(atomic.Part, isNegative),
        ConditionNode condition => MayStand(condition.Then, isNegative) && MayStand(condition.Else, isNegative),
        _ => true,
    };
}
