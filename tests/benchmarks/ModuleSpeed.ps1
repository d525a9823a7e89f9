<#
.SYNOPSIS
Measures the module: time to the first object, Get-TextEmbedding beside the library's own, memory after many calls, how soon it stops.
.EXAMPLE
pwsh -NoProfile tests/benchmarks/ModuleSpeed.ps1 -Lines 10000 -Calls 1000
#>
param(
    [string] $Module = (Join-Path $PSScriptRoot '../../artifacts/module/Gptx'),
    [int] $Lines = 10000,
    [int] $Calls = 1000,
    [int] $Processes = 5
)

$ErrorActionPreference = 'Stop'
$Module = Convert-Path $Module

function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[int][math]::Floor($Values.Count / 2)] }

function Write-Row([string] $Name, [double] $Value, [string] $Unit) { '| {0} | {1:0.###} | {2} |' -f $Name, $Value, $Unit }

# Time to the first object, in processes of their own.
function Measure-FirstObject([scriptblock] $Command) {
    $times = 1..$Processes | ForEach-Object {
        pwsh -NoProfile -NonInteractive -Command {
            param($module, $command)
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            Import-Module $module
            $null = & ([scriptblock]::Create($command)) | Select-Object -First 1
            $first = $watch.Elapsed.TotalMilliseconds
            $watch.Restart()
            $null = & ([scriptblock]::Create($command)) | Select-Object -First 1
            "$first $($watch.Elapsed.TotalMilliseconds)"
        } -args $Module, "$Command"
    }
    @{ Cold = Get-Median ($times | ForEach-Object { ($_ -split ' ')[0] }); Warm = Get-Median ($times | ForEach-Object { ($_ -split ' ')[1] }) }
}

'| what | measured | unit |'
'|---|---:|---|'
foreach ($command in { Get-Token 'Once upon a time' }, { Get-NextToken 'Once upon a time' }, { Get-TextEmbedding 'Once upon a time' }) {
    $time = Measure-FirstObject $command
    Write-Row "Import-Module and $("$command".Trim()), fresh process" $time.Cold 'ms'
    Write-Row '... the same command again' $time.Warm 'ms'
}

# The same lines through the pipeline and through the library, in turn; the best of three each.
Import-Module $Module
$texts = 1..$Lines | ForEach-Object { "line ${_}: the cat number $($_ % 97) sat on the mat and looked at bird $($_ % 31)" }
$core = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext((Get-Command Get-TextEmbedding).ImplementingType.Assembly).Assemblies | Where-Object { $_.GetName().Name -eq 'Gptx.Core' }
$sequence = $core.GetType('Gptx.Inference.TokenSequence')
$embedder = $core.GetType('Gptx.Embeddings.TextEmbedder')
$options = [System.Activator]::CreateInstance($core.GetType('Gptx.Embeddings.TextEmbeddingOptions'))
$model = $core.GetType('Gptx.Inference.LanguageModel')::Load('embedded', [System.Activator]::CreateInstance($core.GetType('Gptx.Inference.LoadOptions')))
$library = [double]::MaxValue
$pipeline = [double]::MaxValue
foreach ($round in 1..3) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    for ($start = 0; $start -lt $Lines; $start += 32) {
        $batch = [array]::CreateInstance($sequence, [math]::Min(32, $Lines - $start))
        for ($i = 0; $i -lt $batch.Length; $i++) { $batch[$i] = $sequence::FromText($model, $texts[$start + $i]) }
        $null = $embedder::Embed($model, $batch, $options, $start, [System.Threading.CancellationToken]::None)
    }
    $library = [math]::Min($library, $watch.Elapsed.TotalSeconds)
    $watch.Restart()
    $count = ($texts | Get-TextEmbedding | Measure-Object).Count
    $pipeline = [math]::Min($pipeline, $watch.Elapsed.TotalSeconds)
    if ($count -ne $Lines) { throw "$count objects of $Lines lines" }
}
$model.Dispose()
Write-Row "Get-TextEmbedding, $Lines lines in the pipeline" ($Lines / $pipeline) 'lines/s'
Write-Row '... the library, batches of 32' ($Lines / $library) 'lines/s'
Write-Row '... share' (100 * $library / $pipeline) '%'

# Memory: what the process holds after many calls, beside what it held after the first ones.
function Get-Memory { [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect(); [System.Diagnostics.Process]::GetCurrentProcess().WorkingSet64 / 1e6 }
$use = { param($n) 1..$n | ForEach-Object { $null = Get-NextToken 'Once upon a time' -Top 3; $null = Get-TextEmbedding 'a cat'; $null = Measure-TokenSurprisal 'the king sat' -Summary } }
& $use 50
$before = Get-Memory
& $use $Calls
Write-Row 'memory of the process after 50 calls of three cmdlets' $before 'MB'
Write-Row "... after $Calls more of each" (Get-Memory) 'MB'
Close-LanguageModel
Write-Row '... after Close-LanguageModel' (Get-Memory) 'MB'

# From Stop to stopped, while it works.
foreach ($work in @{ Name = 'Invoke-TextGeneration'; Script = { param($m) Import-Module $m; 1..500 | ForEach-Object { 'Once' } | Invoke-TextGeneration -MaxTokens 400 -IgnoreEndOfText -Count 8 -Stream } },
    @{ Name = 'Get-TextEmbedding'; Script = { param($m) Import-Module $m; 1..100000 | ForEach-Object { 'word ' * 300 } | Get-TextEmbedding } }) {
    $times = 1..$Processes | ForEach-Object {
        $shell = [powershell]::Create()
        $null = $shell.AddScript($work.Script).AddArgument($Module)
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        while ($output.Count -eq 0) { Start-Sleep -Milliseconds 10 }
        Start-Sleep -Milliseconds 300
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalMilliseconds
        $shell.Dispose()
    }
    Write-Row "stopping $($work.Name), longest of $Processes" ($times | Measure-Object -Maximum).Maximum 'ms'
}

Write-Row 'size of the module folder' ((Get-ChildItem $Module -Recurse -File | Measure-Object Length -Sum).Sum / 1e6) 'MB'
$complete = Get-Command -Module Gptx | Where-Object { $help = Get-Help $_.Name; $help.Description -and @($help.Examples.Example).Count -ge 3 }
Write-Row "cmdlets with help complete, of $((Get-Command -Module Gptx).Count)" @($complete).Count ''
