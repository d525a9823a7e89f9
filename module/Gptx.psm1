# Loads the cmdlets into a load context of their own (see Gptx.Loader), so that their libraries clash with no other module's.

$loader = 'Gptx.Loader.ModuleLoadContext' -as [type]
$isLoadedAlready = $null -ne $loader
if (-not $isLoadedAlready) {
    Add-Type -Path ([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'Gptx.Loader.dll'))
    $loader = 'Gptx.Loader.ModuleLoadContext' -as [type]
}

$cmdlets = Import-Module -Assembly $loader::LoadCmdlets() -PassThru:$isLoadedAlready

# An assembly that is imported again comes out of a cache, and its cmdlets are not handed on to this module
# (PowerShell issue 20710): so that is done here.
if ($isLoadedAlready) {
    $handOn = [System.Management.Automation.PSModuleInfo].GetMethod(
        'AddExportedCmdlet',
        [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
        $null = $handOn.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}

$ExecutionContext.SessionState.Module.OnRemove = { Close-LanguageModel }
