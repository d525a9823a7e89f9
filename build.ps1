#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests and packs Gptx: the same dotnet commands that one would type.
.EXAMPLE
./build.ps1 Build
.EXAMPLE
./build.ps1 Test, Pack
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Docs')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('npm', 'nuget')]
    [string] $OnnxRuntimeSource = 'npm',

    [switch] $Gpu
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$properties = @("-p:OnnxRuntimeSource=$OnnxRuntimeSource", "-p:Gpu=$($Gpu.IsPresent.ToString().ToLowerInvariant())")

function Invoke-DotNet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE" }
}

function Write-FolderSize([System.IO.DirectoryInfo] $Folder) {
    $size = { '{0,8:0.0} MB' -f ((Get-ChildItem $args[0] -Recurse -File | Measure-Object Length -Sum).Sum / 1e6) }
    Write-Host "$(& $size $Folder)  $($Folder.Name)"
    Get-ChildItem (Join-Path $Folder bin/runtimes) -Directory | ForEach-Object { Write-Host "$(& $size $_)    $($_.Name)" }
}

switch ($Task) {
    'Build' { Invoke-DotNet build Analysis.sln -c Release @properties }
    'Test' { Invoke-DotNet test tests -c Release @properties }
    'Pack' {
        Invoke-DotNet pack tool -c Release -o artifacts/packages @properties
        Invoke-DotNet build module/Gptx.PowerShell -c Release -p:LinuxArm64=true @properties
        Get-ChildItem artifacts/module -Directory | ForEach-Object { Write-FolderSize $_ }
    }
    'Docs' { Invoke-DotNet test tests -c Release --filter Category=Docs @properties }
}
