# Imports the packed module: the folder that GPTX_MODULE names, or artifacts/module/Gptx as `dotnet build module/Gptx.PowerShell` makes it.

$ModuleFolder = if ($env:GPTX_MODULE) { $env:GPTX_MODULE } else { Join-Path $PSScriptRoot '../../artifacts/module/Gptx' }
$EmbeddedModel = Join-Path $ModuleFolder 'bin/models/default-v1'
Import-Module $ModuleFolder -ErrorAction Stop
Remove-Item Env:GPTX_MODEL -ErrorAction Ignore
