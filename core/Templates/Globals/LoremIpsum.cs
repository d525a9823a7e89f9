namespace Gptx.Templates;

/// <summary><c>lipsum(n, html, min, max)</c>: paragraphs of placeholder text, drawn anew in each rendering.</summary>
internal static class LoremIpsum
{
    private static readonly string[] Words = ("a ac accumsan ad adipiscing aenean aliquam aliquet amet ante aptent arcu at auctor augue bibendum blandit class commodo condimentum congue consectetuer "
        + "consequat conubia convallis cras cubilia cum curabitur cursus dapibus diam dictum dignissim dis dolor donec dui duis egestas eget eleifend elementum elit enim erat eros est et etiam eu "
        + "euismod facilisi fames felis fermentum feugiat fringilla fusce gravida habitant hendrerit iaculis id imperdiet in integer interdum ipsum justo lacinia lacus laoreet lectus leo libero "
        + "ligula litora lobortis lorem luctus maecenas magna malesuada massa mattis mauris metus mi molestie mollis montes morbi mus nam nascetur nec neque netus nibh nisi nisl non nonummy nulla "
        + "nunc odio orci ornare parturient pede pellentesque per pharetra phasellus placerat porta porttitor posuere potenti praesent pretium primis proin pulvinar purus quam quis quisque rhoncus "
        + "ridiculus risus rutrum sagittis sapien scelerisque sed sem semper senectus sit sociis sodales sollicitudin suscipit suspendisse taciti tellus tempor tempus tincidunt tortor tristique "
        + "turpis ullamcorper ultrices ultricies urna ut varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat vulputate").Split(' ');

    public static TemplateValue Call(CallArguments call, Rendering run)
    {
        var bound = call.Bind("lipsum", 0, "n", "html", "min", "max");
        var count = Arguments.Integer(bound[0], 5, "lipsum");
        var isHtml = bound[1]?.IsTrue(run) ?? true;
        var (least, most) = (Arguments.Integer(bound[2], 20, "lipsum"), Arguments.Integer(bound[3], 100, "lipsum"));
        if (most <= least && count > 0)
        {
            throw TemplateFault.Value($"empty range in randrange({least}, {most})");
        }

        var into = new BoundedText(run.Budget);
        for (var i = 0; i < count; i++)
        {
            into.Append(i == 0 ? "" : isHtml ? "\n" : "\n\n").Append(isHtml ? "<p>" : "");
            Paragraph(into, run.Random.Next(least, most), run);
            into.Append(isHtml ? "</p>" : "");
        }

        return new TextValue(into.ToString(), isHtml);
    }

    // Commas and full stops come as jinja2 sets them: every three to eight and ten to twenty words.
    private static void Paragraph(BoundedText into, int count, Rendering run)
    {
        var (isCapital, comma, stop, last) = (true, 0, 0, "");
        for (var i = 0; i < count; i++)
        {
            run.Budget.Step();
            string word;
            do
            {
                word = Words[run.Random.Next(Words.Length)];
            }
            while (word == last);

            last = word;
            var shown = isCapital ? PythonCase.Capitalize(word) : word;
            isCapital = false;
            var end = "";
            if (i - run.Random.Next(3, 8) > comma)
            {
                comma = i;
                stop += 2;
                end = ",";
            }

            if (i - run.Random.Next(10, 20) > stop)
            {
                comma = stop = i;
                end += ".";
                isCapital = true;
            }

            into.Append(i == 0 ? "" : " ").Append(shown).Append(i < count - 1 ? end : ".");
        }

        into.Append(count <= 0 ? "." : "");
    }
}
