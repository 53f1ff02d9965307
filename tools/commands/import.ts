import { Command } from 'commander'
import { called, examplesOf } from '../root.ts'

/** Makes values of what stands in for the chart today. */
export const command = new Command(called('import'))
  .description(
    'Makes a values file of manifests written by hand (Services with Endpoints or EndpointSlices, Ingresses of any ' +
      'version, HTTPProxies, routes of the Gateway API), also with wrong indents and typing errors, or of the values ' +
      'of another chart for the same purpose. All that was corrected, was left out or is for a person to decide is ' +
      'named with its line, as comments above the values; what the chart would refuse of them is closed. Exit code 2 ' +
      'when there is nothing to make values of.',
  )
  .argument('[file...]', 'manifests or values; - is standard input')
  .option('--from-cluster', 'read the current context, which is only read')
  .option(
    '-n, --namespace <name>',
    'the namespace to read there, and that of objects which name none',
    'default',
  )
  .option('-o, --output <file>', 'where the values go; left out, standard output')
  .addHelpText(
    'after',
    examplesOf('import', 'service.yaml ingress.yaml -o values.yaml', '--from-cluster -n edge -o values.yaml'),
  )
