import { Command, Option } from 'commander'
import { loadBalancers, presets } from '../doors/servers.ts'
import { called, examplesOf } from '../root.ts'
import type { formats } from './actions/doors.ts'
import { collect, withValuesOptions } from './values-options.ts'

/** Says who gets in by each door that objects open: what the chart makes of values, manifests, or a cluster's. */
export const command = withValuesOptions(
  new Command(called('doors'))
    .description(
      'Reads Kubernetes objects and says each way to what is outside of the cluster, and who gets in by it. It asks ' +
        'nothing of the chart but its objects, and takes what it does not understand to be open. Exit code 1 when a door is wider than in --against, or than FILE says of --live, or may be, since what may have kept somebody out is gone or changed; 2 when it could not judge.',
    )
    .argument('[file...]', 'values files, merged as Helm merges them; - is standard input'),
)
  .option('--manifests', 'the files are Kubernetes objects, whoever wrote them')
  .option(
    '--live',
    'judge the cluster of the current context, which is only read; with files, compare it with them',
  )
  .option(
    '--against <old>',
    'a file, or a git revision: HEAD~1 of the files, or HEAD~1:FILE; may be repeated',
    collect,
  )
  .option(
    '--controller <class=preset>',
    `who serves a class: ${[...presets, ...loadBalancers].join(', ')}; may be repeated`,
    collect,
    [],
  )
  .option('--node <cidr>', "a node's address, or a range of them; may be repeated", collect)
  .option('-n, --namespace <name>', 'the namespace of what names none')
  .addOption(
    new Option('--format <format>')
      .choices(
        Object.keys({ table: true, markdown: true, json: true } satisfies Record<keyof typeof formats, true>),
      )
      .default('table'),
  )
  .addHelpText(
    'after',
    `${examplesOf('doors', 'examples/app1-to-app2.yaml --against HEAD~1')}\n  kubectl get all,ingress,endpointslices --output=json | ${called('doors')} --manifests -`,
  )
