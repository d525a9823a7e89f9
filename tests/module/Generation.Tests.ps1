BeforeAll { . $PSScriptRoot/ImportGptx.ps1 }

Describe 'Get-NextToken' {
    It 'gives probabilities, largest first' {
        $next = Get-NextToken 'Once upon a' -Top 5
        $next | ForEach-Object Rank | Should -Be (1..5)
        $next.Probability | Should -Be ($next.Probability | Sort-Object -Descending)
        (Get-NextToken 'Once upon a' -Top 8192 | Measure-Object Probability -Sum).Sum | Should -BeGreaterThan 0.9999
    }
}

Describe 'Invoke-TextGeneration' {
    It 'gives the same text for the same seed, and reports a random one' {
        $first = Invoke-TextGeneration 'Once upon a time' -MaxTokens 10 -Seed 7
        (Invoke-TextGeneration 'Once upon a time' -MaxTokens 10 -Seed 7).Text | Should -Be $first.Text
        $first.Tokens | Should -HaveCount 10
        $first.FinishReason | Should -Be 'Length'
        $random = Invoke-TextGeneration 'Once upon a time' -MaxTokens 10
        (Invoke-TextGeneration 'Once upon a time' -MaxTokens 10 -Seed $random.Seed).Text | Should -Be $random.Text
    }

    It 'is greedy at temperature 0' {
        $text = Invoke-TextGeneration 'Once upon a' -Temperature 0 -MaxTokens 1
        $text.Tokens[0].Id | Should -Be (Get-NextToken 'Once upon a' -Top 1).Id
    }

    It 'streams pieces that make the whole text' {
        $whole = Invoke-TextGeneration 'Once upon a time' -MaxTokens 12 -Seed 3
        $pieces = Invoke-TextGeneration 'Once upon a time' -MaxTokens 12 -Seed 3 -Stream
        $pieces | Should -HaveCount 12
        -join $pieces.Text | Should -Be $whole.Text
        $pieces[-1].FinishReason | Should -Be 'Length'
    }

    It 'hands each piece on as it is made' {
        $taken = Invoke-TextGeneration 'Once' -MaxTokens 400 -IgnoreEndOfText -Stream -Seed 1 | Select-Object -First 2
        $taken | Should -HaveCount 2
    }

    It 'makes several continuations of several prompts, in order, alike for any batch size' {
        $texts = 'Once upon', 'The cat' | Invoke-TextGeneration -Count 2 -MaxTokens 4 -Seed 1
        $texts.Index | Should -Be 0, 0, 1, 1
        $texts.Continuation | Should -Be 0, 1, 0, 1
        ('Once upon', 'The cat' | Invoke-TextGeneration -Count 2 -MaxTokens 4 -Seed 1 -BatchSize 4).Text | Should -Be $texts.Text
    }

    It 'follows beams, and gives the best first with their scores' {
        $beams = Invoke-TextGeneration 'Once upon a time' -Beams 4 -Count 3 -MaxTokens 6 -LengthPenalty 0.5 -EarlyStopping Never
        $beams.Continuation | Should -Be 0, 1, 2
        $beams.Score | Should -Be ($beams.Score | Sort-Object -Descending)
        ($beams | Sort-Object Text -Unique) | Should -HaveCount 3
        $drawn = Invoke-TextGeneration a -Beams 2 -Temperature 0.5 -Seed 3 -MaxTokens 4
        (Invoke-TextGeneration a -Beams 2 -Temperature 0.5 -Seed 3 -MaxTokens 4).Text | Should -Be $drawn.Text
        { Invoke-TextGeneration a -Beams 2 -Count 3 } | Should -Throw -ErrorId 'OptionOutOfRange,*'
    }

    It 'stops at a stop string' {
        $text = Invoke-TextGeneration 'Once upon a time' -Temperature 0 -MaxTokens 60 -Stop ','
        $text.FinishReason | Should -Be 'StopString'
        $text.Text | Should -Not -Match ','
    }

    It 'avoids a word' {
        $first = (Get-NextToken 'Once upon a' -Top 1).Token.Trim()
        (Invoke-TextGeneration 'Once upon a' -Temperature 0 -MaxTokens 1 -BadWord $first).Text.Trim() | Should -Not -Be $first
    }

    It 'refuses an option out of range, and ends' {
        { Invoke-TextGeneration a -Temperature -1 } | Should -Throw -ErrorId 'OptionOutOfRange,*'
    }
}

Describe 'Invoke-TextGeneration -Message' {
    BeforeAll {
        $template = Join-Path $TestDrive 'chat.jinja'
        Set-Content $template "{% for t in tools or [] %}{{ t.name }}({{ t.size }}) {% endfor %}{% for d in documents or [] %}[{{ d.title }}] {% endfor %}{{ mood }}{% for m in messages %}{{ m.role }}:{{ m.content }};{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}" -NoNewline
        $options = @{ ChatTemplate = $template; Seed = 1; MaxTokens = 5 }
    }

    It 'answers a conversation, and the answer can be sent again' {
        $messages = @(@{ role = 'user'; content = 'Who is the king?' })
        $reply = Invoke-TextGeneration -Message $messages @options
        $reply.Prompt | Should -BeExactly 'user:Who is the king?;assistant:'
        $reply.Message.Role | Should -Be 'assistant'
        $reply.Message.Text | Should -BeExactly $reply.Text
        $reply.AnswerTokens | Should -Be 5
        $reply.Text | Should -BeExactly (Invoke-TextGeneration $reply.Prompt -Seed 1 -MaxTokens 5).Text
        $messages += $reply.Message, 'And the queen?'
        (Invoke-TextGeneration -Message $messages @options).Prompt |
            Should -BeExactly "user:Who is the king?;assistant:$($reply.Text);user:And the queen?;assistant:"
    }

    It 'takes strings, objects and tables, and puts a system message before' {
        (Invoke-TextGeneration -Message 'Hi' -System 'Sing.' @options).Prompt | Should -BeExactly 'system:Sing.;user:Hi;assistant:'
        $message = [pscustomobject]@{ Role = 'user'; Content = 'Hi' }
        (Invoke-TextGeneration -Message $message @options).Prompt | Should -BeExactly 'user:Hi;assistant:'
        (Invoke-TextGeneration -Message ([ordered]@{ role = 'system'; content = 'Own.' }), 'Hi' -System 'Sing.' @options).Prompt |
            Should -BeExactly 'system:Own.;user:Hi;assistant:'
    }

    It 'passes tools, documents and variables to the template' {
        (Invoke-TextGeneration -Message 'Hi' -Tool @{ name = 'look'; size = 3 } -Document ([pscustomobject]@{ title = 'A page' }) -TemplateVariable @{ mood = 'glad ' } @options).Prompt |
            Should -BeExactly 'look(3) [A page] glad user:Hi;assistant:'
    }

    It 'streams pieces that make the answer' {
        -join (Invoke-TextGeneration -Message 'Hi' -Stream @options).Text | Should -BeExactly (Invoke-TextGeneration -Message 'Hi' @options).Text
    }

    It 'says what a model without a template needs' {
        { Invoke-TextGeneration -Message 'Hi' } | Should -Throw -ErrorId 'ChatTemplateMissing,*'
        { Invoke-TextGeneration -Message @{ role = 5 } @options } | Should -Throw -ErrorId 'ChatMessageInvalid,*'
        { Invoke-TextGeneration 'text' -System 'x' } | Should -Throw -ErrorId 'PositionalParameterNotFound,*'
    }
}

Describe 'Stopping' {
    It 'ends a running generation within 2 s' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($folder)
                Import-Module $folder
                1..1000 | ForEach-Object { 'Once upon a time' } | Invoke-TextGeneration -MaxTokens 500 -IgnoreEndOfText -Count 16 -Stream
            }).AddArgument($ModuleFolder)
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $run = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $patience = [datetime]::UtcNow.AddSeconds(60)
        while ($output.Count -eq 0 -and [datetime]::UtcNow -lt $patience) { Start-Sleep -Milliseconds 20 }
        $output.Count | Should -BeGreaterThan 0
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        $run.IsCompleted | Should -BeTrue
        $shell.Dispose()
    }
}
