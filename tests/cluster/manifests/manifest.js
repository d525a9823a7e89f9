// node manifest.js validate FILE | command FILE NAME | step FILE NAME: checks manifests, or prints what a container or a workflow's step runs.
import { readFileSync } from 'node:fs';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { parseAllDocuments } from 'yaml';

const [what, file, name] = process.argv.slice(2);
const documents = parseAllDocuments(readFileSync(file, 'utf8'), { strict: true }).map(document => document.toJS());

if (what === 'validate') {
    for (const manifest of documents) {
        new { Job, CronJob }[manifest.kind](manifest).validate();
    }
} else if (what === 'command') {
    const { spec } = documents.find(manifest => manifest.metadata.name === name);
    const container = (spec.jobTemplate?.spec ?? spec).template.spec.containers[0];
    console.log([...container.command, ...(container.args ?? [])].join('\n'));
} else {
    const steps = Object.values(documents[0].jobs).flatMap(job => job.steps);
    console.log(steps.find(step => step.name === name).run);
}
